"""The program says what its environment lacks before it starts, and refuses in production what belongs elsewhere."""

import os
import re
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

from sandwell.environment import explained, faults

PRODUCTION = {
    "SECRET_KEY": "k3Yz9wQ7rT2mX8vB4nH6jL1pD5sF0gA3cE7uI2oW9qR4tZ6yM8x",
    "ALLOWED_HOSTS": "performance.example",
    "DATABASE_URL": "postgres://sandwell:secret@db:5432/sandwell",
    "REDIS_URL": "redis://:secret@redis:6379/0",
    "EMAIL_URL": "submission://sandwell:secret@mail:587",
    "DEFAULT_FROM_EMAIL": "Performance <performance@council.example>",
    "SITE_URL": "https://performance.example",
}


def test_a_whole_production_environment_has_no_fault():
    assert faults(PRODUCTION) == []
    assert faults(PRODUCTION | {"SANDWELL_ENV": "production"}) == []


@pytest.mark.parametrize("environment", ["demo", "test"])
def test_demonstration_and_tests_need_nothing(environment):
    assert faults({"SANDWELL_ENV": environment}) == []


@pytest.mark.parametrize("setting", PRODUCTION)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_each_missing_setting_is_named_with_what_to_put_there(setting, value):
    environment = {name: text for name, text in PRODUCTION.items() if name != setting}
    if value is not None:
        environment[setting] = value

    found = faults(environment)

    assert any(fault.startswith(f"{setting} is not set; set it to ") for fault in found)
    assert all(fault.startswith(setting) for fault in found)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("SECRET_KEY", "short", "is short or guessable"),
        ("SECRET_KEY", "django-insecure-" + "x7" * 30, "is short or guessable"),
        ("SECRET_KEY", "demo-key-that-production-refuses-" + "x7" * 20, "is short or guessable"),
        ("SECRET_KEY", "ab" * 40, "is short or guessable"),
        ("DEBUG", "1", "is on"),
        ("DEBUG", "True", "is on"),
        ("DEBUG", " yes ", "is on"),
        ("DATABASE_URL", "sqlite:///production.sqlite3", "does not name PostgreSQL"),
        ("SECRET_KEY", "change-me-" * 6, "is short or guessable"),
        ("DEBUG", "t", "is on"),
        ("DATABASE_URL", "SQLITE:///x", "does not name PostgreSQL"),
        ("DATABASE_URL", "mysql://x", "does not name PostgreSQL"),
        ("REDIS_URL", "garbage", "does not name Redis"),
        ("ALLOWED_HOSTS", "*", "has '*', which lets in too many"),
        ("ALLOWED_HOSTS", "performance.example,*", "has '*', which lets in too many"),
        ("ALLOWED_HOSTS", ".uk", "has '.uk', which lets in too many"),
        ("ALLOWED_HOSTS", ",", "names no host"),
        ("TRUSTED_PROXY_COUNT", "-1", "is '-1'; set it to a whole number of 0 or more"),
        ("EMAIL_URL", "console:", "does not name a mail server; set it to the mail server, as submission://"),
        ("EMAIL_URL", "mail.council.example", "does not name a mail server"),
        ("DEFAULT_FROM_EMAIL", "Performance", "is no e-mail address"),
        ("SITE_URL", "performance.example", "does not name an address with https"),
        ("SITE_URL", "http://performance.example", "does not name an address with https"),
        ("NOTICES_FROM_HOUR", "24", "is '24'; set it to an hour of the day, 0 to 23"),
        ("NOTICES_FROM_HOUR", "seven", "is 'seven'; set it to a whole number of 0 or more"),
        ("SESSION_IDLE_SECONDS", "abc", "is 'abc'; set it to a whole number of 60 or more"),
        ("IMPORT_YEARS_BEFORE_START", "five", "is 'five'; set it to a whole number of 0 or more"),
        ("SECURE_HSTS_SECONDS", "-1", "is '-1'; set it to a whole number of 0 or more"),
        ("SECURE_SSL_REDIRECT", "maybe", "is 'maybe'; set it to on or off"),
        ("SECURE_HSTS_PRELOAD", "maybe", "is 'maybe'; set it to on or off"),
        ("API_RATE", "often", "is 'often'; set it to a number of requests and a time, as 600/min"),
        ("API_RATE", "600", "is '600'; set it to a number of requests and a time"),
        ("API_RATE", "600/fortnight", "is '600/fortnight'; set it to a number of requests and a time"),
        ("LOG_LEVEL", "loud", "is 'loud'; set it to DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        (
            "CSRF_TRUSTED_ORIGINS",
            "performance.example",
            "has 'performance.example'; name each with its scheme",
        ),
        ("CSRF_TRUSTED_ORIGINS", "https://a.example,b", "has 'b'; name each with its scheme"),
        (
            "CSRF_TRUSTED_ORIGINS",
            "https://a.example/x",
            "has 'https://a.example/x'; name each with its scheme",
        ),
    ],
)
def test_what_production_refuses(setting, value, words):
    (fault,) = faults(PRODUCTION | {setting: value})

    assert fault.startswith(f"{setting} {words}")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECURE_SSL_REDIRECT", "off"),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "False"),
        ("API_RATE", "10/s"),
        ("API_RATE", "600/min"),
        ("LOG_LEVEL", "WARNING"),
        ("CSRF_TRUSTED_ORIGINS", "https://performance.example, https://*.example:8443"),
    ],
)
def test_what_production_takes(setting, value):
    assert faults(PRODUCTION | {setting: value}) == []


