"""What happens on the applicants' side."""

from applications.actions.another_project import move_contribution, move_to_another
from applications.actions.answering import (
    confirm_offer,
    decline_offer,
    end_offer,
    give_time_to_answer,
    lapse_offer,
)
from applications.actions.applying import save_application, submit_application, withdraw_application
from applications.actions.asking import add_question, edit_question, move_question, remove_question
from applications.actions.claiming import claim_starter_task
from applications.actions.closing import withdraw_listing
from applications.actions.contributing import (
    RecordedBefore,
    delete_contribution,
    mark_contribution,
    record_contribution,
)
from applications.actions.deciding import decide_eligibility, purge_answers
from applications.actions.drafts import Stale
from applications.actions.extending import give_more_time, take_time_back
from applications.actions.initial import save_initial_application, submit_initial_application
from applications.actions.looking_up import look_up_due_links
from applications.actions.messaging import write_message
from applications.actions.ordering import move_application
from applications.actions.planning import plan_round, reschedule
from applications.actions.recusing import step_back
from applications.actions.reminding import renew_calendar, set_reminders, write_due_reminders

__all__ = [
    "RecordedBefore",
    "Stale",
    "add_question",
    "claim_starter_task",
    "confirm_offer",
    "decide_eligibility",
    "decline_offer",
    "delete_contribution",
    "edit_question",
    "end_offer",
    "give_more_time",
    "give_time_to_answer",
    "lapse_offer",
    "look_up_due_links",
    "mark_contribution",
    "move_application",
    "move_contribution",
    "move_question",
    "move_to_another",
    "plan_round",
    "purge_answers",
    "record_contribution",
    "remove_question",
    "renew_calendar",
    "reschedule",
    "save_application",
    "save_initial_application",
    "set_reminders",
    "step_back",
    "submit_application",
    "submit_initial_application",
    "take_time_back",
    "withdraw_application",
    "withdraw_listing",
    "write_due_reminders",
    "write_message",
]
