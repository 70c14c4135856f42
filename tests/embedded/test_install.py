"""The first half of ./run: it finds a Python, makes the environment once, and recovers when that was cut short.

Run on a copy of the checkout whose locks name one package, made here; so no package index is asked.
"""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.conftest import CHECKOUT, Run, eventually, processes_in

pytestmark = pytest.mark.services

MANAGE = "import sys, tiny; print('manage.py', tiny.VERSION, *sys.argv[1:]); sys.exit(7)\n"
# Servers are named, so that none is started and the runtime's lock is the one that counts.
NAMED = {"DATABASE_URL": "postgres://nobody@nowhere/none", "REDIS_URL": "redis://nowhere"}
NO_INDEX = "http://127.0.0.1:9/"  # nobody listens there


def make_wheel(folder: Path, version: str) -> Path:
    """A package of one line."""
    files = {
        "tiny.py": f"VERSION = '{version}'\n",
        f"tiny-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"tiny-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = []
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(text)}\n")
    record = f"tiny-{version}.dist-info/RECORD"
    files[record] = "".join(rows) + f"{record},,\n"
    wheel = folder / f"tiny-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return wheel


def lock(checkout: Path, version: str, name: str = "requirements.lock") -> None:
    """Name that package, and its hash, in one of the checkout's locks."""
    digest = hashlib.sha256(make_wheel(checkout / "wheels", version).read_bytes()).hexdigest()
    (checkout / name).write_text(f"tiny=={version} --hash=sha256:{digest}\n")


@pytest.fixture
def checkout(folder: Path) -> Path:
    """A checkout of ./run alone, over one package."""
    make_checkout(folder)
    return folder


@pytest.fixture(scope="module")
def first_run() -> Iterator[tuple[Path, str]]:
    """Such a checkout after its first run, and what that printed."""
    with tempfile.TemporaryDirectory(prefix="opw-folder-") as name:
        make_checkout(Path(name))
        yield Path(name), run(Path(name), "manage", "greet", "--twice").stdout


@pytest.fixture
def made(first_run: tuple[Path, str], folder: Path) -> Path:
    """A checkout whose environment is made."""
    shutil.copytree(first_run[0], folder, symlinks=True, dirs_exist_ok=True)
    return folder


def make_checkout(folder: Path) -> None:
    shutil.copy(CHECKOUT / "run", folder)
    shutil.copytree(CHECKOUT / "opw" / "embedded", folder / "opw" / "embedded")
    (folder / "opw" / "__init__.py").touch()
    (folder / "manage.py").write_text(MANAGE)
    (folder / "tests").mkdir()
    (folder / "wheels").mkdir()
    lock(folder, "1.0")


def environment(checkout: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "OPW_", "PYTHON"))}
    pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(checkout / "wheels")}
    return {**kept, **pip, **NAMED, "PYTHON": sys.executable, **more}


def run(checkout: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """./run ARGUMENTS, to its end."""
    return subprocess.run(
        [str(checkout / "run"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment(checkout, **more),
        timeout=300,
    )


def old_python(folder: Path) -> Path:
    """What a Python too old answers."""
    python = folder / "python3"
    python.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    python.chmod(0o755)
    return python


def test_first_run_makes_the_environment_and_goes_on_in_it(first_run: tuple[Path, str]) -> None:
    _, printed = first_run

    assert printed == ("Making the environment in var/venv; this takes half a minute.\nmanage.py 1.0 greet --twice\n")


def test_second_run_goes_on_at_once_even_where_the_checkout_was_moved(made: Path) -> None:
    answer = run(made, "manage", "greet")

    assert (answer.stdout, answer.stderr, answer.returncode) == ("manage.py 1.0 greet\n", "", 7)


def test_changed_lock_makes_the_environment_anew_even_when_killed_in_the_middle(made: Path) -> None:
    left_over = made / "var" / "venv" / "left-over"
    left_over.touch()
    lock(made, "2.0")

    killed = Run([made / "run", "manage"], made / "output", environment(made))
    assert eventually(lambda: not left_over.exists() and (made / "var" / "venv" / "bin" / "python").exists())
    killed.end(signal.SIGKILL)
    assert eventually(lambda: processes_in(made) == [])
    answer = run(made, "manage", "again")

    assert answer.stdout.endswith("manage.py 2.0 again\n")


def test_first_run_that_is_asked_to_stop_says_so_and_leaves_nothing(checkout: Path) -> None:
    stopped = Run([checkout / "run", "manage"], checkout / "output", environment(checkout))
    assert eventually(lambda: (checkout / "var" / "venv").exists())

    stopped.end(signal.SIGTERM)

    assert stopped.printed.endswith("Stopped; the next run goes on from here.\n")
    assert processes_in(checkout) == []


def test_missing_network_is_told_in_one_sentence(made: Path) -> None:
    (made / "tests" / "requirements.lock").write_text("other==1.0 --hash=sha256:" + "0" * 64)

    answer = run(made, "test", PIP_NO_INDEX="", PIP_FIND_LINKS="", PIP_INDEX_URL=NO_INDEX)

    assert answer.returncode == 1
    assert answer.stderr == (
        "The packages could not be fetched: the package index did not answer. Check the network and run again. "
        "var/log/install.log says more.\n"
    )


def test_package_that_the_lock_does_not_name_is_not_installed(made: Path) -> None:
    lock(made, "2.0", "tests/requirements.lock")
    with zipfile.ZipFile(made / "wheels" / "tiny-2.0-py3-none-any.whl", "a") as wheel:
        wheel.writestr("stowaway.py", "")

    answer = run(made, "test")

    assert answer.returncode == 1
    assert answer.stderr.startswith("A package is not the one that the lock names, so nothing was installed.")


def test_python_too_old_is_told_in_one_sentence(checkout: Path) -> None:
    answer = run(checkout, "--help", PYTHON=str(old_python(checkout)))

    assert answer.returncode == 1
    assert answer.stderr.startswith("The portal needs Python 3.11 or newer; this is Python 3.9.2. ")
    assert answer.stderr.count("\n") == 1


def test_newer_python_beside_an_old_one_is_found(checkout: Path) -> None:
    old_python(checkout)
    (checkout / "python3.11").symlink_to(sys.executable)

    answer = run(checkout, "--help", PYTHON="", PATH=f"{checkout}:{os.environ['PATH']}")

    assert answer.returncode == 0
    assert answer.stdout.startswith("./run ")


def test_unknown_command_is_answered_with_the_known_ones(checkout: Path) -> None:
    answer = run(checkout, "tets")

    assert answer.returncode == 2
    assert "./run test [ARGS]" in answer.stdout
    assert not (checkout / "var").exists()
