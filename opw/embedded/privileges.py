"""Postgres refuses to run as root; started as root, it runs as somebody who owns nothing but its own data."""

import os
import pwd
import shutil
import signal
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from opw.embedded.errors import CannotRun

CAP_DAC_READ_SEARCH = 2


@dataclass(frozen=True)
class Account:
    """Whom a server runs as, when not as ourselves."""

    uid: int
    gid: int

    @classmethod
    def for_data(cls, data: Path) -> Self | None:
        """The owner of the data, or nobody in particular; None when we are not root and run it ourselves."""
        if os.geteuid() != 0:
            return None
        if data.exists() and (owner := data.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        try:
            nobody = pwd.getpwnam("nobody")
        except KeyError as error:
            raise CannotRun("Postgres does not run as root, and there is no user 'nobody'. Run as a user.") from error
        return cls(nobody.pw_uid, nobody.pw_gid)

    def own(self, folder: Path) -> None:
        """Give it the folder."""
        os.chown(folder, self.uid, self.gid)

    def command(self, places: Iterable[Path], stop_signal: signal.Signals) -> list[str]:
        """What to put before a command, so that it runs as this account and reaches the places.

        A checkout often lies where only root may go (/root, a folder made by mktemp). Nobody's permissions are widened
        for that: the server keeps root's right to pass through and read, and that one alone.
        """
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise CannotRun("Postgres does not run as root, and 'setpriv' (of util-linux) is missing. Run as a user.")
        command = [setpriv, f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        command += ["--pdeathsig", stop_signal.name.removeprefix("SIG")]  # the change of user forgets an earlier one
        blocked = [place for place in places if not self.reaches(place)]
        if not blocked:
            return [*command, "--"]
        if not _has_capability(CAP_DAC_READ_SEARCH):
            raise CannotRun(
                f"Postgres does not run as root, and no other user may enter {blocked[0]}. "
                "Run as a user, or name a folder that everybody may enter: OPW_VAR=/var/tmp/opw ./run"
            )
        one = "-all,+dac_read_search"
        # no_setuid_fixup: access() heeds the capability too.
        command += [f"--inh-caps={one}", f"--ambient-caps={one}", f"--bounding-set={one}"]
        return [*command, "--securebits=+no_setuid_fixup", "--"]

    def reaches(self, place: Path) -> bool:
        """Whether every folder above the place lets this account through."""
        return all(self._may_enter(folder.stat()) for folder in place.resolve().parents)

    def _may_enter(self, folder: os.stat_result) -> bool:
        if folder.st_uid == self.uid:
            return bool(folder.st_mode & stat.S_IXUSR)
        if folder.st_gid == self.gid:
            return bool(folder.st_mode & stat.S_IXGRP)
        return bool(folder.st_mode & stat.S_IXOTH)


def _has_capability(number: int) -> bool:
    """Whether we hold a capability that we can hand on; containers take some from root."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return False
    held = int(status.partition("CapPrm:")[2].split()[0], 16)
    return bool(held >> number & 1)
