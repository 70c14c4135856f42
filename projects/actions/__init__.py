"""What happens to ideas, in their review, and in a round."""

from projects.actions.archiving import archive_idea, copy_idea, take_out_of_archive
from projects.actions.ideas import Stale, edit_idea, propose_idea, publish_idea, withdraw_idea
from projects.actions.listings import carry_over, close_to_newcomers, end_participation, list_project, withdraw_listing
from projects.actions.looking_up import look_up_due_references
from projects.actions.mentoring import (
    accept_invitation,
    claim_mentorship,
    confirm_mentor,
    end_mentorship,
    invite_mentor,
    offer_to_mentor,
    step_back_from_mentoring,
)
from projects.actions.review import answer_point, approve_idea, open_point, resolve_point, verify_idea
from projects.actions.tasks import (
    claim_task,
    edit_task,
    finish_task,
    give_back_task,
    offer_task,
    release_task,
    renew_claim,
    reopen_task,
    retire_task,
)
from projects.actions.writing import OtherWindow, discard_draft, keep_draft, save_part

__all__ = [
    "OtherWindow",
    "Stale",
    "accept_invitation",
    "answer_point",
    "approve_idea",
    "archive_idea",
    "carry_over",
    "claim_mentorship",
    "claim_task",
    "close_to_newcomers",
    "confirm_mentor",
    "copy_idea",
    "discard_draft",
    "edit_idea",
    "edit_task",
    "end_mentorship",
    "end_participation",
    "finish_task",
    "give_back_task",
    "invite_mentor",
    "keep_draft",
    "list_project",
    "look_up_due_references",
    "offer_task",
    "offer_to_mentor",
    "open_point",
    "propose_idea",
    "publish_idea",
    "release_task",
    "renew_claim",
    "reopen_task",
    "resolve_point",
    "retire_task",
    "save_part",
    "step_back_from_mentoring",
    "take_out_of_archive",
    "verify_idea",
    "withdraw_idea",
    "withdraw_listing",
]
