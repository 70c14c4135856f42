"""Looking whether the links in ideas' references still lead somewhere. Found by looking for what is due.

No person acts here and nothing of ours is decided, so there is no event in the audit trail.
"""

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from opw.fetch import AskedLately, Fetcher, NoAnswer, NotFetched, may_be_asked_now
from projects.models import Project, Reference, links_in

LOOK_AGAIN_AFTER = timedelta(days=7)
SURE_AFTER = timedelta(days=1)  # a host may be down for a while: what failed is looked at once more, so much later
AT_MOST = 10.0  # seconds in which one sweep begins new requests; the worker has more to do

logger = logging.getLogger(__name__)


def look_up_due_references(*, fetcher: Fetcher, now: datetime) -> None:
    """Look at one due link of each host, those of hosts that were asked a moment ago apart."""
    fetcher = replace(fetcher, may_ask=may_be_asked_now)
    ends_at = time.monotonic() + AT_MOST
    for project, url, known in _due(now):
        if time.monotonic() >= ends_at:
            return
        try:
            found = _found(url, fetcher, known, now)
        except AskedLately:
            continue
        Reference.objects.update_or_create(project_id=project, url=url, defaults={"checked_at": now} | found)


def _due(now: datetime) -> list[tuple[int, str, Reference | None]]:
    """The link of each host that has waited longest, with what is known of it; what no idea names is forgotten."""
    put_away = [Project.State.DRAFT, Project.State.ARCHIVED, Project.State.WITHDRAWN]
    texts = Project.objects.exclude(state__in=put_away).order_by("pk").values_list("pk", "references")
    known = {(one.project_id, one.url): one for one in Reference.objects.all()}
    named = [(project, url, known.pop((project, url), None)) for project, text in texts for url in links_in(text)]
    Reference.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
    waiting = [one for one in named if one[2] is None or _is_due(one[2], now)]
    waiting.sort(key=lambda one: (one[2] is not None, one[2] and one[2].checked_at))
    by_host: dict[str, tuple[int, str, Reference | None]] = {}
    for one in waiting:
        by_host.setdefault(urlsplit(one[1]).netloc.lower(), one)
    return list(by_host.values())


def _is_due(known: Reference, now: datetime) -> bool:
    is_in_doubt = known.failing_since is not None and not known.is_dead
    return now - known.checked_at >= (SURE_AFTER if is_in_doubt else LOOK_AGAIN_AFTER)


def _found(url: str, fetcher: Fetcher, known: Reference | None, now: datetime) -> dict[str, object]:
    """How the link is now. Raises AskedLately, so that it is still due.

    Dead is what the host says is not there, and what fails on two days. A host that keeps us out proves nothing, and
    neither does an address that the portal does not go to.
    """
    try:
        status = fetcher.get(url).status
        is_gone, failed = status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE), status >= HTTPStatus.INTERNAL_SERVER_ERROR
    except AskedLately:
        raise
    except NotFetched as failure:
        logger.info("Not looked up: %s", failure)
        is_gone, failed = False, isinstance(failure, NoAnswer)
    if not (is_gone or failed):
        return {"failing_since": None, "is_dead": False}
    since = (known and known.failing_since) or now
    return {"failing_since": since, "is_dead": is_gone or now - since >= SURE_AFTER}
