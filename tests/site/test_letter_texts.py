"""A round's own words for its letters: what they may say, who reads them, and what never becomes of them."""

import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from applications.actions import plan_round
from applications.models import Application
from mentors import actions
from opw.audit.models import Event
from opw.mail.compose import Wording
from opw.mail.models import Letter, Topic
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import LetterText, Phase, Round
from opw.rounds.wordings import mistakes_in, portal_words
from opw.site.previews import MISSING, ODD, previews_of
from tests import make, scenarios
from tests.projects.test_bad_input import NASTY, is_safe

pytestmark = pytest.mark.django_db

WAITING = """Please wait a little

Dear $name, you are the next for $project. A coffee costs $$3.

You did $contributed.

$link"""


def editor(round: Round, kind: Kind = Kind.RESULT_WAITING) -> str:
    return reverse("site:letter_text", args=[round.slug, kind])


def worded(round: Round, kind: Kind = Kind.RESULT_WAITING, body: str = WAITING, subject: str = "") -> LetterText:
    return LetterText.objects.create(round=round, kind=kind, subject=subject, body=body)


def result_told_to(application: Application) -> Letter:
    return Letter.objects.get(topic=Topic.RESULT, recipient=application.applicant)


def test_a_coordinator_words_a_letter_and_its_readers_read_that(client):
    decided = scenarios.sealed()
    client.force_login(decided.program_coordinator)

    client.post(editor(decided.round), {"subject": "Wait, $name", "body": WAITING})
    actions.release_results(round=decided.round, now=decided.round.announcement_at)

    waiting, other = result_told_to(decided.waiting), result_told_to(decided.not_selected)
    name, project = decided.waiting.applicant.name, decided.listing.project.title
    assert waiting.subject == f"Wait, {name}"
    assert waiting.text.startswith("Please wait a little\n\n")
    assert f"Dear {name}, you are the next for {project}. A coffee costs $3." in waiting.text
    assert "Please wait a little</h1>" in waiting.html
    assert "You are on the waiting list" not in waiting.text
    assert "This time it did not work out" in other.text


def test_wording_is_audited_without_the_text(client):
    round, coordinator = make.round(), make.program_coordinator()
    client.force_login(coordinator)

    client.post(editor(round), {"subject": "", "body": WAITING})
    client.post(reverse("site:unword_letter", args=[round.slug, Kind.RESULT_WAITING]))

    events = Event.objects.filter(deed__in=["letter_worded", "letter_unworded"]).order_by("pk")
    told = [(event.deed, event.actor, event.before, event.after) for event in events]
    kind = {"kind": "result_waiting"}
    assert told == [("letter_worded", coordinator, {}, kind), ("letter_unworded", coordinator, kind, {})]
    assert not LetterText.objects.exists()


def test_a_paragraph_about_what_is_not_there_is_left_out():
    decided = scenarios.sealed()
    worded(decided.round, Kind.RESULT_NOT_ACCEPTED, "Sorry\n\n$project: $link\n\nCome to $upcoming.")

    actions.release_results(round=decided.round, now=decided.round.announcement_at)

    text = result_told_to(decided.not_selected).text
    assert decided.listing.project.title in text
    assert "Come to" not in text


def test_what_people_typed_is_text_and_never_read_for_placeholders():
    decided = scenarios.sealed()
    applicant = decided.waiting.applicant
    applicant.name = "Eve $project\r\nBcc: all@example.org <b>x</b>"
    applicant.save()
    worded(decided.round, subject="For $name")

    actions.release_results(round=decided.round, now=decided.round.announcement_at)

    letter = result_told_to(decided.waiting)
    assert letter.subject == "For Eve $project Bcc: all@example.org <b>x</b>"
    assert "Dear Eve $project Bcc: all@example.org <b>x</b>, you" in letter.text
    assert "<b>x" not in letter.html


