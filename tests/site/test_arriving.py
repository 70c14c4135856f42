"""When a request arrived, as the portal's own web worker tells it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from django.conf import settings
from django.utils import timezone

from opw.web import RECEIVED_AT
from tests.embedded.conftest import eventually
from tests.ports import free_port


@pytest.fixture
def began(tmp_path: Path) -> Path:
    """A file that is there once the slow page is being made."""
    return tmp_path / "began"


@pytest.fixture
def slow_site(tmp_path: Path, began: Path) -> Iterator[str]:
    """One worker with one thread: the second request has to wait for the first."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--workers=1", "--threads=1",
        "--worker-class=opw.web.Worker", "--no-control-socket", "tests.site.slow_app",
    ]  # fmt: skip
    with (tmp_path / "log").open("w") as log:
        environment = os.environ | {"SLOW_BEGAN": str(began)}
        web = subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=log, stderr=log, env=environment)
    site = f"http://127.0.0.1:{port}"
    try:
        assert eventually(lambda: _answers(site))
        yield site
    finally:
        web.terminate()
        web.wait()


def _answers(site: str) -> bool:
    try:
        return requests.get(site, timeout=60).ok
    except requests.ConnectionError:
        return False


@pytest.mark.services
def test_a_request_that_waits_for_another_one_arrived_when_it_came(slow_site, began):
    def ask(path: str) -> datetime:
        return datetime.fromisoformat(requests.get(f"{slow_site}{path}", timeout=60).text)

    with ThreadPoolExecutor(2) as people:
        first = people.submit(ask, "/slow")
        assert eventually(began.exists)
        second = people.submit(ask, "/")
        ended, arrived = first.result(), second.result()

    assert arrived < ended


@pytest.mark.services
def test_no_client_says_when_its_request_arrived(slow_site):
    now = timezone.now()
    early = now - timedelta(days=1)
    names = [RECEIVED_AT, "Opw.Received-At", "Opw-Received-At", "X-Received-At", "Date"]

    said = requests.get(slow_site, headers=dict.fromkeys(names, early.isoformat()), timeout=60).text

    assert datetime.fromisoformat(said) >= now
