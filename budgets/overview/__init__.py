"""Where the contract's money stands: what is over, and what may drive it."""
