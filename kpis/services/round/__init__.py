"""The monthly round's writes: one function for each thing that a person of either party does with a figure."""
