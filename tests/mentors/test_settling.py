"""A conflict: what a program coordinator sees of it, and how one deed settles it."""

import pytest
from django.urls import reverse

from applications.models import Application
from mentors import actions
from mentors.conflicts import choices_for
from mentors.models import Seal, Selection, TakenBack
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase
from tests import make, scenarios
from tests.mentors.orders import make_order

pytestmark = pytest.mark.django_db


def wanted_twice(*, slots: int = 1, other_slots: int = 1) -> tuple[Selection, Selection]:
    """One person proposed by two communities with so many slots."""
    participation = make.participation(phase=Phase.SELECTION, slots=slots)
    elsewhere = make.listing(make.participation(participation.round, slots=other_slots))
    first = make.selection(participation)
    return first, make.selection(application=make.application(elsewhere, first.application.applicant))


def settle(keep: Selection, *given_up: Selection, by: User | None = None) -> str:
    return actions.settle_conflict(
        keep=keep,
        among=[keep, *given_up],
        by=by or make.program_coordinator(),
        reason="She prefers it.",
        at=keep.round.selection_closes_at,
    )


def test_settling_keeps_one_proposal_with_a_slot_and_takes_the_other_back():
    keep, other = wanted_twice()
    coordinator = make.program_coordinator()

    why_not = settle(keep, other, by=coordinator)

    kept, taken = Selection.objects.get(), TakenBack.objects.get()
    event = Event.objects.get(deed="conflict_settled")
    assert why_not == ""
    assert (kept, kept.confirmed_by) == (keep, coordinator)
    assert (taken.application, taken.reason, taken.by) == (other.application, "She prefers it.", coordinator)
    assert (event.subject_id, event.actor, event.round_id) == (keep.pk, coordinator, keep.round.pk)
    assert (event.before, event.after) == ({"proposals": [keep.pk, other.pk]}, {"proposals": [keep.pk]})


def test_without_a_free_slot_the_kept_proposal_stays_one_and_that_is_said():
    keep, other = wanted_twice(slots=0)

    why_not = settle(keep, other)

    assert Selection.objects.get() == keep
    assert not Selection.objects.confirmed().exists()
    assert why_not == f"Every slot of {keep.application.community} is taken."


def test_a_project_that_gives_her_up_loses_the_slot_it_gave_her():
    given_up = make.selection(make.participation(phase=Phase.SELECTION), confirmed=True)
    elsewhere = make.listing(make.participation(given_up.round))
    keep = make.selection(application=make.application(elsewhere, given_up.application.applicant))

    settle(keep, given_up)

    assert Selection.objects.confirmed().get() == keep
    assert TakenBack.objects.get().decision == "confirmation"


def test_the_mentors_who_give_her_up_are_told_without_her_name_and_nobody_else():
    keep, other = wanted_twice()
    listing = other.application.listing
    mentor = make.mentor_of(listing)
    recused, applying, unconfirmed = make.user(), make.user(), make.user()
    for person in (recused, applying):
        make.mentorship(listing.project, person)
    make.mentorship(listing.project, unconfirmed, confirmed=False)
    make.recusal(recused, other.application.applicant)
    make.application(make.listing(make.participation(keep.round)), applying)

    settle(keep, other)

    letter = Letter.objects.get()
    applicant = other.application.applicant
    assert letter.recipient == mentor
    assert listing.project.title in letter.subject
    assert reverse("mentors:application", args=[other.application_id]) in letter.text
    assert [words for words in (applicant.name, applicant.email) if words in letter.text + letter.subject] == []


def test_a_mentor_reads_why_on_the_applications_page(client):
    keep, other = wanted_twice()
    settle(keep, other)

    client.force_login(make.mentor_of(other.application.listing))
    page = client.get(reverse("mentors:application", args=[other.application_id]))

    assert "She prefers it." in page.text


def test_a_conflict_is_settled_once():
    keep, other = wanted_twice()
    settle(keep, other)

    for wanted in (keep, other):
        with pytest.raises(Refused, match="changed meanwhile"):
            settle(wanted, other)

    assert Event.objects.filter(deed="conflict_settled").count() == 1


def test_proposals_that_were_not_looked_at_are_not_settled():
    keep, other = wanted_twice()
    third = make.listing(make.participation(keep.round))
    unseen = make.selection(application=make.application(third, keep.application.applicant))

    with pytest.raises(Refused, match="changed meanwhile"):
        settle(keep, other)

    assert set(Selection.objects.all()) == {keep, other, unseen}


def test_where_there_is_no_conflict_nothing_is_settled():
    with pytest.raises(Refused, match="No other project wants this applicant"):
        settle(make.selection())


def test_three_proposals_are_settled_at_once():
    keep, other = wanted_twice()
    third = make.listing(make.participation(keep.round))
    unlucky = make.selection(application=make.application(third, keep.application.applicant))

    settle(keep, other, unlucky)

    assert Selection.objects.get() == keep
    assert set(TakenBack.objects.values_list("application", flat=True)) == {
        other.application_id,
        unlucky.application_id,
    }


def test_settling_needs_a_reason_and_is_over_with_the_release():
    keep, other = wanted_twice()
    with pytest.raises(Refused, match="Say why"):
        actions.settle_conflict(
            keep=keep, among=[keep, other], by=make.program_coordinator(), reason=" ", at=keep.proposed_at
        )
    scenarios.put_into(keep.round, Phase.ANNOUNCED)

    with pytest.raises(Refused, match="results of this round are out"):
        settle(keep, other)

    assert Selection.objects.count() == 2
    assert not Letter.objects.exists()


