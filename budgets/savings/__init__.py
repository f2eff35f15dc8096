"""Planned savings in both ways in which they can be read, and what people said of them: delivered, at risk."""
