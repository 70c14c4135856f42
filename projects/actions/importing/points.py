"""The comments of a page's peer review: each comes in once, under its author's name, matched to no account."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from projects.models import PointReply, Project, ReviewPoint
from projects.wiki import WikiPoint
from projects.wiki.page import Doubt

Comment = TypeVar("Comment", ReviewPoint, PointReply)


def import_points(project: Project, comments: list[WikiPoint], *, now: datetime, doubt: Doubt) -> int:
    """Add the comments and replies that are new, and say how many. Nothing is deleted, nor resolved."""
    keyed = _keyed(comments)
    here = list(project.points.select_related("author").prefetch_related("replies__author"))
    known = _known(here)
    for point in here:
        if point.import_key and not point.resolved_at and not any(known[key] == point for key in known if key in keyed):
            doubt(
                f"Peer review: the page no longer shows the point of {point.signature}; resolve it if it is addressed."
            )
    new = [
        ReviewPoint(project=project, section=comment.section, **_signed(key, comment, now), **_resolved(comment))
        for key, comment in keyed.items()
        if key not in known
    ]
    points = known | {point.import_key: point for point in ReviewPoint.objects.bulk_create(new)}
    replies = [reply for key, comment in keyed.items() for reply in _new_replies(points[key], comment, now)]
    PointReply.objects.bulk_create(replies)
    for reply in replies:
        _answer(reply)
    return len(new) + len(replies)


def _keyed(comments: Iterable[WikiPoint]) -> dict[str, WikiPoint]:
    """The comments by what they are recognised by: author, moment and words. The same said twice is two comments."""
    times: Counter[str] = Counter()
    keyed = {}
    for comment in comments:
        said = json.dumps([comment.author, comment.at.isoformat() if comment.at else "", comment.body.split()])
        times[said] += 1
        keyed[hashlib.sha256(f"{said}{times[said]}".encode()).hexdigest()] = comment
    return keyed


def _known(here: list[Comment]) -> dict[str, Comment]:
    """Those that are here, by what an import or an export of them is recognised by."""
    as_exported = _keyed([WikiPoint(one.name, one.at, "", one.body) for one in here])
    return dict(zip(as_exported, here, strict=True)) | {one.import_key: one for one in here if one.import_key}


def _new_replies(point: ReviewPoint, comment: WikiPoint, now: datetime) -> list[PointReply]:
    known = _known(list(point.replies.all())) if comment.replies else {}
    return [
        PointReply(point=point, **_signed(key, reply, now))
        for key, reply in _keyed(comment.replies).items()
        if key not in known
    ]


def _signed(key: str, comment: WikiPoint, now: datetime) -> dict[str, object]:
    return {"import_key": key, "author_name": comment.author, "body": comment.body, "at": comment.at or now}


def _resolved(comment: WikiPoint) -> dict[str, object]:
    """An export says what was resolved where it comes from; nobody's account is known there."""
    done = comment.resolved
    return {"resolved_at": done.at, "resolved_by_name": done.by, "resolved_because": done.because} if done else {}


def _answer(reply: PointReply) -> None:
    """A reply by somebody else than the point's author answers it."""
    point = reply.point
    is_own = reply.author_name.casefold() == point.author_name.casefold()
    if not is_own and (point.answered_at is None or point.answered_at < reply.at):
        point.answered_at = reply.at
        point.save(update_fields=["answered_at"])
