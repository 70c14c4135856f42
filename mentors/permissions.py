"""Who may do what on the mentors' side: section 4 of the design.

All of it begins with what one may see (``Application.objects.seen_by_reviewers``): nobody acts on an applicant she
stepped back from, on herself, or in a round in which she applies.
"""

from collections.abc import Iterable

from applications.models import Application, rounds_applied_in
from mentors.models import Rating, Seal, Selection, WaitingPlace
from opw.accounts.models import User
from opw.communities.permissions import may_run
from opw.rounds.models import Participation, Round
from opw.rounds.permissions import may_run_rounds
from projects.models import Listing


def applies_in(user: User, round: Round) -> bool:
    """Whether she has a live application of her own in this round."""
    return round.pk in rounds_applied_in(user)


def may_see_listing(user: User, listing: Listing) -> bool:
    """Its mentors and coordinators, except who applies in the round."""
    return (listing.project.is_mentored_by(user) or may_run(user, listing.community)) and not applies_in(
        user, listing.round
    )


def may_review(user: User, application: Application) -> bool:
    """Read: whoever sees the application as a mentor or coordinator."""
    return Application.objects.seen_by_reviewers(user).filter(pk=application.pk).exists()


def may_deal_with(user: User, listing: Listing) -> bool:
    """Its mentors and its community's coordinators; the program's coordinators look on."""
    return listing.project.is_mentored_by(user) or listing.community.is_coordinated_by(user)


def may_comment(user: User, application: Application) -> bool:
    """Its mentors and its community's coordinators, unless recused."""
    return may_deal_with(user, application.listing) and may_review(user, application)


def may_propose(user: User, application: Application) -> bool:
    """Its mentors and its community's coordinators, unless recused."""
    return may_deal_with(user, application.listing) and may_review(user, application)


def may_rate(user: User, application: Application) -> bool:
    """Rate it, and place it in one's order: a mentor of the project; coordinators read and comment."""
    return application.listing.project.is_mentored_by(user) and may_review(user, application)


def may_give_order(user: User, listing: Listing) -> bool:
    """A mentor of the project, who does not apply in the round."""
    return listing.project.is_mentored_by(user) and may_see_listing(user, listing)


def may_see_ratings(user: User, application: Application, ratings: Iterable[Rating]) -> bool:
    """Coordinators; a mentor once her own is among them."""
    return may_see_all_ratings(user, application.listing) or any(rating.mentor_id == user.pk for rating in ratings)


def may_see_all_ratings(user: User, listing: Listing) -> bool:
    """Ratings and orders: coordinators who do not mentor the project have none to give first."""
    return may_run(user, listing.community) and not listing.project.is_mentored_by(user)


def may_decide(user: User, application: Application) -> bool:
    """Put on the waiting list: a coordinator of the community or the program."""
    return may_run(user, application.community) and may_review(user, application)


def may_confirm(user: User, selection: Selection) -> bool:
    """A coordinator of the listing's community or of the program, unless recused from this applicant.

    Also of who has just withdrawn: the action says so.
    """
    on_the_table = Application.objects.on_the_table_of(user).filter(pk=selection.application_id)
    return may_run(user, selection.application.community) and on_the_table.exists()


def may_withdraw_selection(user: User, selection: Selection) -> bool:
    """A coordinator; the mentor who proposed it, until it is confirmed."""
    on_the_table = Application.objects.on_the_table_of(user).filter(pk=selection.application_id)
    return is_hers_to_take_back(user, selection) and on_the_table.exists()


def is_hers_to_take_back(user: User, selection: Selection) -> bool:
    """What remains to be asked of who sees the selection."""
    return may_run(user, selection.application.community) or (
        not selection.is_confirmed and selection.proposed_by_id == user.pk
    )


def may_change_waiting(user: User, place: WaitingPlace) -> bool:
    """A coordinator of the community or of the program, unless recused from this applicant."""
    on_the_table = Application.objects.on_the_table_of(user).filter(pk=place.application_id)
    return may_run(user, place.participation.community) and on_the_table.exists()


def may_decide_rest(user: User, listing: Listing) -> bool:
    """A coordinator of the community or the program, who does not apply in the round."""
    return may_run(user, listing.community) and not applies_in(user, listing.round)


def may_withdraw_listing(user: User, listing: Listing) -> bool:
    """A coordinator of the community or the program, who does not apply in the round."""
    return may_run(user, listing.community) and not applies_in(user, listing.round)


def may_see_selections(user: User, participation: Participation) -> bool:
    """The coordinators of the community and of the program, except who applies in the round."""
    return may_run(user, participation.community) and not applies_in(user, participation.round)


def may_see_at_a_glance(user: User, round: Round, run_by_her: Iterable[Participation]) -> bool:
    """Program coordinators, and who runs a community in the round; never who applies in it."""
    return (may_run_rounds(user) or bool(list(run_by_her))) and not applies_in(user, round)


def may_approve(user: User, seal: Seal) -> bool:
    """Who may seal and did not: two people look at what is announced."""
    return may_seal(user, seal.round) and user.pk != seal.sealed_by_id


def may_fund(user: User, round: Round) -> bool:
    """Add, take away and move slots: program coordinators who do not apply in the round."""
    return may_seal(user, round)


def may_see_offers(user: User, round: Round) -> bool:
    """See offers, give time to answer, and end a place: program coordinators who do not apply in the round."""
    return may_seal(user, round)


def may_settle(user: User, round: Round) -> bool:
    """Program coordinators who do not apply in the round; which conflicts, ``read_by`` says."""
    return may_seal(user, round)


def may_seal(user: User, round: Round) -> bool:
    """Program coordinators who do not apply in the round."""
    return may_run_rounds(user) and not applies_in(user, round)
