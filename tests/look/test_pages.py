"""The frame of every page: for keyboards, screen readers, and days when something broke."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.look.page import element, elements

STATIC = Path(settings.BASE_DIR) / "static"


@pytest.mark.django_db
def test_the_navigation_marks_where_one_is(client: Client) -> None:
    html = client.get(reverse("account_login")).text

    assert element(html, "a", aria_current="page").text == "Sign in"


@pytest.mark.django_db
def test_a_page_can_be_walked_by_keyboard_from_its_first_link(client: Client) -> None:
    html = client.get(reverse("account_login")).text

    first = elements(html, "a")[0]
    assert first.attrs["href"] == "#content"
    assert element(html, id="content").tag == "main"
    assert len(elements(html, "h1")) == 1


@pytest.mark.django_db
def test_a_sign_in_that_failed_is_announced(client: Client) -> None:
    html = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"}).text

    assert element(html, "title").text.startswith("Please check: ")
    assert len(elements(html, role="alert")) == 1


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_for_broken_days_needs_nothing(name: str) -> None:
    html = render_to_string(name)

    assert len(elements(html, "h1")) == 1
    assert [link.attrs["href"] for link in elements(html, "a")] == ["/", "/"]


@pytest.mark.django_db
def test_an_address_that_is_not_there_has_the_portals_own_page(client: Client) -> None:
    page = client.get("/projects/no-such-community/no-such-project/")

    assert page.status_code == 404
    assert element(page.text, "h1").text == "There is nothing here"


def test_templates_hold_no_inline_style_or_script() -> None:
    letters = {"_letter.html"}  # mail programs read no style sheets
    for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        html = template.read_text()
        assert template.name in letters or " style=" not in html, template
        assert not re.search(r"<style|<script(?![^>]* (?:src=|type=\"application/json))| on[a-z]+=[\"']", html), (
            template
        )


def test_style_sheets_ask_nobody_else() -> None:
    for sheet in STATIC.rglob("*.css"):
        assert re.findall(r"@import|sourceMappingURL|url\((?![\"']?data:)", sheet.read_text()) == [], sheet


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    channels = [int(full[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = {
    "paper": ["ink", "muted", "brand", "brand-strong", "accent", "good", "warn", "bad"],
    "surface": ["ink", "muted", "brand", "brand-strong", "accent", "good", "warn", "bad"],
    "line": ["ink"],
    "brand-soft": ["ink", "muted", "brand", "brand-strong"],
    "accent-soft": ["ink", "muted", "brand", "accent"],
    "good-soft": ["good"],
    "warn-soft": ["warn"],
    "bad-soft": ["bad"],
    "brand": ["surface"],
    "brand-strong": ["surface"],
    "good": ["surface"],
    "bad": ["surface"],
}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: int) -> None:
    roots = re.findall(r":root \{(.*?)\}", (STATIC / "site.css").read_text(), re.DOTALL)
    tokens = dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", roots[scheme]))

    for ground, texts in GROUNDS.items():
        for text in texts:
            assert _contrast(tokens[text], tokens[ground]) >= 4.5, f"{text} on {ground}"
