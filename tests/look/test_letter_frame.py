"""The frame of every letter: the same words as text and as HTML."""

from django.template.loader import render_to_string

from tests.look.page import element, elements

SITE = "https://opw.example.org"


def frame(kind: str, *paragraphs: str, unsubscribe_url: str | None = None) -> str:
    return render_to_string(
        f"letters/_letter.{kind}",
        {
            "heading": "Your contribution counts",
            "paragraphs": list(paragraphs),
            "site_url": SITE,
            "unsubscribe_url": unsubscribe_url,
        },
    )


def test_an_address_of_ours_alone_is_a_button() -> None:
    html = frame("html", "Look at it here:", f"{SITE}/apply/")

    assert element(html, "a", href=f"{SITE}/apply/").text == "Open in the portal"


def test_an_address_elsewhere_is_never_a_link() -> None:
    html = frame("html", "https://evil.example/", f"{SITE}.evil.example/", f"{SITE}@evil.example/", f"see {SITE}/ now")

    assert {link.attrs["href"] for link in elements(html, "a")} == {f"{SITE}/"}


def test_typed_text_is_text_in_both_parts() -> None:
    typed = 'A <b>bold</b> & "quoted" title'

    assert elements(frame("html", typed), "b") == []
    assert typed in frame("txt", typed)


def test_the_way_out_is_there_when_one_can_opt_out() -> None:
    way_out = f"{SITE}/letters/stop/abc/"

    assert element(frame("html", "x", unsubscribe_url=way_out), "a", href=way_out).text == "No more of them"
    assert way_out in frame("txt", "x", unsubscribe_url=way_out)
    assert "No more of them" not in frame("txt", "x") + frame("html", "x")
