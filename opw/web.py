"""The web server's worker: a request arrived when it came in, not when a thread had time for it.

In the last minute before a deadline requests wait for one another; nobody is late because of that.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import local
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

RECEIVED_AT = "opw.received_at"  # no client can set it: what clients say begins with HTTP_


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn says no types
    """Gunicorn's worker with threads, which tells the portal when each request came to the front of its house."""

    moment = local()
    wsgi: Callable[..., Iterable[bytes]]

    def enqueue_req(self, conn: TConn) -> None:
        """The main thread has seen the request; one of the others will handle it."""
        conn.came_at = datetime.now(UTC)
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        self.moment.came_at = conn.came_at
        return super().handle_request(req, conn)

    def load_wsgi(self) -> None:
        super().load_wsgi()
        portal = self.wsgi

        def noted(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            return portal(environ | {RECEIVED_AT: self.moment.came_at}, start_response)

        self.wsgi = noted
