"""Every printed total held against the lines that it is made of."""
