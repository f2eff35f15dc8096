"""The plans in the demonstration: loaded as printed, then lived on by its personas until the demonstration's day.

What follows the first review is illustrative and marked so: drawn with a fixed seed, and written through the services
that people use. Targets are moved from January 2020 on only, so that what was past its target before stays as printed.
"""
