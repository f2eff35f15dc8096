"""The money of the demonstration: the books as printed."""
