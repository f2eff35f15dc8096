"""Monthly monitoring: what was spent by a period's end, and what the year is to come to."""
