"""What money means here: pure functions of whole pence, exact to the penny. They know no web and no database."""
