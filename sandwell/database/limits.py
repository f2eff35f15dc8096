"""Limits of connections to PostgreSQL, in the words of its own library and server. SQLite knows none of them."""

from typing import Any, NamedTuple

# A line that broke without a word is found within half a minute, whoever waits at its end.
BROKEN_LINE = {
    "keepalives": 1,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


class Limits(NamedTuple):
    """Seconds for connecting, for one statement, for one lock, and for a transaction in which nothing is asked.

    0 leaves it to the server.
    """

    connect: int
    statement: int
    lock: int
    idle_in_transaction: int


def options(limits: Limits, given: dict[str, Any]) -> dict[str, Any]:
    """OPTIONS of DATABASES, on top of those that DATABASE_URL has given, which go before ours."""
    of_the_session = " ".join(
        f"-c {name}={seconds * 1000}"
        for name, seconds in (
            ("statement_timeout", limits.statement),
            ("lock_timeout", limits.lock),
            ("idle_in_transaction_session_timeout", limits.idle_in_transaction),
        )
        if seconds
    )
    both = f"{of_the_session} {given.get('options', '')}".strip()
    return BROKEN_LINE | {"connect_timeout": limits.connect} | given | {"options": both}
