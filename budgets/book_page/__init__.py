"""A book as its lines: budgets year by year, and what was spent."""
