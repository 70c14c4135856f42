"""What every test has."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from pytest_django import Settings

import opw.celery  # noqa: F401  # tasks are sent through the portal's own app, as manage.py and wsgi.py have it

# Half a minute and more in one file: begun first, so that no core waits for one of them at the end.
LONGEST = (
    "test_demo.py",
    "test_embargo.py",
    "test_house.py",
    "test_pages.py",
    "test_queries.py",
    "test_recusal.py",
    "test_road.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than cores: who waits for a browser, a letter or a process that starts leaves her core to the others."""
    return (yield) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; every worker collects the same order."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(autouse=True)
def _static_files_are_not_collected(settings: Settings, empty_folder: Path) -> None:
    """Pages name their files by plain names, and no test client reads them all anew."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.STATIC_ROOT = empty_folder
    settings.WHITENOISE_USE_FINDERS = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Passwords are hashed slowly, for good reason; here that would only be waiting."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _tries_are_forgotten(request: pytest.FixtureRequest) -> Iterator[None]:
    """What was counted ends with its test: the table of the cache is no model's, so nothing else empties it."""
    marker = request.node.get_closest_marker("django_db")
    leaves_rows = bool(marker and marker.kwargs.get("transaction")) or "live_server" in request.fixturenames
    if leaves_rows:
        request.getfixturevalue("transactional_db")
    yield
    if leaves_rows:
        caches["default"].clear()
