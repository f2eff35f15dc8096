"""What the plan's rules say, without a database: statuses, dates, steps, and what deserves a word."""
