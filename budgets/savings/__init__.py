"""Planned savings in both ways in which they can be read."""
