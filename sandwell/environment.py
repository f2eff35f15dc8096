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
    key = environ.get("SECRET_KEY", "")
    if key and (len(key) < 50 or key.startswith(("django-insecure", "demo-")) or len(set(key)) < 5):
        found.append("SECRET_KEY is short or a known default; set it to at least 50 random characters.")
    if environ.get("DEBUG", "").strip().lower() in ("1", "true", "yes", "on"):
        found.append("DEBUG is on; production never shows its insides, so unset it.")
    if environ.get("DATABASE_URL", "").startswith("sqlite"):
        found.append("DATABASE_URL names SQLite; production runs on PostgreSQL.")
    if "*" in environ.get("ALLOWED_HOSTS", ""):
        found.append("ALLOWED_HOSTS has a wildcard; name the hosts.")
    return found


def explained(found: list[str]) -> str:
    """The faults as one message for the operator."""
    lines = "\n".join(f"  - {fault}" for fault in found)
    return (
        f"The program can't start with these settings:\n{lines}\n"
        "To try it on this machine instead, run `make demo` (it sets SANDWELL_ENV=demo)."
    )
