"""./run: starts the portal's processes in order, says when it is ready, restarts what crashes, stops all of it."""

import http.client
import os
import signal
import sys
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from opw.embedded.errors import CannotRun
from opw.embedded.folders import Folders
from opw.embedded.ports import HOST, check_free, port_wanted
from opw.embedded.processes import TICK, Pause, Process, Stopping, StopSignals
from opw.embedded.servers import Servers, servers_of

MOST_CRASHES, WITHIN = 5, 60  # so many in so many seconds, and we give up
SLOWEST_START = 90  # seconds
READY = "ready"

WEB_OPTIONS = (
    "--workers=2",
    "--threads=4",
    "--worker-class=opw.web.Worker",  # knows when a request arrived
    "--preload",  # Django is imported once
    "--graceful-timeout=10",
    "--no-control-socket",  # it would lie in the home folder
)
WORKER_OPTIONS = ("--concurrency=2", "--loglevel=INFO", "--without-mingle", "--without-gossip")  # it is alone

DEMO_PEOPLE = """
  Sign in with the password demo as
    coordinator@example.org                            program coordinator
    xen@example.org                                    community coordinator and maintainer of Xen
    mentor1@example.org, mentor2@example.org           mentors
    applicant1@example.org to applicant9@example.org   applicants, each at another point of the way
"""


def run(folders: Folders) -> None:
    """Run the portal until somebody stops it, or until something keeps crashing."""
    signals = StopSignals()
    with servers_of(folders) as servers:
        supervisor = Supervisor(folders, servers, signals.pause)
        try:
            supervisor.start()
            supervisor.watch()
        except Stopping:
            say("Stopping.")
        finally:
            supervisor.stop()


class Supervisor:
    """The portal's processes, from the first to the last."""

    def __init__(self, folders: Folders, servers: Servers, pause: Pause) -> None:
        self.folders = folders
        self.servers = servers
        self.pause = pause
        self.port = port_wanted()
        self.environment = servers.environment(port=self.port)
        self.services = [
            self._module("web", "gunicorn", f"--bind={HOST}:{self.port}", *WEB_OPTIONS, "opw.wsgi:application"),
            self._module("worker", "celery", "-A", "opw.celery", "worker", *WORKER_OPTIONS),
            self._module("beat", "celery", "-A", "opw.celery", "beat", "--loglevel=INFO"),
        ]
        self.commands: list[Process] = []
        self.crashes: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=MOST_CRASHES))

    def start(self) -> None:
        """Start all of it; return once the portal is ready and has been announced."""
        if not self.servers.lock.try_to_take():
            raise CannotRun(f"{self.servers.lock.holder()} already uses {self.folders.var}. Stop that first.")
        self.servers.lock.note(f"./run (process {os.getpid()})")
        for service in reversed(self.services):
            service.end_leftover()
        check_free(self.port)
        say("Starting.")
        static = self._begin("collectstatic", "--noinput")  # needs no server: runs beside them
        self.servers.start(self.pause)
        self._finish(self._begin("migrate", "--noinput"))
        if self.servers.postgres:
            self._finish(self._begin("demo", "--phase", "open", "--once", "--even-without-debug"))
        self._finish(static)
        for service in self.services:
            service.start()
        self._announce(self._wait_until_ready())

    def watch(self) -> None:
        """Restart what ends by itself, for ever."""
        while True:
            self._restart_what_crashed()
            self.pause(TICK * 4)

    def stop(self) -> None:
        """Stop all of it, the last started first; the servers once nobody needs them."""
        processes = [*self.commands, *self.services][::-1]
        for process in processes:
            process.ask_to_stop()
        for process in processes:
            process.stop()
        self.servers.stop()

    def _module(self, name: str, *arguments: str) -> Process:
        return self._process(name, [str(self.folders.python), "-m", *arguments], note=True)

    def _process(self, name: str, command: Sequence[str | Path], *, note: bool = False) -> Process:
        return Process(
            name,
            command,
            environment=self.environment,
            folder=self.folders.checkout,
            log=self.folders.log / f"{name}.log",
            note=self.folders.run / f"{name}.pid" if note else None,
        )

    def _begin(self, command: str, *arguments: str) -> Process:
        """A manage.py command that has to succeed before the portal starts."""
        process = self._process(command, [self.folders.python, "manage.py", command, *arguments])
        self.commands.append(process)
        process.start()
        return process

    def _finish(self, process: Process) -> None:
        while process.alive:
            self.pause(TICK)
        if process.returncode != 0:
            raise CannotRun(f"'manage.py {process.name}' failed: {process.last_words()} ({self._shown(process)})")

    def _restart_what_crashed(self) -> None:
        for server in self.servers.ours:
            if not server.process.alive:
                self._note_crash(server.process)
                try:
                    server.start(self.pause)
                except CannotRun as reason:  # tried again, a few times
                    say(str(reason))
        for service in self.services:
            if not service.alive:
                self._note_crash(service)
                service.start()

    def _note_crash(self, process: Process) -> None:
        """Say so; give up when it is the fifth within a minute."""
        times = self.crashes[process.name]
        times.append(time.monotonic())
        process.stop()  # and whatever it leaves behind
        if len(times) == MOST_CRASHES and times[-1] - times[0] < WITHIN:
            raise CannotRun(
                f"{process.name} ended {MOST_CRASHES} times within a minute: "
                f"{process.last_words()} ({self._shown(process)})"
            )
        say(f"{process.name} ended unexpectedly ({how_it_ended(process)}); starting it again.")

    def _wait_until_ready(self) -> str:
        """READY once it is; after a while why it is not, which is no reason to stop: a mail server may be down."""
        until = time.monotonic() + SLOWEST_START
        while (answer := self._readiness()) != READY and time.monotonic() < until:
            self._restart_what_crashed()
            self.pause(TICK * 5)
        return answer

    def _readiness(self) -> str:
        """What /readyz says: READY, or why not."""
        site = urlsplit(self.environment["SITE_URL"])
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            headers = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
            connection.request("GET", "/readyz", headers=headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace").strip()
        except OSError as error:
            return str(error)
        finally:
            connection.close()
        return READY if response.status == http.client.OK else f"{response.status} {text[:200]}"

    def _announce(self, readiness: str) -> None:
        address = self.environment["SITE_URL"]
        mailed = bool(self.environment.get("EMAIL_URL"))
        how = "is ready" if readiness == READY else f"runs, but is not ready ({readiness}),"
        lines = [f"\nThe portal {how} at {address}"]
        if self.servers.postgres:
            lines.append(DEMO_PEOPLE)
        letters = "Letters are mailed, and" if mailed else "No letter is mailed; they"
        lines += [
            f"  {letters} can be read at {address}/letters/, signed in as the program coordinator.",
            f"  Logs: {self.folders.shown(self.folders.log)}/. Ctrl-C stops all of it.",
        ]
        say("\n".join(lines))

    def _shown(self, process: Process) -> str:
        return self.folders.shown(process.log)


def how_it_ended(process: Process) -> str:
    """In a person's words."""
    code = process.returncode
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def say(text: str) -> None:
    """Print, if anybody still listens: a closed terminal must not keep us from stopping everything."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # until we end
