"""Asking forges how the work behind a link stands. Found by looking for what is due; nothing is queued ahead.

No person acts here and nothing of ours is decided, so there is no event in the audit trail.
"""

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import CharField, F, Func, Q, QuerySet, Value

from applications.links.states import Found, found_in
from applications.models import Contribution
from opw.fetch import AskedLately, Fetcher, NotFetched, may_be_asked_now

LOOK_AGAIN_AFTER = timedelta(days=1)
AT_MOST = 10.0  # seconds in which one sweep begins new requests; the worker has more to do

logger = logging.getLogger(__name__)


def look_up_due_links(*, fetcher: Fetcher, now: datetime) -> None:
    """Ask about one due link of each host, those of hosts that were asked a moment ago apart."""
    fetcher = replace(fetcher, may_ask=may_be_asked_now)
    ends_at = time.monotonic() + AT_MOST
    for contribution in sorted(_due(now), key=lambda one: (one.looked_up_at is not None, one.looked_up_at, one.pk)):
        if time.monotonic() >= ends_at:
            return
        found = _ask(contribution, fetcher)
        if found is not None:
            Contribution.objects.filter(pk=contribution.pk).update(
                link_state=found.state or contribution.link_state,
                link_title=found.title or contribution.link_title,
                looked_up_at=now,
            )


def _due(now: datetime) -> QuerySet[Contribution]:
    """The link of each host that has waited longest, in rounds that are not announced; what is merged stays so."""
    netloc = Func(F("url"), Value("/"), Value(3), function="split_part", output_field=CharField())
    waiting = Q(looked_up_at__isnull=True) | Q(looked_up_at__lte=now - LOOK_AGAIN_AFTER)
    return (
        Contribution.objects.filter(waiting, round__released_at__isnull=True)
        .exclude(link_state=Contribution.LinkState.MERGED)
        .annotate(netloc=netloc)
        .order_by("netloc", F("looked_up_at").asc(nulls_first=True), "pk")
        .distinct("netloc")
    )


def _ask(contribution: Contribution, fetcher: Fetcher) -> Found | None:
    """What the other side says; nothing where its host was asked a moment ago, so that the link is still due."""
    try:
        return found_in(fetcher.get(contribution.link.api or contribution.url))
    except AskedLately:
        return None
    except NotFetched as failure:
        logger.info("Not looked up: %s", failure)
        return Found()
