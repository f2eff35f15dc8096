"""What the environment must say before the program starts, and what it must not say in production.

Refuses, all faults at once, with the name of each setting and what to put there.
"""

from collections.abc import Mapping

ENVIRONMENTS = ("demo", "test", "production")

REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text that only this installation knows, at least 50 characters",
    "ALLOWED_HOSTS": "the host names that people use, separated by commas",
    "DATABASE_URL": "the PostgreSQL database, as postgres://user:password@host:5432/name",
    "REDIS_URL": "the Redis server, as redis://:password@host:6379/0",
}

# Whole numbers that may be given, and the least that each may be.
NUMBERS = {
    "TRUSTED_PROXY_COUNT": 0,
    "SESSION_IDLE_SECONDS": 60,
    "SESSION_ABSOLUTE_SECONDS": 60,
    "SIGN_IN_WINDOW_SECONDS": 1,
    "SIGN_IN_TRIES_PER_PERSON": 1,
    "SIGN_IN_TRIES_PER_ADDRESS": 1,
    "IMPORT_MAX_BYTES": 1,
    "IMPORT_MAX_UNPACKED_BYTES": 1,
    "IMPORT_MAX_ROWS": 1,
    "WORKER_LAG_SECONDS": 1,
}


def faults(environ: Mapping[str, str]) -> list[str]:
    """Everything that stops a start, one sentence each; empty when the program may start."""
    name = environ.get("SANDWELL_ENV", "production")
    if name not in ENVIRONMENTS:
        return [f"SANDWELL_ENV is {name!r}; set it to one of {', '.join(ENVIRONMENTS)}."]
    if name != "production":
        return []
    found = [
        f"{setting} is not set; set it to {hint}."
        for setting, hint in REQUIRED_IN_PRODUCTION.items()
        if not environ.get(setting, "").strip()
    ]
    found += _faulty_key(environ.get("SECRET_KEY", ""))
    found += _faulty_addresses(environ)
    found += _faulty_numbers(environ)
    if environ.get("DEBUG", "").strip().lower() not in ("", "0", "false", "no", "off", "f", "n"):
        found.append("DEBUG is on; production never shows its insides, so unset it.")
    return found


def _faulty_key(key: str) -> list[str]:
    weak = len(key) < 50 or len(set(key)) < 16 or key.startswith(("django-insecure", "demo-"))
    return (
        ["SECRET_KEY is short or guessable; set it to at least 50 random characters."] if key and weak else []
    )


def _faulty_addresses(environ: Mapping[str, str]) -> list[str]:
    found = []
    database, redis = environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", "")
    if database and not database.startswith(("postgres://", "postgresql://")):
        found.append(
            "DATABASE_URL does not name PostgreSQL; set it to postgres://user:password@host:5432/name."
        )
    if redis and not redis.startswith(("redis://", "rediss://")):
        found.append("REDIS_URL does not name Redis; set it to redis://:password@host:6379/0.")
    given = environ.get("ALLOWED_HOSTS", "")
    hosts = [host.strip() for host in given.split(",") if host.strip()]
    if given.strip() and not hosts:
        found.append("ALLOWED_HOSTS names no host; set it to the host names that people use.")
    found += [
        f"ALLOWED_HOSTS has {host!r}, which lets in too many; name each host."
        for host in hosts
        if "*" in host or (host.startswith(".") and "." not in host[1:])
    ]
    return found


def _faulty_numbers(environ: Mapping[str, str]) -> list[str]:
    return [
        f"{name} is {environ[name]!r}; set it to a whole number of {least} or more."
        for name, least in NUMBERS.items()
        if environ.get(name, "").strip()
        and not (environ[name].strip().isdecimal() and int(environ[name]) >= least)
    ]


def explained(found: list[str]) -> str:
    """The faults as one message for the operator."""
    lines = "\n".join(f"  - {fault}" for fault in found)
    return (
        f"The program can't start with these settings:\n{lines}\n"
        "To try it on this machine instead, run `make demo` (it sets SANDWELL_ENV=demo)."
    )
