"""A mail server, and settings that send to it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mail.server import MailServer


@pytest.fixture
def smtp_settings(settings: Settings) -> Settings:
    """The portal mails its letters; where to, a test says by EMAIL_PORT."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5
    settings.MAILS_LETTERS = True
    return settings


@pytest.fixture
def server(smtp_settings: Settings) -> Iterator[MailServer]:
    """A running mail server, to which the portal's letters go."""
    with MailServer() as running:
        smtp_settings.EMAIL_PORT = running.port
        yield running
