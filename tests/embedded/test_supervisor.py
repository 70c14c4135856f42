"""./run: the whole portal, started, crashed and stopped for real."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from tests.embedded.conftest import CHECKOUT, Run, eventually, make_folder, processes_in

pytestmark = pytest.mark.services

PROCESSES = ["postgres", "broker", "web", "worker", "beat"]
# What the tests' own servers, or whoever runs the tests, would tell it.
NOT_TOLD = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DEBUG")


@dataclass
class Portal:
    """./run with a var/ of its own, on the environment the tests run in."""

    folder: Path
    port: int

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def command(self, *arguments: str) -> list[str | Path]:
        return [self.var / "venv" / "bin" / "python", "-P", "-m", "opw.embedded", *arguments]

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_TOLD}
        return {**kept, "PYTHONPATH": str(CHECKOUT), "OPW_VAR": str(self.var), "PORT": str(self.port)}

    def run(self) -> Run:
        self.var.mkdir(exist_ok=True)
        if not (self.var / "venv").exists():
            (self.var / "venv").symlink_to(sys.prefix)
        return Run(self.command("run"), self.folder / "output", self.environment())

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(part) for part in self.command("manage", *arguments)]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, timeout=180, check=False)

    def pid_of(self, name: str) -> int:
        note = self.var / "run" / f"{name}.pid"
        return int(note.read_text().split()[0]) if note.exists() and note.read_text() else 0

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def ask(self, statement: str) -> object:
        connection = psycopg2.connect(host=str(self.var / "run" / "postgres"), user="opw", dbname="opw")
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            row = cursor.fetchone() if cursor.description else None
        connection.close()
        return row[0] if row else None


def kill(portal: Portal, name: str, run: Run) -> None:
    """Kill a process, and wait until it was started again or the run has given up."""
    before = portal.pid_of(name)
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: portal.pid_of(name) not in (0, before) or run.process.poll() is not None)


def new_portal(folder: Path) -> Portal:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return Portal(folder, listener.getsockname()[1])


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Portal, Run]]:
    """A portal that says it is ready."""
    folder = make_folder()
    portal = new_portal(folder)
    run = portal.run()
    try:
        assert run.says("The portal is ready at", within=240), run.printed
        yield portal, run
    finally:
        run.end(signal.SIGTERM)
        shutil.rmtree(folder)


def test_ready_portal_says_where_it_is_and_who_may_sign_in(running: tuple[Portal, Run]) -> None:
    portal, run = running

    assert portal.status("/") == 200
    assert portal.status("/readyz") == 200
    assert f"ready at http://localhost:{portal.port}\n" in run.printed
    assert f"http://localhost:{portal.port}/letters/, signed in as the program coordinator" in run.printed
    for person in ("coordinator@", "xen@", "mentor1@", "mentor2@", "applicant1@", "applicant9@"):
        assert f"{person}example.org" in run.printed


@pytest.mark.parametrize("name", PROCESSES)
def test_killed_process_is_started_again(running: tuple[Portal, Run], name: str) -> None:
    portal, run = running

    kill(portal, name, run)

    assert run.says(f"{name} ended unexpectedly (signal SIGKILL); starting it again.")
    assert eventually(lambda: portal.status("/readyz") == 200)


def test_second_run_on_the_same_folder_is_refused(running: tuple[Portal, Run]) -> None:
    portal, run = running

    second = Run(portal.command("run"), portal.folder / "second", portal.environment())

    assert second.end() == 1
    assert second.printed == f"./run (process {run.process.pid}) already uses {portal.var}. Stop that first.\n"


def test_taken_port_is_told_before_anything_starts(running: tuple[Portal, Run], folder: Path) -> None:
    other = Portal(folder, running[0].port)

    run = other.run()

    assert run.end() == 1
    assert run.printed.startswith(f"Port {other.port} is taken. Choose another one: PORT=")
    assert run.printed.count("\n") == 1
    assert not (other.var / "postgres").exists()


def test_manage_uses_the_running_portal_and_passes_its_exit_code_on(running: tuple[Portal, Run]) -> None:
    portal, _ = running

    assert portal.manage("migrate", "--check").returncode == 0
    assert portal.manage("no_such_command").returncode == 1
    assert portal.status("/readyz") == 200


def test_stopped_crashed_and_killed_portal_leaves_no_process_and_keeps_its_data(running: tuple[Portal, Run]) -> None:
    """The last one: it ends the portal that the others share."""
    portal, interrupted = running

    portal.ask("CREATE TABLE kept AS SELECT 42 AS answer")
    assert interrupted.end(signal.SIGINT, signal.SIGINT) == 0
    assert processes_in(portal.var) == []

    assert portal.manage("migrate", "--check").returncode == 0
    assert processes_in(portal.var) == []

    crashing = portal.run()
    assert eventually(lambda: portal.pid_of("beat") != 0, within=240), crashing.printed
    assert portal.ask("SELECT answer FROM kept") == 42
    for _ in range(5):
        kill(portal, "beat", crashing)
    assert crashing.end() == 1
    assert "beat ended 5 times within a minute" in crashing.printed
    assert processes_in(portal.var) == []

    killed = portal.run()
    assert eventually(lambda: portal.pid_of("beat") != 0, within=240), killed.printed
    killed.end(signal.SIGKILL)
    assert eventually(lambda: processes_in(portal.var) == [])
    assert portal.manage("migrate", "--check").returncode == 0
