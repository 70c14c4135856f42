"""Who mentors a project: offers, invitations, names from a wiki that are claimed, and stepping back.

A person mentors once she herself has said that she will, and somebody who may let her in has said so, too. For her own
offer, and for a name that she claims, that is a coordinator of the community. A mentor was let in before she invites
another, and gives no right that she does not have: so whoever accepts an invitation is a mentor at once, whoever sent
it. The coordinators are told of each, and can end a mentorship.

Deeds that change who mentors lock the project's row first: of two at once, the second sees what the first did.
"""

from django.db import transaction
from django.utils import timezone

from opw.accounts.actions import send_invitation, take_invitation
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects import emails
from projects.actions.promotion import promote_when_ready
from projects.models import DeclinedOffer, MentorInvitation, Mentorship, Project
from projects.permissions import may_invite_mentors


@transaction.atomic
def offer_to_mentor(*, project: Project, by: User) -> None:
    """Offer oneself as a mentor; a coordinator of the community confirms it.

    Raises Refused for a project that is put away, and for an offer that was declined.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    _refuse_put_away(project)
    if DeclinedOffer.objects.filter(project=project, user=by).exists():
        raise Refused("A coordinator declined your offer. If something has changed, ask to be invited.")
    mentorship, created = Mentorship.objects.get_or_create(project=project, user=by)
    if created:
        record("mentor_offered", mentorship, by=by)
        emails.tell_of_offer(mentorship)


@transaction.atomic
def confirm_mentor(*, mentorship: Mentorship, by: User) -> None:
    """Make an offer a mentorship. From then on the mentor sees what applicants send to this project.

    Raises Refused for an offer that was taken back; and for a mentor who is known by name only: nobody could see or
    answer anything for her.
    """
    standing = _locked(mentorship)
    if standing is None:
        raise Refused(f"{mentorship} took the offer back.")
    if standing.user is None:
        raise Refused(f"{mentorship} has no account here yet.")
    if _begin(standing, by=by):
        emails.tell_mentor_confirmed(standing)
        promote_when_ready(standing.project, by=by)


@transaction.atomic
def end_mentorship(*, mentorship: Mentorship, by: User, because: str = "") -> None:
    """Decline an offer, or end a mentorship; the person is told why. Nothing happens to one that is over.

    Raises Refused without a reason; a name from a wiki, which nobody has claimed, needs none.
    """
    standing, because = _locked(mentorship), because.strip()
    if standing is None:
        return
    if standing.user and not because:
        raise Refused("Say why; the person is told it by letter.")
    if standing.user and not standing.confirmed_at:
        DeclinedOffer.objects.create(project=standing.project, user=standing.user, because=because)
    emails.tell_mentorship_ended(standing, because)
    _end("mentorship_ended", standing, by=by)


@transaction.atomic
def step_back_from_mentoring(*, mentorship: Mentorship, by: User, because: str = "") -> None:
    """Mentor a project no longer, or take one's offer back. The project and its listings stay as they are."""
    standing = _locked(mentorship)
    if standing is None:
        return
    if standing.confirmed_at:
        emails.tell_mentor_stepped_back(standing, because.strip())
    _end("mentor_stepped_back", standing, by=by)


@transaction.atomic
def invite_mentor(*, project: Project, by: User, email: str, name: str = "") -> None:
    """Ask somebody by letter to mentor a project; whoever was asked before and has not answered gets a new letter.

    Nothing here tells whether the address has an account, or who of it mentors already.

    Raises Refused for a project that is put away or not published yet.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    _refuse_put_away(project)
    invitation = MentorInvitation.objects.open().filter(project=project, email__iexact=email).first()
    send_invitation(
        invitation=invitation or MentorInvitation(project=project, email=email, name=name, invited_by=by), by=by
    )


@transaction.atomic
def accept_invitation(*, invitation: MentorInvitation, by: User) -> None:
    """Mentor a project that one was invited to, at once; a name that a wiki gave it with this address becomes hers.

    Raises Refused when the invitation has ended or is another's, and when who sent it has no such right any more.
    """
    project = Project.objects.select_for_update().get(pk=invitation.project_id)
    taken = take_invitation(invitation, by)
    if taken is None:
        return
    _refuse_put_away(project)
    if not may_invite_mentors(taken.invited_by, project):
        raise Refused(f"{taken.invited_by} can no longer invite you to this project. Ask its coordinators.")
    named = project.mentorships.filter(user=None, email__iexact=taken.email).first()
    mentorship = _claim(named, by) if named else Mentorship.objects.get_or_create(project=project, user=by)[0]
    if _begin(mentorship, by=by):
        DeclinedOffer.objects.filter(project=project, user=by).delete()
        emails.tell_mentor_joined(mentorship)
        promote_when_ready(project, by=by)


@transaction.atomic
def claim_mentorship(*, mentorship: Mentorship, by: User) -> None:
    """Say "that is me" of a name that a wiki gave with one's confirmed address; a coordinator confirms it.

    Raises Refused when somebody has claimed it.
    """
    standing = _locked(mentorship)
    if standing is None or standing.user not in (None, by):
        raise Refused("Somebody has claimed this name already.")
    if standing.user is None:
        standing = _claim(standing, by)
        record("mentorship_claimed", standing, by=by)
        if not standing.confirmed_at:
            emails.tell_of_offer(standing)


def _locked(mentorship: Mentorship) -> Mentorship | None:
    """The mentorship as it stands, its project's row locked; None when it is over."""
    project = Project.objects.select_for_update(of=["self"]).select_related("community").get(pk=mentorship.project_id)
    return project.mentorships.select_related("user").filter(pk=mentorship.pk).first()


def _end(deed: str, mentorship: Mentorship, *, by: User) -> None:
    record(deed, mentorship, by=by, before={"user": mentorship.user_id, "confirmed": bool(mentorship.confirmed_at)})
    mentorship.delete()


def _claim(named: Mentorship, person: User) -> Mentorship:
    """Give a name its account. The name and address stay with it, so that a later import knows it again."""
    offered = Mentorship.objects.filter(project=named.project_id, user=person).first()
    if offered is None:
        named.user = person
        named.save(update_fields=["user"])
        return named
    offered.name, offered.email, offered.remark = named.name, named.email, offered.remark or named.remark
    named.delete()
    offered.save(update_fields=["name", "email", "remark"])
    return offered


def _begin(mentorship: Mentorship, *, by: User) -> bool:
    """Confirm a mentorship; False if it was."""
    confirmed = Mentorship.objects.filter(pk=mentorship.pk, confirmed_at__isnull=True)
    if not confirmed.update(confirmed_at=timezone.now()):
        return False
    record("mentor_confirmed", mentorship, by=by)
    return True


def _refuse_put_away(project: Project) -> None:
    if not project.wants_mentors:
        raise Refused(f"This project is {project.get_state_display()}, so it needs no mentor now.")
