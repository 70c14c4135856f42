#!/usr/bin/env python3
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opw.settings")
    import opw.celery  # noqa: F401  # after the settings are named: makes our Celery app the current one

    execute_from_command_line(sys.argv)
