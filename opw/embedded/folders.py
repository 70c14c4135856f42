"""Where things lie: everything that ./run writes is under var/ of the checkout, or under OPW_VAR."""

import fcntl
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from opw.embedded.errors import CannotRun

# A Unix socket's path has room for 107 bytes (103 on macOS), and ours ends in "/postgres/.s.PGSQL.5432".
LONGEST_RUN_FOLDER = 103 - len("/postgres/.s.PGSQL.5432")
SAFE_IN_A_URL = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Folders:
    """The checkout, and the folder that holds what was made from it."""

    checkout: Path
    var: Path

    @classmethod
    def here(cls) -> Self:
        """The folders of this checkout, made if need be."""
        checkout = Path(__file__).resolve().parents[2]
        folders = cls(checkout, Path(os.environ.get("OPW_VAR") or checkout / "var").resolve())
        try:
            # Started as root, Postgres runs as somebody else, who has to pass through: hence 0711, whatever the umask.
            for folder, mode in ((folders.var, 0o711), (folders.log, 0o700), (folders.run, 0o711)):
                if not folder.is_dir():
                    folder.mkdir(parents=True, exist_ok=True)
                    folder.chmod(mode)
        except OSError as error:
            raise CannotRun(f"{folders.var} cannot be written ({error.strerror}). {OTHER_FOLDER}") from error
        if not os.access(folders.run, os.W_OK):
            raise CannotRun(f"{folders.var} belongs to another user. {OTHER_FOLDER}")
        return folders

    @property
    def venv(self) -> Path:
        return self.var / "venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def log(self) -> Path:
        return self.var / "log"

    @property
    def run(self) -> Path:
        """Sockets, locks and process numbers: of no use once nothing runs."""
        return self.var / "run"

    def shown(self, path: Path) -> str:
        """A path as a person at the checkout would type it."""
        return str(path.relative_to(self.checkout)) if path.is_relative_to(self.checkout) else str(path)


OTHER_FOLDER = "Name a folder of your own: OPW_VAR=/path/to/folder ./run"


@contextmanager
def short(folder: Path) -> Iterator[Path]:
    """The folder itself, or a short name for it where sockets in it would have too long or too odd a path."""
    if len(os.fsencode(folder)) <= LONGEST_RUN_FOLDER and SAFE_IN_A_URL.fullmatch(str(folder)):
        yield folder
        return
    temporary = tempfile.gettempdir()
    place = temporary if len(temporary) < LONGEST_RUN_FOLDER // 2 and SAFE_IN_A_URL.fullmatch(temporary) else "/tmp"  # noqa: S108  # the name is random, and an existing one is refused
    alias = Path(place) / f"opw-{secrets.token_hex(8)}"
    alias.symlink_to(folder)
    try:
        yield alias
    finally:
        alias.unlink(missing_ok=True)


class Lock:
    """A lock on a file, gone with the process that holds it, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a+")

    def take(self, *, shared: bool = False) -> None:
        """Wait for it."""
        fcntl.flock(self._file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)

    def try_to_take(self) -> bool:
        """Take it if it is free."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def note(self, text: str) -> None:
        """Write down who holds it."""
        self._file.truncate(0)
        self._file.write(text)
        self._file.flush()

    def holder(self) -> str:
        """Who wrote down that they hold it."""
        self._file.seek(0)
        return self._file.read() or "another ./run"
