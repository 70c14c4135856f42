"""Both rounds come to their results: orders, proposals, slots, a conflict and its settling, seal and release."""

from collections.abc import Callable, Iterator
from datetime import datetime

from applications.actions import confirm_offer, decline_offer
from applications.models import Application, Offer
from mentors import actions
from mentors.models import Move, Selection, WaitingPlace
from opw.accounts.models import User
from opw.site.demo.proposing import COORDINATORS, IDEAS
from opw.site.demo.stage import Deed, Stage
from projects.models import Listing

Do = Callable[[datetime], object]


def decisions(stage: Stage) -> Iterator[Deed]:
    """What is decided in both rounds."""
    yield from _round_6(Table(stage, "round-6"))
    yield from _round_7(Table(stage, "round-7"))


class Table:
    """Where one round's mentors and coordinators sit: each method is a deed, done by the person whose it is."""

    def __init__(self, stage: Stage, round: str) -> None:
        self.stage = stage
        self.round = round

    def propose(self, applicant: str, idea: str, reasons: str) -> Do:
        """The project's first mentor proposes an applicant."""
        mentor = self.stage.people[IDEAS[idea].mentors[0]]
        return lambda at: actions.propose_selection(
            application=self._application(applicant, idea), by=mentor, reasons=reasons, at=at
        )

    def confirm(self, applicant: str, idea: str) -> Do:
        """The community's coordinator gives a slot."""
        return lambda at: actions.confirm_selection(
            selection=self._selection(applicant, idea), by=self._coordinator(idea), at=at
        )

    def settle(self, applicant: str, idea: str, reason: str) -> Do:
        """The program coordinator settles a conflict: this project keeps the applicant, with a slot."""

        def do(at: datetime) -> None:
            keep, by = self._selection(applicant, idea), self.stage.people["coordinator"]
            among = Selection.objects.live().filter(initial_application=keep.initial_application)
            why_not = actions.settle_conflict(keep=keep, among=list(among), by=by, reason=reason, at=at)
            assert not why_not, why_not

        return do

    def let_wait(self, applicant: str, idea: str, reason: str) -> Do:
        """The community's coordinator puts an applicant on the waiting list."""
        return lambda _at: actions.put_on_waiting_list(
            application=self._application(applicant, idea), by=self._coordinator(idea), reason=reason
        )

    def put_in_order(self, by: str, idea: str, *applicants: str, given: bool = True) -> Do:
        """A mentor's own order, the first one first."""
        mentor = self.stage.people[by]

        def do(at: datetime) -> None:
            for applicant in applicants:
                application = self._application(applicant, idea)
                actions.place_application(application=application, by=mentor, move=Move.LAST)
            if given:
                actions.give_order(listing=self.stage.listing(self.round, idea), by=mentor, at=at)

        return do

    def let_wait_before(self, applicant: str, idea: str, other: str, others_idea: str) -> Do:
        """The community's coordinator changes the order of the waiting list."""
        return lambda _at: actions.let_wait_before(
            place=self._place(applicant, idea), other=self._place(other, others_idea), by=self._coordinator(idea)
        )

    def take_off(self, applicant: str, idea: str, reason: str) -> Do:
        """The community's coordinator takes a place on the waiting list back."""
        return lambda _at: actions.take_off_waiting_list(
            place=self._place(applicant, idea), by=self._coordinator(idea), reason=reason
        )

    def comment(self, by: str, applicant: str, idea: str, body: str) -> Do:
        """Words among mentors and coordinators."""
        return lambda at: actions.comment(
            application=self._application(applicant, idea), by=self.stage.people[by], body=body, at=at
        )

    def decline_rest(self, _at: datetime) -> None:
        """Every listing's coordinator decides about those who were neither selected nor put on the waiting list."""
        for listing in Listing.objects.with_round().filter(participation__round__slug=self.round):
            actions.decline_rest(listing=listing, by=self.stage.people[COORDINATORS[listing.community.slug]])

    def seal(self, at: datetime) -> None:
        """The program coordinator seals the results."""
        actions.seal_results(round=self.stage.round(self.round), by=self.stage.people["coordinator"], at=at)

    def release(self, at: datetime) -> None:
        """The announcement hour comes."""
        released = actions.release_results(round=self.stage.round(self.round), now=at)
        assert released, f"the results of {self.round} were not released"

    def take_place(self, applicant: str, idea: str) -> Do:
        """She takes the place that she is offered."""
        return lambda at: confirm_offer(
            offer=self._offer(applicant, idea), by=self.stage.people[applicant], received_at=at
        )

    def decline_place(self, applicant: str, idea: str, reason: str) -> Do:
        """She declines it, and the scheduled job finds who waits."""

        def do(at: datetime) -> None:
            offer = self._offer(applicant, idea)
            decline_offer(offer=offer, by=self.stage.people[applicant], received_at=at, reason=reason)
            actions.pass_on_free_places(now=at)

        return do

    def _offer(self, applicant: str, idea: str) -> Offer:
        return Offer.objects.get(application=self._application(applicant, idea))

    def _application(self, applicant: str, idea: str) -> Application:
        return self.stage.application(self.round, applicant, idea)

    def _selection(self, applicant: str, idea: str) -> Selection:
        return Selection.objects.get(application=self._application(applicant, idea))

    def _place(self, applicant: str, idea: str) -> WaitingPlace:
        return WaitingPlace.objects.get(application=self._application(applicant, idea))

    def _coordinator(self, idea: str) -> User:
        return self.stage.people[COORDINATORS[IDEAS[idea].community]]


