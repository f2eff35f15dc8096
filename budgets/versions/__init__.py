"""Changes of a book's budget: proposed by one party, agreed or declined by the other, in force once both agreed."""
