"""What applicants are told by letter."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from applications.models import Application, InitialApplication, Marking, Message, Offer, Question, Recusal
from opw.accounts.models import User
from opw.mail.actions import empty_letters, write_letter
from opw.mail.compose import Draft, Wording, absolute
from opw.mail.models import Letter, Topic
from opw.rounds.models import Deadline, Extension, deadline_for
from opw.rounds.wordings import Kind
from opw.text import one_line
from opw.times import day_in_words
from projects.models import Listing


def tell_submitted(application: Application) -> None:
    """The receipt of a submission; a changed application that is submitted again has a receipt of its own."""
    wordings = application.round.letter_texts.wordings()
    write_letter(receipt(application, wordings.get(Kind.APPLICATION_SUBMITTED)))


def receipt(application: Application, wording: Wording | None = None) -> Draft:
    """That an application is here, with what was submitted."""
    assert application.submitted_at
    return Draft(
        key=f"application-submitted:{application.pk}:{application.submitted_at.isoformat()}",
        topic=Topic.APPLICATION,
        to=application.applicant,
        subject=f"We have your application, {application.round}",
        template="application_submitted.txt",
        facts={
            "project": application.listing.project.title,
            "community": application.community.name,
            "submitted_at": application.submitted_at,
            "closes_at": application.round.applications_close_at,
            "announcement_at": application.round.announcement_at,
            "answers": _answers_of(application),
            "link": _page_of(application),
        },
        wording=wording,
    )


def tell_marked(marking: Marking) -> None:
    """What a mentor said of a contribution."""
    contribution = marking.contribution
    write_letter(
        Draft(
            key=f"contribution-marked:{contribution.pk}:{marking.pk}",
            topic=Topic.APPLICATION,
            to=contribution.applicant,
            subject="A mentor looked at your contribution",
            template="contribution_marked.txt",
            facts={
                "title": contribution.title,
                "project": contribution.listing.project.title,
                "mark": marking.mark,
                "comment": marking.comment,
                "link": f"{absolute(reverse('applications:home'))}#contribution-{contribution.pk}",
            },
        )
    )


def tell_eligibility(initial: InitialApplication) -> None:
    """What a coordinator decided of an initial application in doubt, and why."""
    assert initial.decided_at
    write_letter(
        Draft(
            key=f"eligibility:{initial.pk}:{initial.decided_at.isoformat()}",
            topic=Topic.APPLICATION,
            to=initial.applicant,
            subject=f"Your initial application, {initial.round}",
            template="eligibility_decided.txt",
            facts={
                "round": initial.round.name,
                "is_eligible": initial.status == InitialApplication.Status.ELIGIBLE,
                "reason": initial.reason,
                "link": absolute(reverse("applications:initial", args=[initial.round.slug])),
            },
        )
    )


def empty_decisions(initials: set[int]) -> None:
    """Delete what letters said of these initial applications, by their numbers: a coordinator's reasons."""
    decided = Letter.objects.filter(key__startswith="eligibility:").values_list("pk", "key")
    empty_letters([pk for pk, key in decided if int(key.split(":")[1]) in initials])


def tell_more_time(extension: Extension) -> None:
    """That a person has more time, and until when."""
    _tell_of_time(extension, "granted", f"You have more time, {extension.round}")


def tell_time_taken_back(extension: Extension) -> None:
    """That more time was taken back."""
    _tell_of_time(extension, "revoked", f"Your deadline has changed, {extension.round}")


def _tell_of_time(extension: Extension, what: str, subject: str) -> None:
    assert extension.person
    write_letter(
        Draft(
            key=f"extension-{what}:{extension.pk}",
            topic=Topic.APPLICATION,
            to=extension.person,
            subject=subject,
            template=f"extension_{what}.txt",
            facts={
                "round": extension.round.name,
                "community": extension.community.name if extension.community else "",
                "what": "applications" if extension.deadline == Deadline.APPLICATIONS else "contributions",
                "until_at": extension.until_at,
                "closes_at": deadline_for(
                    Deadline(extension.deadline), extension.round, extension.community, extension.person
                ),
                "link": absolute(reverse("applications:home")),
            },
        )
    )