def _round_6(table: Table) -> Iterator[Deed]:
    """The past round: three interns, and one applicant who tries again."""
    chosen = [
        ("intern1", "kerbs", "She will not stop before every test walk is right."),
        ("intern2", "valley", "Her hikers are our users."),
        ("intern3", "read-aloud", "A trained voice and a good ear, which none of us has."),
    ]
    for applicant, idea, reasons in chosen:
        yield Deed("2013-05-20 12:00", table.propose(applicant, idea, reasons))
        yield Deed("2013-05-22 12:00", table.confirm(applicant, idea))
    yield Deed("2013-05-23 12:00", table.decline_rest)
    yield Deed("2013-05-24 15:00", table.seal)
    yield Deed("2013-05-27 19:00", table.release)
    for applicant, idea, _ in chosen:
        yield Deed("2013-05-29 12:00", table.take_place(applicant, idea))


def _round_7(table: Table) -> Iterator[Deed]:
    """The demo round. What comes before November 15 is there in the selection phase, and the rest is left to do."""
    wanted_by_fernway = "She would design it for the people she walks with."
    wanted_by_xen = "If Xen had a second slot, it would be hers. I propose her so that we talk about it."
    yield Deed("2013-11-13 11:30", table.put_in_order("mentor2", "vnuma", "applicant9", given=False))
    yield Deed("2013-11-13 11:50", table.put_in_order("mentor1", "debian", "applicant8", "applicant4"))
    yield Deed("2013-11-13 14:45", table.put_in_order("mentor7", "debian", "applicant8"))
    yield Deed("2013-11-13 12:00", table.comment("mentor1", "applicant8", "debian", "My first choice, clearly."))
    yield Deed("2013-11-13 19:30", table.propose("applicant7", "night", wanted_by_fernway))
    yield Deed("2013-11-13 21:30", table.propose("applicant6", "footnotes", "She knows our readers, and Orca."))
    yield Deed("2013-11-14 07:30", table.propose("applicant7", "netbsd", wanted_by_xen))
    yield Deed("2013-11-14 07:45", table.propose("applicant8", "debian", "The best patches, and the best questions."))
    yield Deed("2013-11-14 09:00", table.comment("xen", "applicant7", "netbsd", "We have one slot. Fernway has two."))
    yield Deed("2013-11-14 10:00", table.confirm("applicant8", "debian"))
    yield Deed("2013-11-14 10:10", table.let_wait("applicant6", "ballooning", "Good; Quillstone wants her, too."))
    yield Deed("2013-11-14 10:15", table.let_wait("applicant9", "vnuma", "Strong. Ask her first if a slot comes free."))
    yield Deed("2013-11-14 10:20", table.let_wait_before("applicant9", "vnuma", "applicant6", "ballooning"))
    yield Deed("2013-11-20 14:00", table.confirm("applicant6", "footnotes"))
    yield Deed("2013-11-20 15:00", table.take_off("applicant6", "ballooning", "She is Quillstone's intern."))
    yield Deed("2013-11-21 08:00", table.settle("applicant7", "night", "Xen's one slot is taken; Fernway has two."))
    yield Deed("2013-11-21 18:00", table.decline_rest)
    yield Deed("2013-11-22 16:00", table.seal)
    yield Deed("2013-11-25 19:00", table.release)
    yield Deed("2013-11-26 08:30", table.take_place("applicant7", "night"))
    yield Deed("2013-11-26 17:00", table.decline_place("applicant8", "debian", "I found a job that begins soon."))
    yield Deed("2013-11-30 10:00", table.take_place("applicant6", "footnotes"))
    yield Deed("2013-12-01 16:00", table.take_place("applicant9", "vnuma"))
