"""The letters that a round can say in words of its own: what each has to say, and what else it can."""

from dataclasses import dataclass, field

from django.db import models

from opw.mail.models import Topic


class Kind(models.TextChoices):
    """The letters, and the drafts of replies, that a round can say in words of its own.

    The portal's own words for each are templates/letters/KIND.txt. Before the colon: where it stands in the list.
    """

    APPLICATION_SUBMITTED = "application_submitted", "Applying: application received"
    MARK_SEEN = "mark_seen", "Applying: contribution seen"
    MARK_COUNTS = "mark_counts", "Applying: contribution counts"
    MARK_NEEDS_WORK = "mark_needs_work", "Applying: contribution needs work"
    ELIGIBLE = "eligible", "Applying: eligible, after a doubt"
    INELIGIBLE = "ineligible", "Applying: not eligible, after a doubt"
    EXTENSION_GRANTED = "extension_granted", "Applying: more time"
    EXTENSION_REVOKED = "extension_revoked", "Applying: more time taken back"
    PROJECT_WITHDRAWN = "project_withdrawn", "Applying: project withdrawn, to who applied"
    PROJECT_WITHDRAWN_BEGUN = "project_withdrawn_begun", "Applying: project withdrawn, to who only began"
    REMINDER = "reminder", "Reminder: not submitted yet"
    REMINDER_CONTRIBUTION = "reminder_contribution", "Reminder: no contribution yet"
    REMINDER_OFFER = "reminder_offer", "Reminder: a place waits for an answer"
    DUE_INITIAL = "due_initial", "Coordinators remind: initial applications not submitted"
    DUE_DRAFTS = "due_drafts", "Coordinators remind: applications not submitted"
    DUE_CONTRIBUTIONS = "due_contributions", "Coordinators remind: no contribution yet"
    DUE_MARKS = "due_marks", "Coordinators remind: mentors, of contributions to look at"
    DUE_RATINGS = "due_ratings", "Coordinators remind: mentors, of applications to rate"
    DUE_UNDECIDED = "due_undecided", "Coordinators remind: coordinators, of applications to decide"
    RESULT_ACCEPTED = "result_accepted", "Result: accepted"
    RESULT_WAITING = "result_waiting", "Result: on the waiting list"
    RESULT_NOT_ACCEPTED = "result_not_accepted", "Result: not accepted"
    RESULT_NOT_CONSIDERED = "result_not_considered", "Result: not considered"
    PLACE_CAME_FREE = "place_came_free", "Place: came free for who waited"
    PLACE_EXTENDED = "place_extended", "Place: more time to answer"
    PLACE_CONFIRMED = "place_confirmed", "Place: taken"
    PLACE_DECLINED = "place_declined", "Place: declined"
    PLACE_LAPSED = "place_lapsed", "Place: not answered in time"
    REPLY_CONTRIBUTED = "reply_contributed", "Reply: she contributed"
    REPLY_NEEDS_WORK = "reply_needs_work", "Reply: what she contributed needs work"
    REPLY_NOT_LINKED = "reply_not_linked", "Reply: she began, and recorded no link"
    REPLY_WRONG_PROJECT = "reply_wrong_project", "Reply: she contributed to another project"
    REPLY_NOTHING_YET = "reply_nothing_yet", "Reply: she did not contribute yet"
    REPLY_NOT_APPLIED = "reply_not_applied", "Reply: no application is submitted"
    REPLY_COMMITMENTS = "reply_commitments", "Reply: other commitments take her time"
    REPLY_TOOK_PART = "reply_took_part", "Reply: she took part before"
    REPLY_GSOC = "reply_gsoc", "Reply: she applies to Google Summer of Code too"

    @property
    def group(self) -> str:
        return self.label.partition(": ")[0]

    @property
    def about(self) -> str:
        return self.label.partition(": ")[2]

    @property
    def is_result(self) -> bool:
        return self.startswith("result_")

    @property
    def is_reply(self) -> bool:
        """A draft, or a part of one, that a mentor or coordinator edits and sends as a message."""
        return self.startswith("reply_")

    @property
    def topic(self) -> Topic:
        if self.startswith(("reminder", "due_")):
            return Topic.REMINDER
        return Topic.RESULT if self.startswith(("result_", "place_")) else Topic.APPLICATION

    @property
    def template(self) -> str:
        return f"{self}.txt"


@dataclass(frozen=True)
class Placeholder:
    """A fact that a text names by a dollar sign and a name."""

    name: str
    meaning: str
    example: str
    can_be_missing: bool = False  # then a paragraph that speaks of it is left out

    def __str__(self) -> str:
        return f"${self.name}"


@dataclass(frozen=True)
class Vocabulary:
    """The portal's own subject, what the letters of one kind have to say, and what else they can."""

    subject: str
    needed: list[Placeholder]
    others: list[Placeholder] = field(default_factory=list)

    @property
    def placeholders(self) -> list[Placeholder]:
        return [*self.needed, *self.others]

    @property
    def examples(self) -> dict[str, str]:
        return {one.name: one.example for one in self.placeholders}