def tell_project_withdrawn(
    listing: Listing, person: User, applications: Iterable[Application], until: datetime | None
) -> None:
    """That a project where somebody began is no longer offered, why, and what she can do ``until`` when."""
    assert listing.withdrawn_at
    hers = next((one for one in applications if one.applicant_id == person.pk), None)
    path = reverse("applications:move_to_another", args=[hers.pk]) if hers else reverse("projects:list")
    write_letter(
        Draft(
            key=f"project-withdrawn:{listing.pk}:{listing.withdrawn_at.isoformat()}:{person.pk}",
            topic=Topic.APPLICATION,
            to=person,
            subject=f"A project of {listing.round} was withdrawn",
            template="project_withdrawn.txt",
            facts={
                "project": listing.project.title,
                "community": listing.community.name,
                "round": listing.round.name,
                "because": listing.withdrawn_because,
                "applied": hers is not None,
                "until": until,
                "link": absolute(path),
            },
        )
    )


def reminder(application: Application, deadline: datetime, hours_before: int, wording: Wording | None = None) -> Draft:
    """That a draft is not submitted, and until when it can be."""
    return Draft(
        key=f"reminder:application:{application.pk}:{deadline.isoformat()}:{hours_before}",
        topic=Topic.REMINDER,
        to=application.applicant,
        subject=f"Your application is not submitted yet, {application.round}",
        template="reminder.txt",
        facts={
            "project": application.listing.project.title,
            "deadline": deadline,
            "link": absolute(reverse("applications:write", args=[application.listing_id])),
        },
        wording=wording,
        useful_until=deadline,
    )


def contribution_reminder(
    application: Application, deadline: datetime, hours_before: int, wording: Wording | None = None
) -> Draft:
    """That a submitted application has no contribution, and until when one can be recorded."""
    return Draft(
        key=f"reminder:contribution:{application.pk}:{deadline.isoformat()}:{hours_before}",
        topic=Topic.REMINDER,
        to=application.applicant,
        subject=f"Your application has no contribution yet, {application.round}",
        template="reminder_contribution.txt",
        facts={
            "project": application.listing.project.title,
            "deadline": deadline,
            "link": absolute(reverse("applications:contribute", args=[application.listing_id])),
        },
        wording=wording,
        useful_until=deadline,
    )


def tell_message(message: Message, readers: Iterable[User]) -> None:
    """That there is something to read; one letter for all that is said within an hour."""
    path = (
        reverse("mentors:messages", args=[message.listing_id, message.applicant_id])
        if message.is_hers
        else reverse("applications:messages", args=[message.listing_id])
    )
    for reader in readers:
        write_letter(
            Draft(
                key=f"message:{message.listing_id}:{message.applicant_id}:{reader.pk}:{message.at:%Y-%m-%dT%H}",
                topic=Topic.MESSAGE,
                to=reader,
                about_id=message.applicant_id,
                subject=f"A message about {message.listing.project.title}",
                template="message.txt",
                facts={
                    "author": str(message.author),
                    "project": message.listing.project.title,
                    "link": absolute(path),
                },
            )
        )


def tell_answer(offer: Offer) -> None:
    """What she answered to her offer: a receipt for her, and the news for the mentors who wait for an intern."""
    assert offer.answered_at
    application = offer.application
    key = f"offer-{offer.status}:{offer.pk}:{offer.answered_at.isoformat()}"
    facts = _facts_of_offer(offer) | {"confirmed": offer.status == Offer.Status.CONFIRMED}
    subject = "You take the place" if facts["confirmed"] else "You leave your place to somebody else"
    write_letter(
        Draft(
            key=key,
            topic=Topic.RESULT,
            to=application.applicant,
            subject=f"{subject}, {application.round}",
            template="place_answered.txt",
            facts=facts,
        )
    )
    _tell_mentors_of(offer, key)


