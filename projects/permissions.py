"""Who may do what with ideas, their review and their listings: section 4 of the design."""

from opw.accounts.models import User
from opw.accounts.permissions import has_confirmed
from opw.communities.models import Community
from opw.communities.permissions import may_review_for, may_run
from opw.rounds.models import Participation
from projects.models import Listing, Mentorship, Project, ReviewPoint


def may_edit(user: User, project: Project) -> bool:
    """Its mentors, its proposer until it is reviewed, the coordinators of its community and of the program."""
    if project.proposed_by_id == user.pk and project.is_being_written:
        return True
    return project.is_mentored_by(user) or may_run(user, project.community)


def may_withdraw(user: User, project: Project) -> bool:
    """Its proposer, as long as it is not reviewed."""
    return project.proposed_by_id == user.pk and project.is_being_written


def may_open_point(user: User, project: Project) -> bool:
    """Everybody who is signed in, on an idea that is out of its draft."""
    return project.state != Project.State.DRAFT


def may_answer(user: User, point: ReviewPoint) -> bool:
    """Those who may edit the idea, and the author of the point."""
    return point.author_id == user.pk or may_edit(user, point.project)


def may_resolve(user: User, point: ReviewPoint) -> bool:
    """The point's author; a coordinator may too, and must say why."""
    return point.author_id == user.pk or may_run(user, point.project.community)


def may_approve(user: User, project: Project) -> bool:
    """A maintainer or coordinator of its community, never its proposer or one of its mentors."""
    if project.proposed_by_id == user.pk or project.has_offer_of(user):
        return False
    return may_review_for(user, project.community)


def may_verify(user: User, project: Project) -> bool:
    """Its mentors, and the coordinators who offer it again: they say that it is still wanted as it is written."""
    return project.is_mentored_by(user) or may_run(user, project.community)


def may_invite_mentors(user: User, project: Project) -> bool:
    """Its mentors, and the coordinators."""
    return project.is_mentored_by(user) or may_run(user, project.community)


def may_claim(user: User, mentorship: Mentorship) -> bool:
    """Who has confirmed the address that a wiki gave with this name."""
    return bool(mentorship.email) and has_confirmed(user, mentorship.email)


def may_confirm_mentors(user: User, project: Project) -> bool:
    """The coordinators of its community and of the program."""
    return may_run(user, project.community)


def may_list(user: User, project: Project) -> bool:
    """The coordinators of its community and of the program."""
    return may_run(user, project.community)


def may_offer(user: User, participation: Participation) -> bool:
    """Choose what a community offers in a round: its coordinators and the program's."""
    return may_run(user, participation.community)


def may_archive(user: User, project: Project) -> bool:
    """The coordinators of its community and of the program: they put it away, and take it out again."""
    return may_run(user, project.community)


def may_import(user: User, community: Community) -> bool:
    """The coordinators of the community and of the program."""
    return may_run(user, community)


def may_close_to_newcomers(user: User, listing: Listing) -> bool:
    """Its mentors, and the coordinators."""
    return listing.project.is_mentored_by(user) or may_run(user, listing.community)


def may_offer_tasks(user: User, project: Project) -> bool:
    """Its mentors and the coordinators: they offer, edit, release and retire its starter tasks."""
    return project.is_mentored_by(user) or may_run(user, project.community)