def test_what_each_choice_would_leave_open():
    keep, other = wanted_twice(slots=2, other_slots=1)
    make.selection(other.application.listing.participation, confirmed=True)
    listing = keep.application.listing
    good, better, unrated = (make.application(listing) for _ in range(3))
    make.rating(good, score=3)
    make.rating(better, score=5)
    make.application(listing, contributed=False)
    make.application(listing, status=Application.Status.DRAFT)
    waits = make.waiting_place(make.application(make.listing(listing.participation)))
    make_order(make.mentor_of(listing), good, keep.application)

    mine, theirs = choices_for(keep.initial_application, make.program_coordinator())

    assert (mine.selection, mine.gets_slot, mine.free, mine.free_when_kept) == (keep, True, 2, 1)
    assert mine.candidates == [better, good, unrated]
    assert (mine.waits, mine.places, theirs.places) == (waits, (2,), None)
    assert (theirs.selection, theirs.gets_slot, theirs.free) == (other, False, 0)
    assert theirs.why_no_slot == f"Every slot of {other.application.community} is taken."
    assert (theirs.candidates, theirs.waits, theirs.others) == ([], None, [mine])


def test_of_two_projects_of_one_community_the_one_gets_the_others_slot():
    given_up = make.selection(make.participation(phase=Phase.SELECTION, slots=1), confirmed=True)
    listing = make.listing(given_up.application.listing.participation)
    keep = make.selection(application=make.application(listing, given_up.application.applicant))

    foreseen = choices_for(keep.initial_application, make.program_coordinator())[1]
    why_not = settle(keep, given_up)

    assert (foreseen.selection, foreseen.why_no_slot, foreseen.free_when_kept) == (keep, "", 0)
    assert why_not == ""


def test_who_is_confirmed_elsewhere_or_hidden_is_nobodys_next():
    keep, other = wanted_twice()
    listing = keep.application.listing
    taken, hidden = make.application(listing), make.application(listing)
    elsewhere = make.listing(make.participation(keep.round))
    make.selection(application=make.application(elsewhere, taken.applicant), confirmed=True)
    make.waiting_place(taken)
    coordinator = make.program_coordinator()
    make.recusal(coordinator, hidden.applicant)

    mine, _ = choices_for(other.initial_application, coordinator)

    assert (mine.candidates, mine.waits) == ([], None)


def test_a_program_coordinator_settles_by_a_form(client):
    keep, other = wanted_twice()
    make.rating(keep.application, score=5)
    client.force_login(make.program_coordinator())
    address = reverse("mentors:conflict", args=[keep.initial_application_id])
    form = {"keep": keep.pk, "among": [keep.pk, other.pk]}

    listed = client.get(reverse("mentors:conflicts", args=[keep.round.slug]))
    asked = client.post(address, form)
    settled = client.post(address, form | {"reason": "She prefers it."}, follow=True)
    empty = client.get(reverse("mentors:conflicts", args=[keep.round.slug]))

    assert "5.0 on average, of 1" in asked.text
    assert listed.context["conflicts"] == [[keep, other]]
    assert asked.context["form"].errors == {"reason": ["Say why."]}
    assert f"Settled: {keep.application.applicant} has a slot." in settled.text
    assert Selection.objects.confirmed().get() == keep
    assert "Nobody is wanted by more than one project." in empty.text


def test_a_choice_without_a_project_or_from_another_conflict_is_refused_beside_it(client):
    keep, other = wanted_twice()
    stranger = make.selection(keep.application.listing.participation)
    client.force_login(make.program_coordinator())
    address = reverse("mentors:conflict", args=[keep.initial_application_id])
    form = {"among": [keep.pk, other.pk], "reason": "She prefers it."}

    pages = [client.post(address, form | keeping) for keeping in ({}, {"keep": stranger.pk}, {"keep": "x"})]

    assert [page.status_code for page in pages] == [200] * 3
    assert ["keep" in page.context["form"].errors for page in pages] == [True] * 3
    assert ["She prefers it." in page.text for page in pages] == [True] * 3
    assert Selection.objects.count() == 3


def test_a_stepped_back_program_coordinator_finds_no_conflict(client):
    keep, _ = wanted_twice()
    coordinator = make.program_coordinator()
    make.recusal(coordinator, keep.application.applicant)
    client.force_login(coordinator)

    page = client.get(reverse("mentors:conflicts", args=[keep.round.slug]))

    assert page.context["conflicts"] == []


def test_a_communitys_coordinator_sees_that_somebody_else_settles_it(client):
    selection, other = wanted_twice()
    participation = selection.application.listing.participation
    client.force_login(make.coordinator_of(participation))

    page = client.get(reverse("mentors:selections", args=[participation.pk]))

    assert "A program coordinator settles that first." in page.text
    assert reverse("mentors:conflict", args=[selection.initial_application_id]) not in page.text
    assert other.application.listing.project.title not in page.text


def test_a_conflict_after_the_seal_is_settled_by_who_knows_that_it_breaks(client):
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.seal(decided.round)
    keep = Selection.objects.get()
    elsewhere = make.listing(make.participation(decided.round))
    other = make.selection(application=make.application(elsewhere, decided.selected.applicant))
    client.force_login(decided.program_coordinator)
    address = reverse("mentors:conflict", args=[keep.initial_application_id])
    form = {"keep": other.pk, "among": [keep.pk, other.pk], "reason": "She prefers it."}

    asked = client.post(address, form)
    stood = Seal.objects.stands_on(decided.round)
    client.post(address, form | {"breaks_seal": "on"})

    assert list(asked.context["form"].errors) == ["breaks_seal"]
    assert (stood, Seal.objects.stands_on(decided.round)) == (True, False)
    assert Selection.objects.confirmed().get() == other
