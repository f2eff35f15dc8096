"""What the money rests on: what was assumed, what came, what it takes, and what it cost, on one axis of time."""
