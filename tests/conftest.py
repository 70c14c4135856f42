"""What every test has."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _static_files_by_their_own_names(settings: Settings) -> None:
    """Tests collect no static files, so there are no hashed names to look up."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
