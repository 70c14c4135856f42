"""The first half of ./run, on whatever Python the machine has: makes the environment, then becomes its Python."""

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from opw.embedded.errors import CannotRun
from opw.embedded.folders import Folders, Lock
from opw.embedded.ports import check_free, port_wanted
from opw.embedded.processes import TICK, Pause, Process, Stopping, StopSignals

USAGE = """\
./run               start the portal (PORT, DATABASE_URL, REDIS_URL and more: docs/running.md)
./run test [ARGS]   run all checks and tests, or what pytest understands by ARGS
./run manage ARGS   run a manage.py command"""

PIP_OPTIONS = (
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
    "--require-hashes",
    "--no-deps",  # the lock names them all
    "--only-binary=:all:",  # nothing is compiled, and nothing of a package runs, while it is installed
    "--no-compile",
    "--retries=2",
)
NO_ANSWER = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|ProtocolError|RemoteDisconnected"
)


def main(*arguments: str) -> None:
    """Make the environment that the command needs, and go on in it."""
    command = arguments[0] if arguments else "run"
    if command not in ("run", "test", "manage") or (command == "run" and len(arguments) > 1):
        print(USAGE)
        sys.exit(0 if command in ("help", "--help", "-h") else 2)
    folders = Folders.here()
    signals = StopSignals()
    Environment(folders, signals.pause).make(lock_for(command, folders), command)
    signals.pause(0)
    next_half = [str(folders.python), "-P", "-m", "opw.embedded", command, *arguments[1:]]
    os.execve(folders.python, next_half, {**os.environ, "PYTHONPATH": str(folders.checkout)})  # noqa: S606  # no shell meant


def lock_for(command: str, folders: Folders) -> Path:
    """The lock that names what the command needs: the servers only where the environment does not name them all."""
    if command == "test":
        return folders.checkout / "tests" / "requirements.lock"
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return folders.checkout / "requirements.lock"
    return folders.checkout / "opw" / "embedded" / "requirements.lock"


class Environment:
    """The virtual environment, and the stamp that says which locks it was made from.

    The stamp is taken away before anything changes and written last: without it, what is there is half made.
    """

    def __init__(self, folders: Folders, pause: Pause) -> None:
        self.folders = folders
        self.pause = pause
        self.stamp = folders.venv / "made-from.json"
        self.log = folders.log / "install.log"

    def make(self, lock: Path, command: str) -> None:
        """Bring it up to date with a lock; one run at a time."""
        if self._holds(lock):
            return
        guard = Lock(self.folders.run / "install.lock")
        while not guard.try_to_take():
            self.pause(TICK)
        if self._holds(lock):
            return
        if command == "run":
            check_free(port_wanted())  # rather said now than after the download
        place = self.folders.shown(self.folders.venv)
        print(f"Making the environment in {place}; this takes half a minute.", flush=True)
        stamp = self._current_stamp()
        self.stamp.unlink(missing_ok=True)
        if not stamp:
            self._make_empty()
        self._install(lock)
        self._write_stamp({**stamp, **self._entry(lock)})

    def _holds(self, lock: Path) -> bool:
        return self._entry(lock).items() <= self._current_stamp().items()

    def _entry(self, lock: Path) -> dict[str, str]:
        """What the stamp says once a lock is installed."""
        name = str(lock.relative_to(self.folders.checkout))
        return {"python": python_version(), name: hashlib.sha256(lock.read_bytes()).hexdigest()}

    def _current_stamp(self) -> Mapping[str, str]:
        """The stamp, if all it says still holds; else nothing, and the environment is made anew."""
        if not (self.stamp.exists() and self.folders.python.exists()):
            return {}
        stamp: dict[str, str] = json.loads(self.stamp.read_text())
        locks = [self.folders.checkout / name for name in stamp if name != "python"]
        now = [self._entry(lock) for lock in locks if lock.exists()]
        return stamp if len(now) == len(locks) and all(entry.items() <= stamp.items() for entry in now) else {}

    def _write_stamp(self, stamp: Mapping[str, str]) -> None:
        writing = self.stamp.with_suffix(".writing")
        writing.write_text(json.dumps(stamp, indent=2))
        writing.rename(self.stamp)

    def _make_empty(self) -> None:
        if find_spec("venv") is None or find_spec("ensurepip") is None:
            raise CannotRun(f"{sys.executable} cannot make environments. On Debian: apt-get install python3-venv")
        shutil.rmtree(self.folders.venv, ignore_errors=True)
        self._step([sys.executable, "-m", "venv", "--clear", self.folders.venv])

    def _install(self, lock: Path) -> None:
        self._step([self.folders.python, "-m", "pip", "install", *PIP_OPTIONS, "--requirement", lock])

    def _step(self, command: list[str | Path]) -> None:
        self.log.unlink(missing_ok=True)
        # Whoever Postgres runs as has to read its programs, whatever our own umask is.
        step = Process("install", command, log=self.log, environment=_without_pythonpath(), umask=0o022)
        if step.finish(self.pause) != 0:
            raise CannotRun(f"{self._reason(step.last_words(20))} {self.folders.shown(self.log)} says more.")

    def _reason(self, words: str) -> str:
        """Why it failed, in one sentence."""
        if "DO NOT MATCH THE HASHES" in words:
            return "A package is not the one that the lock names, so nothing was installed."
        if NO_ANSWER.search(words):
            return (
                "The packages could not be fetched: the package index did not answer. Check the network and run again."
            )
        errors = [line for line in words.splitlines() if line.startswith("ERROR")]
        return f"The environment could not be made: {(errors or words.splitlines() or ['no reason given'])[-1]}."


def python_version() -> str:
    """An environment made by one minor version does not work in another."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _without_pythonpath() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CannotRun as reason:
        sys.exit(str(reason))
    except Stopping:
        sys.exit("Stopped; the next run goes on from here.")
    except KeyboardInterrupt:
        sys.exit(130)
