"""How an overspend was met, step by step, as far as it is printed."""
