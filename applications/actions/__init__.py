"""What happens on the applicants' side."""

from applications.actions.applying import save_application, submit_application, withdraw_application
from applications.actions.claiming import claim_starter_task
from applications.actions.contributing import mark_contribution, record_contribution
from applications.actions.drafts import Stale
from applications.actions.initial import save_initial_application, submit_initial_application
from applications.actions.planning import plan_round
from applications.actions.recusing import step_back
from applications.actions.reminding import write_due_reminders

__all__ = [
    "Stale",
    "claim_starter_task",
    "mark_contribution",
    "plan_round",
    "record_contribution",
    "save_application",
    "save_initial_application",
    "step_back",
    "submit_application",
    "submit_initial_application",
    "withdraw_application",
    "write_due_reminders",
]
