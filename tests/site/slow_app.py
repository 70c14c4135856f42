"""A page that takes its time, for test_arriving.py: it ends once the next request has come in."""

import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from opw.web import RECEIVED_AT

SOME_TIME = 0.3  # seconds


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers /slow with when it ended, and everything else with when it arrived."""
    moment: datetime = environ[RECEIVED_AT]
    if environ["PATH_INFO"] == "/slow":
        before = _connections()
        Path(os.environ["SLOW_BEGAN"]).touch()
        while _connections() <= before:
            time.sleep(0.01)
        time.sleep(SOME_TIME)
        moment = datetime.now(UTC)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [moment.isoformat().encode()]


def _connections() -> int:
    return len(os.listdir("/proc/self/fd"))
