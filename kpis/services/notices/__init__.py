"""What people are told about the round: written with the step itself, and sent once a day by e-mail."""
