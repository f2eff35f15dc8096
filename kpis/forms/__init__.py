"""What people ask for in an address or send in a form, read strictly."""
