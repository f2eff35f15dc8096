"""The rules of the contract, pure: no database and no clock. `frames` has those on whole columns."""