def test_words_that_do_not_fit_any_more_stop_no_letter():
    decided = scenarios.sealed()
    worded(decided.round, body="Sorry\n\n$project: $link and $something_else")

    released = actions.release_results(round=decided.round, now=decided.round.announcement_at)

    assert released
    assert "You are on the waiting list" in result_told_to(decided.waiting).text


def test_own_words_cost_a_release_no_queries():
    round = scenarios.sealed().round

    plain = queries_of_release(round)
    for kind in Kind:
        if kind.is_result:
            worded(round, kind)
    own = queries_of_release(round)

    assert own == plain


def queries_of_release(round: Round) -> int:
    """How often a release asks the database; it is taken back."""
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert actions.release_results(round=round, now=round.announcement_at)
        transaction.set_rollback(True)
    return len(queries)


@pytest.mark.parametrize("kind", Kind)
def test_the_portals_own_words_are_words_that_could_be_saved(kind):
    assert mistakes_in(kind, "", portal_words(kind)) == {}


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_reply])
def test_what_is_declared_is_what_a_letter_knows(kind):
    application = make.application()
    names = [one.name for one in VOCABULARY[kind].placeholders]
    always = {one.name for one in VOCABULARY[kind].placeholders if not one.can_be_missing}
    wording = Wording("", "Heading\n\n" + "\n\n".join(f"{name} is ${name}" for name in names))

    [preview, *_] = previews_of(kind, wording, application, by=make.program_coordinator(), at=timezone.now())

    assert preview.letter
    assert always <= set(re.findall(r"^(\w+) is \S", preview.letter.text, re.MULTILINE))


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Hi\n\n$project $link costs $ 3", "Line 3: a “$” stands there that begins no placeholder."),
        ("Hi\n\n$projct $link", "There is no $projct in this letter. Do you mean $project?"),
        ("Hi\n\n$project $link {{ name }} $zzz", "There is no $zzz in this letter."),
        ("Hi\n\nGo to $link", "It has to say $project, the title of the project."),
        ("Hi\n\n$link\n\n$project: $contributed", "It has to say $project in a paragraph that is never left out"),
        ("To $contributed\n\n$project $link", "The first paragraph is the heading, and cannot say $contributed"),
        ("$project $link", "Write a heading, an empty line, and below it what there is to say."),
    ],
)
def test_what_cannot_be_said_is_refused_beside_the_field_and_kept(client, body, sentence):
    round = make.round()
    client.force_login(make.program_coordinator())

    page = client.post(editor(round), {"subject": "", "body": body})

    form = page.context["form"]
    assert list(form.errors) == ["body"]
    assert sentence in " ".join(form.errors["body"])
    assert form["body"].value() == body
    assert page.context["previews"] == []
    assert not LetterText.objects.exists()


@pytest.mark.parametrize("subject", ["Costs $", "For $nobody", "You did $contributed"])
def test_a_subject_is_checked_too(client, subject):
    round = make.round()
    client.force_login(make.program_coordinator())

    page = client.post(editor(round), {"subject": subject, "body": WAITING})

    assert list(page.context["form"].errors) == ["subject"]
    assert not LetterText.objects.exists()


@pytest.mark.parametrize("box", ["subject", "body"])
@pytest.mark.parametrize("button", [{}, {"preview": "yes"}], ids=["save", "preview"])
def test_nasty_input_breaks_nothing_and_is_not_lost(client, box, button):
    round = make.application().round
    client.force_login(make.program_coordinator())

    went_wrong = []
    for nasty, typed in NASTY.items():
        sent = typed if box == "subject" else f"{WAITING}\n\n{typed}"
        page = client.post(editor(round), {"subject": "", "body": WAITING} | button | {box: sent})
        if page.status_code == 302:
            page = client.get(editor(round))
        elif page.context["form"][box].value() != sent:
            went_wrong.append(f"{nasty}: lost")
        if page.status_code != 200 or not is_safe(page.text):
            went_wrong.append(nasty)

    assert went_wrong == []


