#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sandwell.settings")
    from django.core.management import execute_from_command_line

    from sandwell.environment import UnfitEnvironment

    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except UnfitEnvironment as unfit:
        sys.exit(str(unfit))
    except BrokenPipeError:
        # Whoever read has seen enough, as in `statuses | head`; nothing is left to be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
