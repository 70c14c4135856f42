"""What happens to ideas, in their review, and in a round."""

from projects.actions.ideas import confirm_mentor, edit_idea, offer_to_mentor, propose_idea, publish_idea, withdraw_idea
from projects.actions.listings import close_to_newcomers, list_project
from projects.actions.review import answer_point, approve_idea, open_point, resolve_point

__all__ = [
    "answer_point",
    "approve_idea",
    "close_to_newcomers",
    "confirm_mentor",
    "edit_idea",
    "list_project",
    "offer_to_mentor",
    "open_point",
    "propose_idea",
    "publish_idea",
    "resolve_point",
    "withdraw_idea",
]