def _tell_mentors_of(offer: Offer, key: str) -> None:
    """How the offer to their applicant stands now; not who stepped back from her, or applies in the round."""
    application = offer.application
    mentors = application.listing.project.mentorships.confirmed().filter(user__isnull=False).values("user")
    stepped_back = Recusal.objects.filter(applicant=application.applicant_id).values("person")
    applying = Application.objects.live().of_round(application.round).values("applicant")
    told = User.objects.filter(pk__in=mentors, is_active=True).exclude(pk__in=stepped_back).exclude(pk__in=applying)
    for mentor in told.order_by("pk"):
        write_letter(
            Draft(
                key=f"{key}:{mentor.pk}",
                topic=Topic.ROUND,
                to=mentor,
                subject=f"Your intern in {application.round}: {offer.get_status_display()}",
                template="place_mentors.txt",
                facts=_facts_of_offer(offer)
                | {
                    "applicant": str(application.applicant),
                    "status": str(offer.status),
                    "link": absolute(reverse("mentors:application", args=[application.pk])),
                },
            )
        )


def tell_place_came_free(offer: Offer) -> None:
    """To who waited: a place has come free, it is hers if she wants it, and by when she says so."""
    application = offer.application
    write_letter(
        Draft(
            key=f"place-came-free:{offer.pk}",
            topic=Topic.RESULT,
            to=application.applicant,
            subject=f"A place has come free for you, {application.round}",
            template="place_came_free.txt",
            facts=_facts_of_offer(offer),
        )
    )
    _tell_mentors_of(offer, f"place-came-free:{offer.pk}")


def tell_lapsed(offer: Offer) -> None:
    """That the time to answer is over; to her, with whom to ask, and to the mentors."""
    application = offer.application
    key = f"offer-lapsed:{offer.pk}:{offer.answer_by_at.isoformat()}"
    write_letter(
        Draft(
            key=key,
            topic=Topic.RESULT,
            to=application.applicant,
            subject=f"Your offer has ended, {application.round}",
            template="place_lapsed.txt",
            facts=_facts_of_offer(offer),
        )
    )
    _tell_mentors_of(offer, key)


def tell_time_to_answer(offer: Offer) -> None:
    """That her offer stays open longer, and until when."""
    application = offer.application
    write_letter(
        Draft(
            key=f"offer-extended:{offer.pk}:{offer.answer_by_at.isoformat()}",
            topic=Topic.RESULT,
            to=application.applicant,
            subject=f"Your offer stays open longer, {application.round}",
            template="place_extended.txt",
            facts=_facts_of_offer(offer),
        )
    )


def offer_reminder(offer: Offer, hours_before: int) -> Draft:
    """That an offer is not answered, and until when it is hers."""
    application = offer.application
    return Draft(
        key=f"reminder:offer:{offer.pk}:{offer.answer_by_at.isoformat()}:{hours_before}",
        topic=Topic.REMINDER,
        to=application.applicant,
        subject=f"Your place waits for your answer, {application.round}",
        template="reminder_offer.txt",
        facts=_facts_of_offer(offer),
        useful_until=offer.answer_by_at,
    )


def _facts_of_offer(offer: Offer) -> dict[str, object]:
    application = offer.application
    return {
        "round": application.round.name,
        "project": application.listing.project.title,
        "community": application.community.name,
        "answer_by_at": offer.answer_by_at,
        "starts_on": day_in_words(application.round.internship_starts_on),
        "ends_on": day_in_words(application.round.internship_ends_on),
        "link": _page_of(application),
    }


def _answers_of(application: Application) -> list[str]:
    """What was submitted, in paragraphs: each question, and the lines of its answer."""
    said = []
    for question in application.round.questions.filter(form=Question.Form.APPLICATION):
        lines = [line for line in application.answers.get(question.key, "").splitlines() if one_line(line)]
        said += [question.label, *(lines or ["No answer."])]
    return said


def _page_of(application: Application) -> str:
    return absolute(reverse("applications:application", args=[application.pk]))
