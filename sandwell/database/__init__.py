"""How long the database is waited for. Pages have short limits and find out a server that hangs; worker and commands
have the time that a long statement takes.
"""
