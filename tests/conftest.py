"""What every test has."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(autouse=True)
def _no_static_files(settings: Settings, empty_folder: Path) -> None:
    """Each test client would read all of them anew, and no test of a page needs them."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.STATIC_ROOT = empty_folder
    settings.WHITENOISE_USE_FINDERS = False
