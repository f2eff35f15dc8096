"""The program's own settings, with one more page to measure against."""

from sandwell.settings import *  # noqa: F403 - exactly the program's settings

ROOT_URLCONF = "tests.bench.urls"
