"""What applicants are told by letter."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from applications.models import Application, InitialApplication, Marking, Message, Offer, Question, Recusal
from opw.accounts.models import User
from opw.mail.actions import empty_letters, write_letters
from opw.mail.compose import Draft, absolute
from opw.mail.models import Letter, Topic
from opw.rounds.emails import letter_of, write_letters_of
from opw.rounds.kinds import Kind
from opw.rounds.models import Deadline, Extension, deadline_for
from opw.text import one_line
from opw.times import day_in_words
from projects.models import Listing


def letter_at(listing: Listing, kind: Kind, *, to: User, key: str, link: str, **facts: Any) -> Draft:
    """A letter to an applicant about a project where she applies or began; the link is a path."""
    where = {"project": listing.project.title, "community": listing.community.name, "link": absolute(link)}
    return letter_of(listing.round, kind, to=to, key=key, **where | facts)


def tell_submitted(application: Application) -> None:
    """The receipt of a submission; a changed application that is submitted again has a receipt of its own."""
    write_letters_of(application.round, [receipt(application)])


def receipt(application: Application) -> Draft:
    """That an application is here, with what was submitted."""
    assert application.submitted_at
    return letter_at(
        application.listing,
        Kind.APPLICATION_SUBMITTED,
        to=application.applicant,
        key=f"application-submitted:{application.pk}:{application.submitted_at.isoformat()}",
        link=_page_of(application),
        submitted_at=application.submitted_at,
        closes_at=application.round.applications_close_at,
        announcement_at=application.round.announcement_at,
        answers=_answers_of(application),
    )


def tell_marked(marking: Marking) -> None:
    """What a mentor said of a contribution."""
    write_letters_of(marking.contribution.round, [of_mark(marking)])


def of_mark(marking: Marking) -> Draft:
    contribution = marking.contribution
    return letter_at(
        contribution.listing,
        Kind(f"mark_{marking.mark}"),
        to=contribution.applicant,
        key=f"contribution-marked:{contribution.pk}:{marking.pk}",
        link=f"{reverse('applications:home')}#contribution-{contribution.pk}",
        title=contribution.title,
        comment=marking.comment,
    )


def tell_eligibility(initial: InitialApplication) -> None:
    """What a coordinator decided of an initial application in doubt, and why."""
    write_letters_of(initial.round, [of_eligibility(initial)])


def of_eligibility(initial: InitialApplication) -> Draft:
    assert initial.decided_at
    return letter_of(
        initial.round,
        Kind(initial.status),
        to=initial.applicant,
        key=f"eligibility:{initial.pk}:{initial.decided_at.isoformat()}",
        reason=initial.reason,
        link=absolute(reverse("applications:initial", args=[initial.round.slug])),
    )


def empty_decisions(initials: set[int]) -> None:
    """Delete what letters said of these initial applications, by their numbers: a coordinator's reasons."""
    _empty("eligibility", initials)


def empty_endings(offers: set[int]) -> None:
    """Delete what letters said of the ends of these offers, by their numbers: a coordinator's words."""
    _empty("place-ended", offers)


def _empty(kind: str, numbers: set[int]) -> None:
    """Delete what the letters of a kind said whose keys go on with these numbers."""
    written = Letter.objects.filter(key__startswith=f"{kind}:").values_list("pk", "key")
    empty_letters([pk for pk, key in written if int(key.split(":")[1]) in numbers])


def tell_more_time(extension: Extension) -> None:
    """That a person has more time, and until when."""
    write_letters_of(extension.round, [of_time(extension, Kind.EXTENSION_GRANTED)])


def tell_time_taken_back(extension: Extension) -> None:
    """That more time was taken back."""
    write_letters_of(extension.round, [of_time(extension, Kind.EXTENSION_REVOKED)])


def of_time(extension: Extension, kind: Kind) -> Draft:
    assert extension.person
    deadline = Deadline(extension.deadline)
    what = "applications" if deadline == Deadline.APPLICATIONS else "contributions"
    return letter_of(
        extension.round,
        kind,
        to=extension.person,
        key=f"{kind.replace('_', '-')}:{extension.pk}",
        what=f"{what} to {extension.community}" if extension.community else what,
        until_at=extension.until_at,
        closes_at=deadline_for(deadline, extension.round, extension.community, extension.person),
        link=absolute(reverse("applications:home")),
    )


def of_withdrawal(listing: Listing, person: User, hers: Application | None, until_at: datetime | None) -> Draft:
    """That a project where somebody began is no longer offered, why, and what she can do ``until_at``."""
    assert listing.withdrawn_at
    return letter_at(
        listing,
        Kind.PROJECT_WITHDRAWN if hers else Kind.PROJECT_WITHDRAWN_BEGUN,
        to=person,
        key=f"project-withdrawn:{listing.pk}:{listing.withdrawn_at.isoformat()}:{person.pk}",
        link=reverse("applications:move_to_another", args=[hers.pk]) if hers else reverse("projects:list"),
        because=listing.withdrawn_because,
        until_at=until_at,
    )


def reminder(application: Application, deadline: datetime, hours_before: int) -> Draft:
    """That a draft is not submitted, and until when it can be."""
    return _reminder(Kind.REMINDER, "application", "write", application, deadline, hours_before)


def contribution_reminder(application: Application, deadline: datetime, hours_before: int) -> Draft:
    """That a submitted application has no contribution, and until when one can be recorded."""
    return _reminder(Kind.REMINDER_CONTRIBUTION, "contribution", "contribute", application, deadline, hours_before)


