"""What of the months' money is still to be done, by when, and who is told so."""
