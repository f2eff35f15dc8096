"""A book's months in files, and out of them again unchanged."""
