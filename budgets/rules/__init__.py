"""What the rules about money say, without a database: printed amounts, what totals assert, and how savings are read."""