def _reminder(kind: Kind, of: str, page: str, application: Application, deadline: datetime, hours: int) -> Draft:
    return letter_at(
        application.listing,
        kind,
        to=application.applicant,
        key=f"reminder:{of}:{application.pk}:{deadline.isoformat()}:{hours}",
        link=reverse(f"applications:{page}", args=[application.listing_id]),
        deadline=deadline,
        useful_until=deadline,
    )


def tell_message(message: Message, readers: Iterable[User]) -> None:
    """That there is something to read; one letter for all that is said within an hour."""
    path = (
        reverse("mentors:messages", args=[message.listing_id, message.applicant_id])
        if message.is_hers
        else reverse("applications:messages", args=[message.listing_id])
    )
    project = message.listing.project.title
    write_letters(
        Draft(
            key=f"message:{message.listing_id}:{message.applicant_id}:{reader.pk}:{message.at:%Y-%m-%dT%H}",
            topic=Topic.MESSAGE,
            to=reader,
            about_id=message.applicant_id,
            subject=f"A message about {project}",
            template="message.txt",
            facts={"author": str(message.author), "project": project, "link": absolute(path)},
        )
        for reader in readers
    )


def tell_answer(offer: Offer) -> None:
    """What she answered to her offer: a receipt for her, and the news for the mentors who wait for an intern."""
    assert offer.answered_at
    _tell_of_place(
        offer, Kind(f"place_{offer.status}"), f"offer-{offer.status}:{offer.pk}:{offer.answered_at.isoformat()}"
    )


def tell_place_came_free(offer: Offer) -> None:
    """To who waited: a place has come free, it is hers if she wants it, and by when she says so."""
    _tell_of_place(offer, Kind.PLACE_CAME_FREE, f"place-came-free:{offer.pk}")


def tell_ended(offer: Offer, words: str) -> None:
    """That her place has ended, with a coordinator's words to her; to the mentors, that it has, and nothing of why."""
    assert offer.answered_at
    application, ending = offer.application, f"{offer.pk}:{offer.answered_at.isoformat()}"
    facts = {
        "round": application.round.name,
        "project": application.listing.project.title,
        "community": application.community.name,
        "declined": offer.status == Offer.Status.DECLINED,
        "words": [line for line in words.splitlines() if one_line(line)],
        "link": absolute(_page_of(application)),
    }
    hers = Draft(
        key=f"place-ended:{ending}",
        topic=Topic.RESULT,
        to=application.applicant,
        subject=f"Your place has ended, {application.round}",
        template="place_ended.txt",
        facts=facts,
    )
    write_letters([hers])
    _tell_mentors_of(offer, f"offer-{offer.status}:{ending}", facts)


def tell_lapsed(offer: Offer) -> None:
    """That the time to answer is over; to her, with whom to ask, and to the mentors."""
    _tell_of_place(offer, Kind.PLACE_LAPSED, f"offer-lapsed:{offer.pk}:{offer.answer_by_at.isoformat()}")


def tell_time_to_answer(offer: Offer) -> None:
    """That her offer stays open longer, and until when."""
    key = f"offer-extended:{offer.pk}:{offer.answer_by_at.isoformat()}"
    write_letters_of(offer.application.round, [of_place(offer, Kind.PLACE_EXTENDED, key)])


def offer_reminder(offer: Offer, hours_before: int) -> Draft:
    """That an offer is not answered, and until when it is hers."""
    key = f"reminder:offer:{offer.pk}:{offer.answer_by_at.isoformat()}:{hours_before}"
    return of_place(offer, Kind.REMINDER_OFFER, key, useful_until=offer.answer_by_at)


def of_place(offer: Offer, kind: Kind, key: str, **more: Any) -> Draft:
    """A letter to who is offered a place, about it."""
    application = offer.application
    return letter_at(
        application.listing,
        kind,
        to=application.applicant,
        key=key,
        link=_page_of(application),
        answer_by_at=offer.answer_by_at,
        starts_on=day_in_words(application.round.internship_starts_on),
        ends_on=day_in_words(application.round.internship_ends_on),
        **more,
    )


def _tell_of_place(offer: Offer, kind: Kind, key: str) -> None:
    """How an offer stands now: to her, and to the project's mentors."""
    hers = of_place(offer, kind, key)
    write_letters_of(offer.application.round, [hers])
    _tell_mentors_of(offer, key, hers.facts)


def _tell_mentors_of(offer: Offer, key: str, facts: Mapping[str, object]) -> None:
    """How the offer to their applicant stands now; not who stepped back from her, or applies in the round."""
    application, round = offer.application, offer.application.round
    mentors = application.listing.project.mentorships.confirmed().filter(user__isnull=False).values("user")
    stepped_back = Recusal.objects.filter(applicant=application.applicant_id).values("person")
    applying = Application.objects.live().of_round(round).values("applicant")
    told = User.objects.filter(pk__in=mentors, is_active=True).exclude(pk__in=stepped_back).exclude(pk__in=applying)
    page = absolute(reverse("mentors:application", args=[application.pk]))
    write_letters(
        Draft(
            key=f"{key}:{mentor.pk}",
            topic=Topic.ROUND,
            to=mentor,
            about_id=application.applicant_id,
            subject=f"Your intern in {round}: {offer.get_status_display()}",
            template="place_mentors.txt",
            facts={**facts, "applicant": str(application.applicant), "status": str(offer.status), "link": page},
        )
        for mentor in told.order_by("pk")
    )


def _answers_of(application: Application) -> list[str]:
    """What was submitted, in paragraphs: each question, and the lines of its answer."""
    said = []
    for question in application.round.questions.filter(form=Question.Form.APPLICATION):
        lines = [line for line in application.answers.get(question.key, "").splitlines() if one_line(line)]
        said += [question.label, *(lines or ["No answer."])]
    return said


def _page_of(application: Application) -> str:
    return reverse("applications:application", args=[application.pk])
