"""Child processes that end with us, however we end, and the signals that ask us to."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

Pause = Callable[[float], None]

LONGEST_LOG = 5_000_000  # bytes; then it becomes the old log
TICK = 0.05  # seconds between two looks
PR_SET_PDEATHSIG = 1


class Stopping(Exception):
    """Somebody asked us to stop."""


class StopSignals:
    """Ctrl-C, TERM and HUP become one request, noticed between two steps so that none is left half done.

    For good: what comes in while we end does not cut the ending short.
    """

    def __init__(self) -> None:
        self.asked = False
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # Under nohup a hang-up is not for us. An ignored SIGINT only means "started with &".
            if wanted != signal.SIGHUP or signal.getsignal(wanted) != signal.SIG_IGN:
                signal.signal(wanted, self._ask)

    def _ask(self, _signum: int, _frame: FrameType | None) -> None:
        self.asked = True

    def pause(self, seconds: float) -> None:
        """Sleep; raise Stopping once we are asked to stop."""
        if not self.asked:
            time.sleep(seconds)
        if self.asked:
            raise Stopping


class Process:
    """A child in a session of its own, with a log, its number written down for whoever comes after a crash."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        note: Path | None = None,
        umask: int = -1,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience: float = 15,
    ) -> None:
        self.name = name
        self.command = [str(part) for part in command]
        self.log = log
        self.environment = environment
        self.folder = folder
        self.note = note
        self.umask = umask
        self.stop_signal = stop_signal
        self.patience = patience
        self._child: subprocess.Popen[bytes] | None = None
        self._asked = False

    @property
    def returncode(self) -> int | None:
        """How it ended; None while it runs, or was never started."""
        return self._child.poll() if self._child else None

    @property
    def alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Start it; its output goes to its log, and it gets the stop signal when we die."""
        self.end_leftover()
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        self._asked = False
        first = die_with(os.getpid(), self.stop_signal)
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603  # the command is ours
                self.command,
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=self.umask,
                preexec_fn=first,  # safe even beside threads: it only asks the kernel
            )
        if self.note:
            self.note.write_text(f"{self._child.pid} {_started(self._child.pid)}")

    def finish(self, pause: Pause = time.sleep) -> int:
        """Start it and wait for its end; the exit code."""
        self.start()
        try:
            while self.alive:
                pause(TICK)
        finally:
            self.stop()
        return self.returncode or 0

    def ask_to_stop(self) -> None:
        """Ask it to end, once, and do not wait for it."""
        if self._child and not self._asked:
            self._asked = True
            self._child.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Ask it to end; after its time is up end it and all it started."""
        child = self._child
        if child is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(self.patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if self.note:
            self.note.unlink(missing_ok=True)

    def end_leftover(self) -> None:
        """End what an earlier start left: our own, or that of a run that was killed before it could stop it."""
        self.stop()
        if self.note is None or not self.note.exists():
            return
        number, _, started = self.note.read_text().partition(" ")
        if started and _started(int(number)) == started:
            _end(int(number), self.stop_signal, self.patience, lambda: _started(int(number)) == started)
        self.note.unlink(missing_ok=True)

    def last_words(self, lines: int = 1) -> str:
        """The end of its log."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").strip().splitlines()[-lines:])


def _end(pid: int, asking: signal.Signals, patience: float, alive: Callable[[], bool]) -> None:
    """End a process that is not our child, and the rest of its group."""
    until = time.monotonic() + patience
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, asking)
    while alive() and time.monotonic() < until:
        time.sleep(TICK)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    while alive():
        time.sleep(TICK)


def _started(pid: int) -> str:
    """The tick at which the process started: tells it from a later one of the same number. Empty once it is gone."""
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if state == "Z" else fields[18]


def die_with(parent: int, stop_signal: signal.Signals) -> Callable[[], None] | None:
    """What the child does first: have the kernel send it the stop signal when its parent dies. Linux only."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask_the_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(stop_signal))
        if os.getppid() != parent:
            os._exit(1)

    return ask_the_kernel
