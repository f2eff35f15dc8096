"""The contract's money in one line of its first page."""
