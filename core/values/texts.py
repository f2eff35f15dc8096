"""Which texts the program can keep."""


def keepable(text: str) -> bool:
    """Whether every database can keep the text: PostgreSQL keeps no NUL, and UTF-8 has no halves of pairs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