_NAME = Placeholder("name", "the reader's name", "Maya Okafor")
_ROUND = Placeholder("round", "the round's name", "Round 7")
_PROJECT = Placeholder("project", "the title of the project", "VM snapshots")
_COMMUNITY = Placeholder("community", "the community's name", "Xen")
_LINK = Placeholder("link", "where to go on in the portal; alone in its paragraph it is a button", "https://…/apply/")
_WHOSE = [_NAME, _ROUND, _COMMUNITY]

_SUBMITTED_AT = Placeholder("submitted_at", "when it reached us", "November 10, 08:30 UTC (09:30 in Berlin)")
_CLOSES_AT = Placeholder("closes_at", "when applications close", "November 11, 19:00 UTC (20:00 in Berlin)")
_ANNOUNCED_AT = Placeholder("announcement_at", "when results are announced", "November 25, 19:00 UTC (20:00 in Berlin)")
_ANSWERS = Placeholder(
    "answers", "what she submitted, in paragraphs of its own", "Why this project? I boot it.", can_be_missing=True
)
_TITLE = Placeholder("title", "the title of her contribution", "Fix a typo")
_COMMENT = Placeholder("comment", "what the mentor wrote about it", "Well done. Add a test.", can_be_missing=True)
_REASON = Placeholder("reason", "what the coordinator wrote about it", "You study 20 hours a week at most.")
_WHAT = Placeholder("what", "for what she has the time", "contributions to Xen")
_UNTIL_AT = Placeholder("until_at", "until when", "November 14, 19:00 UTC (20:00 in Berlin)")
_NOW_UNTIL = Placeholder("closes_at", "her deadline from now on", "November 11, 19:00 UTC (20:00 in Berlin)")
_BECAUSE = Placeholder("because", "why it was withdrawn, as its coordinators said it", "Its mentor is ill.")
_ELSEWHERE_UNTIL = Placeholder(
    "until_at", "until when she can go on at another project, while there is time", "November 18, 19:00 UTC", True
)

_DEADLINE = Placeholder("deadline", "her deadline, in UTC and her time", "November 11, 19:00 UTC (20:00 in Berlin)")
_SELECTION = Placeholder("deadline", "when selection closes", "November 21, 19:00 UTC (20:00 in Berlin)")
_HOUR = Placeholder("deadline", "when results are announced", "November 25, 19:00 UTC (20:00 in Berlin)")
_ABOUT = Placeholder("about", "the projects it is about", "“VM snapshots”, “Testing NetBSD”")
_COMMUNITIES = Placeholder("about", "the communities it is about", "“Xen”")

_CONTRIBUTED = Placeholder(
    "contributed", "what she contributed, by its titles", "“Fix a typo”, “Test the driver”", can_be_missing=True
)
_UPCOMING = Placeholder("upcoming", "the next round's name", "Round 8", can_be_missing=True)
_UPCOMING_OPENS_AT = Placeholder(
    "upcoming_opens_at", "when it opens, in UTC and her time", "April 1, 19:00 UTC (20:00 in Berlin)", True
)
_STARTS_ON = Placeholder("starts_on", "the internship's first day", "December 10")
_ENDS_ON = Placeholder("ends_on", "the internship's last day", "March 10")
_ANSWER_BY = Placeholder("answer_by_at", "until when she can take her place", "December 2, 19:00 UTC (20:00 in Berlin)")
_RESULT = [*_WHOSE, _STARTS_ON, _CONTRIBUTED, _UPCOMING, _UPCOMING_OPENS_AT]
_PLACE = [*_WHOSE, _STARTS_ON, _ENDS_ON]

_CONTRIBUTE_BY = Placeholder(
    "contribute_by", "the deadline for contributions, until it has passed", "November 11, 19:00 UTC", True
)
_APPLY_BY = Placeholder("apply_by", "the deadline for applications, until it has passed", "November 9, 19:00 UTC", True)
_ELSEWHERE = Placeholder("elsewhere", "the projects for which she recorded contributions", "“Testing NetBSD”")
_TASK = Placeholder("task", "the starter task that she holds", "Mend the typo in the manual", can_be_missing=True)
_FREE_HOURS = Placeholder("free_hours", "the hours a week that her other commitments leave, on average", "12")
_RECORDED = Placeholder("contributed", "what she recorded for the project, by its titles", "“Fix a typo”, “Test it”")

_MARK = Vocabulary("A mentor looked at your contribution", [_TITLE, _LINK], [*_WHOSE, _PROJECT, _COMMENT])
_ELIGIBILITY = Vocabulary("Your initial application", [_REASON, _LINK], [_NAME, _ROUND])
_WITHDRAWN = Vocabulary("A project was withdrawn", [_PROJECT, _BECAUSE, _LINK], [*_WHOSE, _ELSEWHERE_UNTIL])

