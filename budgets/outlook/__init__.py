"""What a year is to come to by what was entered last of each line: for the first pages of contract and money."""
