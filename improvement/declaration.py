"""What the improvement plan adds to the house: nothing yet that people could open."""

DECLARES: list[object] = []
