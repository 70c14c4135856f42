"""Before something is posted to an applicant: what the text should perhaps not say, found and asked about."""

from html import unescape

import pytest
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from applications.models import Application, Contribution, Message
from mentors.slips import slips_in
from opw.accounts.models import User
from projects.models import Listing
from tests import make


def person(name: str, email: str = "her@example.org") -> User:
    return User(name=name, email=email)


def found(text: str, *names: str, known: str = "") -> list[str]:
    """The words of the slips in a text, where these people apply too."""
    others = [person(name, f"a{number}@example.org") for number, name in enumerate(names)]
    return [slip.words for slip in slips_in(text, others=others, known=[person(known)] if known else [])]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Maya Okafor does the same.", "Maya Okafor"),
        ("ask MAYA okafor", "Maya Okafor"),
        ("maya's plan is shorter", "Maya Okafor"),
        ("As Okafor, M. wrote", "Maya Okafor"),
        ("Maria Cordoba has begun", "María del Rosario Fernández de Córdoba"),
        ("Sila Yildirim, and SILA YILDIRIM", "Sıla Yıldırım"),
        ("What Jo did", "Jo"),
        ("Will Smith began earlier.", "Will Smith"),
        ("كتبت نور الهدى ذلك", "نور الهدى"),
        ("我觉得王小明很好", "王小明"),
        ("김민수는 잘했어요", "김민수"),
        ("**Maya** is first", "Maya"),
        ("see A0@Example.org, please", "Somebody Else"),
        ("X Æ A-12 wrote it", "X Æ A-12"),
    ],
)
def test_a_name_is_found(text, name):
    assert found(text, name) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("You will see it in May.", "Will May"),
        ("The mayan calendar", "Maya"),
        ("a X b", "X"),
        ("", "Maya"),
        ("Hello!", ""),
        ("Use a+b*c and (.*)", "(.*)"),
        ("write to xa0@example.org or a0@example.org.uk.evil", "Somebody Else"),
        ("the van of de la", "Ana van de la Ou"),
        ("Do so.", "So"),
    ],
)
def test_what_is_no_name_is_left_alone(text, name):
    assert found(text, name) == []


def test_a_name_that_the_reader_of_the_message_bears_says_nothing_alone():
    name = "Maria Silva"

    assert found("Hello Maria!", name, known="Maria Costa") == []
    assert found("Hello Maria Silva!", name, known="Maria Costa") == [name]
    assert found("Hello Maria Silva!", name, known=name) == []


@pytest.mark.parametrize(
    "words",
    ["4/5", "4 / 5", "4 of 5", "4 out of 5", "four of five", "rated", "rating", "ratings", "score", "ranked", "★★★★"],
)
def test_a_rating_is_found(words):
    assert found(f"This is good: {words}.") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "[PATCH v2 4/5] net: read first",
        "Patch 4/5 and part 3 of 5 are fine.",
        "The bit rate is 14/5, in 4/5/2014, at 1.4/5.",
        "the underscore in frame_rate",
        "a/4/5/b",
        "Step 2 of 5 comes next.",
    ],
)
def test_the_number_of_a_patch_is_no_rating(text):
    assert found(text) == []


def test_each_slip_is_said_once():
    assert found("Maya, Maya and Maya: rated, rated.", "Maya") == ["Maya", "rated"]


@given(st.text(), st.lists(st.text(max_size=30), max_size=3))
@example("[" * 200, ["("])
@example("\u202eayaM\u202c 👩‍💻", ["👩‍💻", "\u202eMaya", "i"])
def test_looking_never_fails(text, names):
    others = [person(name, name) for name in names]

    slips_in(text, others=others, known=others[:1])


@given(st.from_regex(r"[^\W\d_]{5,12} [^\W\d_]{5,12}", fullmatch=True))
def test_whoever_is_named_whole_is_found(name):
    assert name in found(f"See ({name.upper()}), please.", name)


def message_to(listing: Listing, applicant: User) -> str:
    return reverse("mentors:messages", args=[listing.pk, applicant.pk])


@pytest.mark.django_db
def test_a_message_that_names_another_applicant_is_asked_about_and_then_sent(client):
    listing, asks, other = make.listing(), make.user("Maya Okafor"), make.user("Priya Raghunathan")
    make.message(listing, asks)
    make.application(listing, other)
    client.force_login(make.mentor_of(listing))
    address, body = message_to(listing, asks), "Priya has sent the same: 4/5.\n\n  Look at it."

    warned = client.post(address, {"body": body})
    form = warned.context["form"]
    sent = client.post(address, {"body": form["body"].value(), "warned": form["warned"].value()})

    page = unescape(warned.text)
    assert "Nothing is sent yet" in page
    assert "It names another applicant: Priya Raghunathan." in page
    assert "It speaks of a rating: “4/5”." in page
    assert "Send it all the same" in page
    assert body in page
    assert sent.status_code == 302
    assert Message.objects.get(author=make.mentor_of(listing)).body == body.strip()


@pytest.mark.django_db
def test_what_slips_in_after_the_warning_is_asked_about_too(client):
    listing, asks = make.listing(), make.user()
    make.message(listing, asks)
    make.application(listing, make.user("Priya Raghunathan"))
    client.force_login(make.mentor_of(listing))
    address = message_to(listing, asks)

    warned = client.post(address, {"body": "I rated you."}).context["form"]["warned"].value()
    again = client.post(address, {"body": "I rated you, and Priya.", "warned": warned})
    mended = client.post(address, {"body": "I have read it.", "warned": warned})

    assert [slip.words for slip in again.context["form"].slips] == ["Priya Raghunathan", "rated"]
    assert mended.status_code == 302


@pytest.mark.django_db
def test_nobody_is_warned_of_whom_she_may_not_see(client):
    listing, asks = make.listing(), make.user()
    make.message(listing, asks)
    mentor = make.mentor_of(listing)
    friend = make.application(listing, make.user("Anahit Friend"))
    make.recusal(mentor, friend.applicant)
    make.application(make.listing(listing.participation), make.user("Bohdana Elsewhere"))
    make.application(listing, make.user("Chidi Draft"), status=Application.Status.DRAFT, contributed=False)
    client.force_login(mentor)

    client.post(message_to(listing, asks), {"body": "Anahit Friend, Bohdana Elsewhere and Chidi Draft."})

    assert Message.objects.filter(author=mentor).exists()


@pytest.mark.django_db
def test_names_of_those_who_take_part_are_no_slip(client):
    listing, asks = make.listing(), make.user("Maya Okafor")
    make.message(listing, asks)
    mentor = make.mentor_of(listing)
    make.mentorship(listing.project, make.user("Rafael Prado"))
    client.force_login(mentor)

    client.post(message_to(listing, asks), {"body": f"Hello Maya! {mentor.name} and Rafael Prado."})

    assert Message.objects.filter(author=mentor).exists()


@pytest.mark.django_db
def test_the_comment_of_a_mark_is_asked_about_too(client):
    listing = make.listing()
    contribution = make.contribution(listing)
    make.application(listing, make.user("Priya Raghunathan"))
    client.force_login(make.mentor_of(listing))
    address, typed = (
        reverse("mentors:mark", args=[contribution.pk]),
        {"mark": "counts", "comment": "Priya's is better."},
    )

    warned = client.post(address, typed)
    not_yet = Contribution.objects.get(pk=contribution.pk).mark
    client.post(address, typed | {"warned": warned.context["form"]["warned"].value()})

    assert "Mark it all the same" in warned.text
    assert (not_yet, Contribution.objects.get(pk=contribution.pk).mark) == ("", "counts")
