"""A real browser on the demo round."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from opw.rounds.models import Phase
from tests.demo import load_demo
from tests.embedded.conftest import eventually

NAMES = ["chromium", "chromium-browser", "google-chrome"]
# Quiet on a machine without a network, and able to run as root in CI.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Open = Callable[..., Page]
PATIENCE = 60_000  # milliseconds for anything a page does, on a machine that may be busy

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it; without one these tests are skipped, except in CI, which installs it.

    For one module, since its loop stands in the way of every other test of the same process.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("There is no Chromium here: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the thread of the test
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=OPTIONS)
            yield browser
            browser.close()


@pytest.fixture
def demo(live_server: LiveServer) -> LiveServer:
    """The portal with the demo round, open for applications."""
    load_demo(Phase.OPEN)
    return live_server


@pytest.fixture
def open_as(chromium: Browser, demo: LiveServer) -> Iterator[Open]:
    """Opens a window, signed in as one of the demo's people or as a visitor; wishes go to the browser's context."""
    contexts: list[BrowserContext] = []

    def open_window(who: str = "", **wishes: object) -> Page:
        context = chromium.new_context(base_url=demo.url, **wishes)  # type: ignore[arg-type]  # the wishes are Playwright's own
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        if who:
            page.goto("/accounts/login/")
            page.fill("[name=login]", f"{who}@example.org")
            page.fill("[name=password]", "demo")
            page.click("main button")
            page.wait_for_url("**/dashboard/")
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert eventually(nobody_writes)  # what a page sent last is done before the tables are emptied


def nobody_writes() -> bool:
    """Whether the portal has answered everything that pages still sent when they were closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " AND (state <> 'idle' OR state_change > clock_timestamp() - interval '1 second')"
        )
        return bool(cursor.fetchone()[0] == 0)
