"""What happens on the mentors' side, and at the announcement."""

from mentors.actions.deciding import (
    confirm_selection,
    decline_rest,
    propose_selection,
    put_on_waiting_list,
    withdraw_selection,
)
from mentors.actions.release import release_due_rounds, release_results
from mentors.actions.reviewing import comment, note_reading, rate
from mentors.actions.sealing import seal_results
from mentors.actions.withdrawing import withdraw_listing

__all__ = [
    "comment",
    "confirm_selection",
    "decline_rest",
    "note_reading",
    "propose_selection",
    "put_on_waiting_list",
    "rate",
    "release_due_rounds",
    "release_results",
    "seal_results",
    "withdraw_listing",
    "withdraw_selection",
]
