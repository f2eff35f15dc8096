"""One line of a book: how its forecast moved through the year, month by month, and what was said of it."""
