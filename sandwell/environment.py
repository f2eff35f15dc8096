"""What the environment must say before the program starts, and what it must not say in production.

Refuses, all faults at once, with the name of each setting and what to put there.
"""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

ENVIRONMENTS = ("demo", "test", "production")

REQUIRED_IN_PRODUCTION = {
    "SECRET_KEY": "a long random text that only this installation knows, at least 50 characters",
    "ALLOWED_HOSTS": "the host names that people use, separated by commas",
    "DATABASE_URL": "the PostgreSQL database, as postgres://user:password@host:5432/name",
    "REDIS_URL": "the Redis server, as redis://:password@host:6379/0",
    "EMAIL_URL": "the mail server, as submission://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that e-mails come from, as Performance <performance@council.example>",
    "SITE_URL": "where people reach the program, as https://performance.council.example",
}

# What a setting must begin with, and what it names.
BEGINNINGS = {
    "DATABASE_URL": (("postgres://", "postgresql://"), "PostgreSQL"),
    "REDIS_URL": (("redis://", "rediss://"), "Redis"),
    "EMAIL_URL": (
        ("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://", "submission://", "submit://"),
        "a mail server",
    ),
    "SITE_URL": (("https://",), "an address with https"),
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
    "IMPORT_SECONDS": 1,
    "IMPORT_MEMORY_MB": 128,
    "IMPORT_YEARS_BEFORE_START": 0,
    "SECURE_HSTS_SECONDS": 0,
    "WORKER_LAG_SECONDS": 1,
    "LIVE_PORT": 0,
    "DATABASE_CONNECT_SECONDS": 2,
    "DATABASE_STATEMENT_SECONDS": 1,
    "DATABASE_LOCK_SECONDS": 1,
    "DATABASE_IDLE_SECONDS": 1,
    "NOTICES_FROM_HOUR": 0,
}
LATEST_HOUR = 23

# Yes or no.
SWITCHES = ("SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "LOG_JSON")
ON, OFF = ("1", "true", "yes", "on", "t", "y"), ("0", "false", "no", "off", "f", "n")

# Texts of a certain form, and the form in words.
FORMS = {
    "API_RATE": (
        r"[1-9][0-9]*/(s|sec|second|m|min|minute|h|hour|d|day)",
        "a number of requests and a time, as 600/min",
    ),
    "LOG_LEVEL": (r"DEBUG|INFO|WARNING|ERROR|CRITICAL", "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
}
ORIGIN = re.compile(r"https?://(\*\.)?[^\s/*?#@]+")


class UnfitEnvironment(ImproperlyConfigured):
    """The program can't start with what its environment says; the words are for whoever runs it."""


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
    found += _faulty_words(environ)
    if environ.get("DEBUG", "").strip().lower() not in ("", *OFF):
        found.append("DEBUG is on; production never shows its insides, so unset it.")
    return found


def _faulty_key(key: str) -> list[str]:
    weak = len(key) < 50 or len(set(key)) < 16 or key.startswith(("django-insecure", "demo-"))
    return (
        ["SECRET_KEY is short or guessable; set it to at least 50 random characters."] if key and weak else []
    )


def _faulty_addresses(environ: Mapping[str, str]) -> list[str]:
    found = [
        f"{setting} does not name {what}; set it to {REQUIRED_IN_PRODUCTION[setting]}."
        for setting, (beginnings, what) in BEGINNINGS.items()
        if environ.get(setting, "").strip() and not environ[setting].startswith(beginnings)
    ]
    sender = environ.get("DEFAULT_FROM_EMAIL", "")
    if sender.strip() and "@" not in sender:
        hint = REQUIRED_IN_PRODUCTION["DEFAULT_FROM_EMAIL"]
        found.append(f"DEFAULT_FROM_EMAIL is no e-mail address; set it to {hint}.")
    return found + _faulty_hosts(environ.get("ALLOWED_HOSTS", ""))


def _faulty_hosts(given: str) -> list[str]:
    hosts = [host.strip() for host in given.split(",") if host.strip()]
    found = []
    if given.strip() and not hosts:
        found.append("ALLOWED_HOSTS names no host; set it to the host names that people use.")
    found += [
        f"ALLOWED_HOSTS has {host!r}, which lets in too many; name each host."
        for host in hosts
        if "*" in host or (host.startswith(".") and "." not in host[1:])
    ]
    return found


def _faulty_numbers(environ: Mapping[str, str]) -> list[str]:
    found = [
        f"{name} is {environ[name]!r}; set it to a whole number of {least} or more."
        for name, least in NUMBERS.items()
        if environ.get(name, "").strip()
        and not (environ[name].strip().isdecimal() and int(environ[name]) >= least)
    ]
    hour = environ.get("NOTICES_FROM_HOUR", "").strip()
    if hour.isdecimal() and int(hour) > LATEST_HOUR:
        found.append(f"NOTICES_FROM_HOUR is {hour!r}; set it to an hour of the day, 0 to {LATEST_HOUR}.")
    return found


def _faulty_words(environ: Mapping[str, str]) -> list[str]:
    found = [
        f"{name} is {environ[name]!r}; set it to on or off."
        for name in SWITCHES
        if environ.get(name, "").strip().lower() not in ("", *ON, *OFF)
    ]
    found += [
        f"{name} is {environ[name]!r}; set it to {words}."
        for name, (form, words) in FORMS.items()
        if environ.get(name, "") and not re.fullmatch(form, environ[name])
    ]
    origins = [origin.strip() for origin in environ.get("CSRF_TRUSTED_ORIGINS", "").split(",")]
    found += [
        f"CSRF_TRUSTED_ORIGINS has {origin!r}; name each with its scheme, as https://performance.example.gov.uk."
        for origin in origins
        if origin and not ORIGIN.fullmatch(origin)
    ]
    return found


def explained(found: list[str]) -> str:
    """The faults as one message for the operator."""
    lines = "\n".join(f"  - {fault}" for fault in found)
    return (
        f"The program can't start with these settings:\n{lines}\n"
        "To try it on this machine instead, run `make demo` (it sets SANDWELL_ENV=demo)."
    )
