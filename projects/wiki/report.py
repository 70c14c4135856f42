"""The page as plain data, for ``import_ideas --json`` and for what an idea keeps of its import."""

from typing import Any

from projects.wiki.page import WikiIdea, WikiMentor, WikiPage, WikiPoint


def as_json(page: WikiPage) -> dict[str, Any]:
    """The page in the form of the command's JSON; what is known of an idea only here, slug and status, comes later."""
    return {"ideas": [_idea(idea) for idea in page.ideas], "unplaced": list(page.unplaced)}


def _idea(idea: WikiIdea) -> dict[str, Any]:
    return {
        "title": idea.title,
        "mentors": [_mentor(mentor) for mentor in idea.mentors],
        "difficulty": list(idea.difficulty) if idea.difficulty else None,
        "inserted_on": idea.inserted_on.isoformat() if idea.inserted_on else None,
        "verified_on": idea.verified_on.isoformat() if idea.verified_on else None,
        "gsoc": idea.gsoc,
        "skills": idea.skills,
        "description": idea.description,
        "outcomes": idea.outcomes,
        "steps": idea.steps,
        "references": idea.references,
        "points": [_point(point) for point in idea.points],
        "missing": list(idea.missing),
        "doubtful": list(idea.doubtful),
    }


def _mentor(mentor: WikiMentor) -> dict[str, str]:
    return {"name": mentor.name, "email": mentor.email, "remark": mentor.remark}


def _point(point: WikiPoint) -> dict[str, Any]:
    return {
        "author": point.author,
        "at": point.at.isoformat() if point.at else None,
        "section": point.section,
        "body": point.body,
        "replies": [_point(reply) for reply in point.replies],
    }
