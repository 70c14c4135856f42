"""Each kind of a round's letters as it would be about a real applicant, had it to be written now.

What it tells of has not happened: an offer, a mark, more time are made up for it, and never saved.
"""

from copy import copy
from datetime import datetime
from typing import Any

from applications import emails as to_applicants
from applications.models import Application, Contribution, InitialApplication, Marking, Offer, answer_by
from mentors import emails as of_decisions
from mentors.due import DUTIES
from mentors.results import Result
from opw.accounts.models import User
from opw.mail.compose import Draft
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import Deadline, Extension


def letter_to(application: Application, kind: Kind, *, by: User, at: datetime) -> Draft:
    """A letter of this kind; ``by`` stands for the mentors and coordinators who are reminded."""
    if kind.is_result:
        result = Result(application.pk, kind.removeprefix("result_"))
        return of_decisions.result_letters(application.round, [result], {application.pk: application})[0]
    if kind.startswith("due_"):
        return _due(application, kind, by, at)
    if kind.startswith("place_") or kind == Kind.REMINDER_OFFER:
        return _of_place(application, kind)
    if kind.startswith("reminder"):
        return _reminder(application, kind)
    return _while_applying(application, kind, VOCABULARY[kind].examples, at)


def _while_applying(application: Application, kind: Kind, said: dict[str, str], at: datetime) -> Draft:
    applicant, listing, round = application.applicant, application.listing, application.round
    if kind.startswith("mark_"):
        made = Contribution(applicant=applicant, listing=listing, round=round, title=said["title"])
        mark = kind.removeprefix("mark_")
        return to_applicants.of_mark(Marking(contribution=made, mark=mark, comment=said["comment"]))
    if kind in (Kind.ELIGIBLE, Kind.INELIGIBLE):
        decided: dict[str, Any] = {"status": kind.value, "reason": said["reason"], "decided_at": at}
        return to_applicants.of_eligibility(InitialApplication(applicant=applicant, round=round, **decided))
    if kind.startswith("extension_"):
        given: dict[str, Any] = {"deadline": Deadline.CONTRIBUTIONS, "until_at": round.selection_closes_at}
        extension = Extension(round=round, community=application.community, person=applicant, **given)
        return to_applicants.of_time(extension, kind)
    if kind.startswith("project_withdrawn"):
        withdrawn = copy(listing)
        withdrawn.withdrawn_at, withdrawn.withdrawn_because = at, said["because"]
        hers = application if kind == Kind.PROJECT_WITHDRAWN else None
        return to_applicants.of_withdrawal(withdrawn, applicant, hers, round.selection_closes_at)
    return to_applicants.receipt(application)


def _reminder(application: Application, kind: Kind) -> Draft:
    round = application.round
    if kind == Kind.REMINDER:
        return to_applicants.reminder(application, round.applications_close_at, 72)
    return to_applicants.contribution_reminder(application, round.contributions_close_at, 72)


def _due(application: Application, kind: Kind, by: User, at: datetime) -> Draft:
    duty = next(one for one in DUTIES if one.kind == kind)
    to = application.applicant if duty.who == "applicant" else by
    about = application.community.name if duty.who == "coordinator" else application.listing.project.title
    deadline: datetime = getattr(application.round, duty.deadline or duty.until)
    return of_decisions.reminder(kind, application.round, to, [about], deadline, at, duty.page)


def _of_place(application: Application, kind: Kind) -> Draft:
    until = answer_by(application.round, application.round.announcement_at)
    return to_applicants.of_place(Offer(application=copy(application), answer_by_at=until), kind, key="")
