"""./run manage and ./run test: commands in the portal's environment."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from opw.embedded.folders import Folders
from opw.embedded.ports import port_wanted
from opw.embedded.processes import TICK, die_with
from opw.embedded.servers import Servers, servers_of

# A file's tests stay together: some files start a whole portal, or a browser, and share it.
EVERYTHING = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")


def manage(folders: Folders, arguments: Sequence[str]) -> int:
    """Run a manage.py command; start the servers for it, and stop them after, if nobody else runs them."""
    command = [str(folders.python), str(folders.checkout / "manage.py"), *arguments]
    with servers_of(folders) as servers, _running(servers):
        return _call(command, servers.environment(port=port_wanted()))


def test(folders: Folders, arguments: Sequence[str]) -> None:
    """Become pytest; its plugin tests/database.py starts throw-away servers of its own.

    Everything runs on every core; what is asked for by arguments runs as asked.
    """
    os.chdir(folders.checkout)
    arguments = arguments or EVERYTHING
    environment = {**os.environ, "PYTHONPATH": str(folders.checkout), "OPW_VAR": str(folders.var)}
    os.execve(folders.python, [str(folders.python), "-m", "pytest", *arguments], environment)  # noqa: S606  # no shell meant


@contextmanager
def _running(servers: Servers) -> Iterator[None]:
    """See to it that the servers run: those of a running ./run, or started for this one command."""
    while not (starter := servers.lock.try_to_take()) and not servers.answer():
        time.sleep(TICK)
    try:
        if starter:
            servers.lock.note(f"./run manage (process {os.getpid()})")
            servers.start()
        servers.users.take(shared=True)
        yield
    finally:
        if starter:
            servers.users.take()  # waits for the commands that came to rely on ours
            servers.stop()


def _call(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run a command at the person's terminal; its exit code. Ctrl-C reaches it anyway, the rest is passed on."""
    first = die_with(os.getpid(), signal.SIGTERM)
    child = subprocess.Popen(command, env=environment, preexec_fn=first)  # noqa: S603  # what the person asked for

    def pass_on(signum: int, _frame: FrameType | None) -> None:
        child.send_signal(signum)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, pass_on)
    code = child.wait()
    return code if code >= 0 else 128 - code
