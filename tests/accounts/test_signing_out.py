"""Signing out leaves nothing behind in the browser."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_signing_out_clears_what_the_browser_keeps(client):
    client.force_login(make.user())
    before = client.get(reverse("site:home"))

    after = client.post(reverse("account_logout"))

    assert (after.status_code, after["Clear-Site-Data"]) == (302, '"storage"')
    assert "Clear-Site-Data" not in before


def test_a_session_that_expired_clears_nothing(client):
    page = client.get(reverse("applications:home"))

    assert "Clear-Site-Data" not in page
