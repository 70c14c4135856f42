"""A pytest plugin: servers of our own for the tests, thrown away after them.

Named in addopts, because it has to be in place before pytest-django reads the settings. Where DATABASE_URL or
REDIS_URL is set, the tests use that server.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from opw.embedded.broker import Broker
from opw.embedded.postgres import Postgres

# The portal's settings in the tests are the tests', not those of whoever runs them.
NOT_FOR_TESTS = ("SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DEBUG", "DEFAULT_FROM_EMAIL")
POSTGRES = pytest.StashKey[Postgres]()
FOLDER = pytest.StashKey[Path]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Name the servers, not started yet. A wrapper, and so before the others: pytest-django is one of them."""
    # The workers' folders lie in the controller's: where it has to end them, it still clears up after them.
    folder = Path(tempfile.mkdtemp(prefix="opw-tests-", dir=os.environ.get("OPW_TESTS_FOLDER")))
    folder.chmod(0o711)  # started as root, Postgres runs as somebody else, who has to pass through
    early_config.stash[FOLDER] = folder
    os.environ.setdefault("OPW_TESTS_FOLDER", str(folder))
    for name in NOT_FOR_TESTS:
        os.environ.pop(name, None)
    os.environ["SECRET_KEY"] = "only for the tests"
    os.environ["VISITORS_PAGES_KEPT_FOR"] = "0"  # a test sees at once what it did
    if not os.environ.get("DATABASE_URL"):  # else somebody named one, or we are a worker and the controller did
        postgres = Postgres(
            data=folder / "data", sockets=folder / "postgres", log=folder / "postgres.log", throw_away=True
        )
        early_config.stash[POSTGRES] = postgres
        os.environ["DATABASE_URL"] = postgres.url
    if not _named_by_somebody_else(os.environ.get("REDIS_URL", "")):
        os.environ["REDIS_URL"] = _broker(folder).url
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start Postgres, before pytest-xdist starts its workers: they inherit where it is."""
    postgres = session.config.stash.get(POSTGRES, None)
    if postgres and not session.config.getoption("collectonly"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # being ended is no reason to leave things behind
        postgres.start()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if postgres := config.stash.get(POSTGRES, None):
        postgres.stop()
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)  # a worker that is just ending may write there still


@pytest.fixture(scope="session")
def broker(pytestconfig: pytest.Config) -> Iterator[str]:
    """A real broker, where the settings say it is; its URL."""
    url = os.environ["REDIS_URL"]
    if _named_by_somebody_else(url):
        yield url
        return
    server = _broker(pytestconfig.stash[FOLDER])
    server.start()
    yield url
    server.stop()


def _broker(folder: Path) -> Broker:
    return Broker(data=folder / "valkey", sockets=folder, log=folder / "broker.log", throw_away=True)


def _named_by_somebody_else(url: str) -> bool:
    """Whether it is neither unset nor the controller's own; every worker has a broker of its own."""
    return bool(url) and "/opw-tests-" not in url
