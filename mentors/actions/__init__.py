"""What happens on the mentors' side, and at the announcement."""

from mentors.actions.breaking import break_changed_seals
from mentors.actions.deciding import (
    confirm_selection,
    decline_rest,
    propose_selection,
    take_rest_back,
    withdraw_selection,
)
from mentors.actions.ordering import give_order, place_application
from mentors.actions.places import end_place, give_time_to_answer, pass_on_free_places
from mentors.actions.release import release_due_rounds, release_results
from mentors.actions.reminding import remind
from mentors.actions.reviewing import comment, note_reading, rate
from mentors.actions.sealing import approve_seal, seal_results
from mentors.actions.settling import settle_conflict
from mentors.actions.slots import add_slot, move_slot, remove_slot
from mentors.actions.waiting import (
    let_wait_before,
    put_on_waiting_list,
    say_why_she_waits,
    take_off_waiting_list,
)
from mentors.actions.withdrawing import withdraw_listing

__all__ = [
    "add_slot",
    "approve_seal",
    "break_changed_seals",
    "comment",
    "confirm_selection",
    "decline_rest",
    "end_place",
    "give_order",
    "give_time_to_answer",
    "let_wait_before",
    "move_slot",
    "note_reading",
    "pass_on_free_places",
    "place_application",
    "propose_selection",
    "put_on_waiting_list",
    "rate",
    "release_due_rounds",
    "release_results",
    "remind",
    "remove_slot",
    "say_why_she_waits",
    "seal_results",
    "settle_conflict",
    "take_off_waiting_list",
    "take_rest_back",
    "withdraw_listing",
    "withdraw_selection",
]
