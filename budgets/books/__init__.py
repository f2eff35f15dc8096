"""Books of an organisation's budgets: reviewed definition files, and what is read from them."""
