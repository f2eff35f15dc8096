"""What charts of every kind stand on: a frame, an axis, marks; nothing of what is drawn."""
