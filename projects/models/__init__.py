"""What a project is: the idea and its mentors, its peer review, and where it is listed."""

from projects.models.drafts import IdeaDraft, Opened
from projects.models.idea import SECTIONS, Difficulty, Mentorship, Project, ProjectSkill, Skill, mentored_by
from projects.models.importing import BroughtPage
from projects.models.listing import Intern, Listing
from projects.models.mentoring import DeclinedOffer, MentorInvitation
from projects.models.references import Reference, links_in
from projects.models.review import Approval, PointReply, ReviewPoint
from projects.models.tasks import StarterTask

__all__ = [
    "SECTIONS",
    "Approval",
    "BroughtPage",
    "DeclinedOffer",
    "Difficulty",
    "IdeaDraft",
    "Intern",
    "Listing",
    "MentorInvitation",
    "Mentorship",
    "Opened",
    "PointReply",
    "Project",
    "ProjectSkill",
    "Reference",
    "ReviewPoint",
    "Skill",
    "StarterTask",
    "links_in",
    "mentored_by",
]
