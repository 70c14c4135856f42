"""What applicants are told by letter."""

from datetime import datetime

from django.urls import reverse

from applications.models import Application, Contribution
from opw.mail.actions import write_letter
from opw.mail.compose import Draft, absolute
from opw.mail.models import Topic


def tell_submitted(application: Application) -> None:
    """The receipt of a submission; a changed application that is submitted again has a receipt of its own."""
    assert application.submitted_at
    write_letter(
        Draft(
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
                "link": _page_of(application),
            },
        )
    )


def tell_marked(contribution: Contribution) -> None:
    """What a mentor said of a contribution."""
    assert contribution.marked_at
    write_letter(
        Draft(
            key=f"contribution-marked:{contribution.pk}:{contribution.marked_at.isoformat()}",
            topic=Topic.APPLICATION,
            to=contribution.applicant,
            subject="A mentor looked at your contribution",
            template="contribution_marked.txt",
            facts={
                "title": contribution.title,
                "project": contribution.listing.project.title,
                "mark": contribution.mark,
                "comment": contribution.mark_comment,
                "link": absolute(reverse("applications:home")),
            },
        )
    )


def reminder(application: Application, deadline: datetime) -> Draft:
    """That a draft is not submitted, and until when it can be."""
    return Draft(
        key=f"reminder:application:{application.pk}:{deadline.isoformat()}",
        topic=Topic.REMINDER,
        to=application.applicant,
        subject=f"Your application is not submitted yet, {application.round}",
        template="reminder.txt",
        facts={
            "project": application.listing.project.title,
            "deadline": deadline,
            "link": absolute(reverse("applications:write", args=[application.listing_id])),
        },
        useful_until=deadline,
    )


def _page_of(application: Application) -> str:
    return absolute(reverse("applications:application", args=[application.pk]))