def test_a_preview_saves_nothing_and_shows_the_letter_as_it_would_be(client):
    application = make.application()
    client.force_login(make.program_coordinator())
    typed = {"subject": "For $name", "body": WAITING, "preview": "yes", "about": application.pk}

    page = client.post(editor(application.round), typed)

    first, *odd = page.context["previews"]
    assert first.title == f"{application.applicant}, {application.listing.project}"
    assert (first.letter.to, first.letter.subject) == (application.applicant.email, f"For {application.applicant}")
    assert [preview.title for preview in odd] == [*ODD, MISSING]
    assert page.context["form"]["body"].value() == WAITING
    assert not LetterText.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_previewed_with_odd_data_and_nothing_of_it_runs(client, kind):
    application = make.application()
    client.force_login(make.program_coordinator())

    page = client.get(editor(application.round, kind))

    assert page.status_code == 200
    assert set(ODD) < {preview.title for preview in page.context["previews"]}
    assert is_safe(page.text)


def test_nobody_whom_she_stepped_back_from_is_in_a_preview(client):
    friend, other = make.application(), None
    other = make.application(friend.listing)
    coordinator = make.program_coordinator()
    make.recusal(coordinator, friend.applicant)
    client.force_login(coordinator)

    page = client.post(editor(friend.round), {"body": WAITING, "preview": "yes", "about": friend.pk})

    assert page.context["applications"] == [other]
    assert friend.applicant.name not in page.text


def test_before_anybody_applied_the_previews_are_examples(client):
    round = make.round(Phase.PLANNED)
    client.force_login(make.program_coordinator())

    page = client.get(editor(round, Kind.REMINDER))

    assert [preview.title for preview in page.context["previews"]] == ["An example", *ODD]


def test_the_portals_own_words_are_not_saved_as_a_rounds(client):
    round = make.round()
    client.force_login(make.program_coordinator())

    page = client.post(editor(round), {"body": portal_words(Kind.RESULT_WAITING).replace("\n", "\r\n")})

    assert page.context["form"].non_field_errors() == [
        "These are the portal's own words. They are said unless you change them."
    ]


def test_the_next_round_begins_with_the_words_of_the_last():
    round = make.round()
    worded(round, subject="For $name")
    schedule = make.schedule(Phase.OPEN, now=round.announcement_at + timedelta(days=100))

    following = plan_round(round=Round(name="Next", slug="next", **schedule), by=make.program_coordinator())

    texts = following.letter_texts.values_list("kind", "subject", "body")
    assert list(texts) == [("result_waiting", "For $name", WAITING)]
    assert round.letter_texts.count() == 1


@pytest.mark.parametrize("deed", ["letter_text", "unword_letter"])
def test_a_result_that_is_out_keeps_its_words(client, deed):
    round = scenarios.released().round
    worded(round)
    client.force_login(make.program_coordinator())
    address = reverse(f"site:{deed}", args=[round.slug, Kind.RESULT_WAITING])

    page = client.post(address, {"body": f"{WAITING} again"}, follow=True)

    assert "their letters are written" in page.text
    assert LetterText.objects.get().body == WAITING


def test_who_changes_a_sealed_result_is_told_that_nobody_rehearsed_it(client):
    decided = scenarios.sealed()
    client.force_login(decided.program_coordinator)

    result, reminder = (client.get(editor(decided.round, kind)) for kind in (Kind.RESULT_WAITING, Kind.REMINDER))

    assert "nobody has rehearsed it" in result.text
    assert "nobody has rehearsed it" not in reminder.text


@pytest.mark.parametrize("kind", ["nothing", "result_", "../x"])
def test_there_are_no_other_kinds(client, kind):
    round = make.round()
    client.force_login(make.program_coordinator())

    page = client.get(f"/coordinate/rounds/{round.slug}/letters/{kind}/")

    assert page.status_code == 404
