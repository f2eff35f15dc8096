"""What the contract's money adds to the house: nothing yet that people could open."""

DECLARES: list[object] = []
