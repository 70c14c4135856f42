"""Real processes, in folders of their own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def make_folder() -> Path:
    """A folder that others may pass through, as most checkouts are; its path is short enough for sockets."""
    path = Path(tempfile.mkdtemp(prefix="opw-folder-"))
    path.chmod(0o711)
    return path


@pytest.fixture
def folder() -> Iterator[Path]:
    """Such a folder, for one test."""
    path = make_folder()
    yield path
    shutil.rmtree(path)


def eventually(check: Callable[[], bool], *, within: float = 120) -> bool:
    """Whether it comes true in time."""
    until = time.monotonic() + within
    while not (true := check()) and time.monotonic() < until:
        time.sleep(0.1)
    return true


def processes_in(place: Path) -> list[str]:
    """The command lines of all processes that name the folder in their environment or arguments."""
    return [line for pid in Path("/proc").glob("[0-9]*") if str(place) in (line := _told(pid))]


def _told(process: Path) -> str:
    if int(process.name) == os.getpid():
        return ""
    try:
        return (process / "cmdline").read_text() + (process / "environ").read_text()
    except OSError:
        return ""


class Run:
    """One ./run, as a person starts it, and what it printed."""

    def __init__(self, command: Sequence[str | Path], output: Path, environment: dict[str, str]) -> None:
        self.output = output
        with output.open("w") as file:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        return self.output.read_text()

    def says(self, text: str, *, within: float = 180) -> bool:
        """Whether it prints the text before it ends, and in time."""
        eventually(lambda: text in self.printed or self.process.poll() is not None, within=within)
        return text in self.printed

    def end(self, *signals: signal.Signals) -> int:
        """Send the signals and wait; the exit code."""
        for signum in signals:
            self.process.send_signal(signum)
        return self.process.wait(180)