VOCABULARY: dict[Kind, Vocabulary] = {
    Kind.APPLICATION_SUBMITTED: Vocabulary(
        "We have your application", [_PROJECT, _SUBMITTED_AT, _LINK], [*_WHOSE, _CLOSES_AT, _ANNOUNCED_AT, _ANSWERS]
    ),
    Kind.MARK_SEEN: _MARK,
    Kind.MARK_COUNTS: _MARK,
    Kind.MARK_NEEDS_WORK: _MARK,
    Kind.ELIGIBLE: _ELIGIBILITY,
    Kind.INELIGIBLE: _ELIGIBILITY,
    Kind.EXTENSION_GRANTED: Vocabulary("You have more time", [_WHAT, _UNTIL_AT, _LINK], [_NAME, _ROUND]),
    Kind.EXTENSION_REVOKED: Vocabulary("Your deadline has changed", [_WHAT, _NOW_UNTIL, _LINK], [_NAME, _ROUND]),
    Kind.PROJECT_WITHDRAWN: _WITHDRAWN,
    Kind.PROJECT_WITHDRAWN_BEGUN: _WITHDRAWN,
    Kind.REMINDER: Vocabulary("Your application is not submitted yet", [_PROJECT, _DEADLINE, _LINK], _WHOSE),
    Kind.REMINDER_CONTRIBUTION: Vocabulary(
        "Your application has no contribution yet", [_PROJECT, _DEADLINE, _LINK], _WHOSE
    ),
    Kind.REMINDER_OFFER: Vocabulary("Your place waits for your answer", [_PROJECT, _ANSWER_BY, _LINK], _PLACE),
    Kind.DUE_INITIAL: Vocabulary("Your initial application is not submitted yet", [_DEADLINE, _LINK], [_NAME, _ROUND]),
    Kind.DUE_DRAFTS: Vocabulary("What you began is not submitted yet", [_ABOUT, _DEADLINE, _LINK], [_NAME, _ROUND]),
    Kind.DUE_CONTRIBUTIONS: Vocabulary(
        "Your application needs a contribution", [_ABOUT, _DEADLINE, _LINK], [_NAME, _ROUND]
    ),
    Kind.DUE_MARKS: Vocabulary("Contributions wait for your word", [_ABOUT, _SELECTION, _LINK], [_NAME, _ROUND]),
    Kind.DUE_RATINGS: Vocabulary("Applications wait for your rating", [_ABOUT, _SELECTION, _LINK], [_NAME, _ROUND]),
    Kind.DUE_UNDECIDED: Vocabulary("Applications wait for a decision", [_COMMUNITIES, _HOUR, _LINK], [_NAME, _ROUND]),
    Kind.RESULT_ACCEPTED: Vocabulary("Your result", [_PROJECT, _ANSWER_BY, _LINK], _RESULT),
    Kind.RESULT_WAITING: Vocabulary("Your result", [_PROJECT, _LINK], _RESULT),
    Kind.RESULT_NOT_ACCEPTED: Vocabulary("Your result", [_PROJECT, _LINK], _RESULT),
    Kind.RESULT_NOT_CONSIDERED: Vocabulary("Your result", [_PROJECT, _LINK], _RESULT),
    Kind.PLACE_CAME_FREE: Vocabulary("A place has come free for you", [_PROJECT, _ANSWER_BY, _LINK], _PLACE),
    Kind.PLACE_EXTENDED: Vocabulary("Your offer stays open longer", [_PROJECT, _ANSWER_BY, _LINK], _PLACE),
    Kind.PLACE_CONFIRMED: Vocabulary("You take the place", [_PROJECT, _LINK], _PLACE),
    Kind.PLACE_DECLINED: Vocabulary("You leave your place to somebody else", [_PROJECT, _LINK], _PLACE),
    Kind.PLACE_LAPSED: Vocabulary("Your offer has ended", [_PROJECT, _LINK], [*_PLACE, _ANSWER_BY]),
    Kind.REPLY_CONTRIBUTED: Vocabulary("", [_PROJECT], [*_WHOSE, _RECORDED]),
    Kind.REPLY_NEEDS_WORK: Vocabulary("", [_PROJECT], [*_WHOSE, _RECORDED, _CONTRIBUTE_BY]),
    Kind.REPLY_NOT_LINKED: Vocabulary("", [_PROJECT, _LINK], [*_WHOSE, _TASK, _CONTRIBUTE_BY]),
    Kind.REPLY_WRONG_PROJECT: Vocabulary("", [_PROJECT, _ELSEWHERE], [*_WHOSE, _LINK, _CONTRIBUTE_BY]),
    Kind.REPLY_NOTHING_YET: Vocabulary("", [_PROJECT, _LINK], [*_WHOSE, _CONTRIBUTE_BY]),
    Kind.REPLY_NOT_APPLIED: Vocabulary("", [_PROJECT, _LINK], [*_WHOSE, _APPLY_BY]),
    Kind.REPLY_COMMITMENTS: Vocabulary("", [_FREE_HOURS], _WHOSE),
    Kind.REPLY_TOOK_PART: Vocabulary("", [], _WHOSE),
    Kind.REPLY_GSOC: Vocabulary("", [], _WHOSE),
}