def test_an_unknown_environment_is_named():
    assert faults({"SANDWELL_ENV": "staging"}) == [
        "SANDWELL_ENV is 'staging'; set it to one of demo, test, production."
    ]


def test_all_faults_are_told_at_once_with_a_way_out():
    text = explained(faults({}))

    assert [line.split()[1] for line in text.splitlines() if line.startswith("  - ")] == list(PRODUCTION)
    assert text.endswith("run `make demo` (it sets SANDWELL_ENV=demo).")


def start(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *(command or ["check"])],
        cwd=settings.BASE_DIR, env=kept | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_settings_the_program_does_not_start():
    stopped = start()

    assert stopped.returncode == 1
    assert stopped.stderr.startswith("The program can't start with these settings:\n")
    assert "Traceback" not in stopped.stderr
    for name in PRODUCTION:
        assert f"{name} is not set; set it to " in stopped.stderr


def test_production_starts_with_its_settings_and_shows_no_insides():
    started = start(**PRODUCTION, DEBUG="0")

    assert (started.returncode, started.stderr) == (0, "")


def test_strict_transport_can_be_limited_to_this_host():
    switched_off = {"SECURE_HSTS_PRELOAD": "off", "SECURE_HSTS_INCLUDE_SUBDOMAINS": "off"}
    asked = "from django.conf import settings as s; print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"
    command = ["shell", "--verbosity", "0", "-c", asked]

    assert start(*command, **PRODUCTION).stdout == "True True\n"
    assert start(*command, **PRODUCTION, **switched_off).stdout == "False False\n"


def test_a_reader_who_has_seen_enough_is_no_error():
    answer = subprocess.run(
        f"{sys.executable} manage.py help --commands | true; exit 0",
        shell=True, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
        env=os.environ | {"SANDWELL_ENV": "test"},
    )  # fmt: skip

    assert answer.stderr == ""


NAME = r"`([A-Z_]+)`"


def documented() -> tuple[set[str], set[str]]:
    """The settings in the table, and those named outside it, which are not for production."""
    text = (settings.BASE_DIR / "docs/deploy.md").read_text()
    lines = text.partition("## Settings")[2].partition("## What runs")[0].splitlines()
    table = [row.split("|")[1] for row in lines if row.startswith("| `")]
    outside = [line for line in lines if not line.startswith("|")]
    return set(re.findall(NAME, " ".join(table))), set(re.findall(NAME, " ".join(outside)))


def test_every_documented_setting_reaches_the_containers_and_is_read():
    compose = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())
    program = (settings.BASE_DIR / "sandwell/settings.py").read_text()
    of_compose_alone = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "PORT"}

    table, outside = documented()

    assert table - of_compose_alone == set(compose["services"]["web"]["environment"])
    assert (table - of_compose_alone) | outside == set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', program))
    assert outside == {"DEBUG", "DEMONSTRATION_DAY"}
