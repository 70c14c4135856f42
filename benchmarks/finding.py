"""Finding a project, measured: queries, server time and bytes of each page, as a visitor gets it.

The time is the portal's own, from the request to the whole answer, without a web server and a wire around it.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from benchmarks.filling import fill
from opw import urls
from opw.accounts.models import User
from projects.models import Project

TIMES = 60
WARM_UP = 5
DATABASE = "opw_benchmark"
COLUMNS = ["page", "queries", "median", "95 of 100 within", "work", "Postgres", "kept", "bytes", "compressed"]
# Pages name their files by plain names: nothing has to be collected first.
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@dataclass(frozen=True)
class Measure:
    """What one page costs: its time, the work of the portal's process and of Postgres in it, and its time where it is
    kept. Of the work the least is shown: what others do on the machine only ever adds to it."""

    page: str
    queries: int
    milliseconds: list[float]
    work: list[float]
    postgres: list[float]
    kept: list[float]
    length: int
    compressed: int

    def __str__(self) -> str:
        slow = quantiles(self.milliseconds, n=20)[-1]
        times = f"{median(self.milliseconds):.1f} ms | {slow:.1f} ms"
        work = f"{min(self.work):.1f} ms | {min(self.postgres):.1f} ms"
        kept = f"{median(self.kept):.2f} ms" if self.kept else "-"
        return f"| {self.page} | {self.queries} | {times} | {work} | {kept} | {self.length:,} | {self.compressed:,} |"


def measure(page: str, address: str, reader: User | None = None) -> Measure:
    """Ask for a page many times."""
    client = Client()
    if reader:
        client.force_login(reader)
    for _ in range(WARM_UP):
        client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)  # the next request forgets them
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    made, work, postgres = _costs(client, address)
    with override_settings(VISITORS_PAGES_KEPT_FOR=600):
        kept = _costs(client, address)[0] if reader is None and "?" not in address else []
    return Measure(page, queries, made, work, postgres, kept, len(answer.content), len(gzip.compress(answer.content)))


def _costs(client: Client, address: str) -> list[list[float]]:
    """How many milliseconds each of many requests took: in all, of the portal's process, and of Postgres."""
    clocks = [perf_counter, process_time, _postgres_time]
    costs = []
    for _ in range(TIMES):
        began = [clock() for clock in clocks]
        client.get(address)
        costs.append([(clock() - since) * 1000 for clock, since in zip(clocks, began, strict=True)])
    return [list(cost) for cost in zip(*costs, strict=True)]


def _postgres_time() -> float:
    """The processor time of the server's process behind this connection; it runs on this machine."""
    process: int = connection.connection.info.backend_pid
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1_000_000_000


@login_not_required
@never_cache
def constant(request: HttpRequest) -> HttpResponse:
    """What Django and its middleware take for any page: 20 kB that ask for nothing."""
    return HttpResponse("." * 20_000)


urlpatterns = [*urls.urlpatterns, path("constant/", constant)]


def addresses() -> dict[str, str]:
    """The pages on the way to a project."""
    found, ideas = reverse("projects:list"), reverse("projects:ideas")
    return {
        "the list, 200 projects": found,
        "its last page": f"{found}?page=8",
        "a search": f"{found}?q=virtualization",
        "a search with a typing error": f"{found}?q=virtulization",
        "three filters": f"{found}?difficulty=1&skill=Skill+1&open=true",
        "nothing found": f"{found}?q=virtualization&skill=Skill+1&skill=Skill+2&gsoc=true",
        "a project": reverse("projects:detail", args=["community-1", "project-1"]),
        "2,000 ideas": ideas,
        "a community with its board": reverse("communities:detail", args=["community-1"]),
        "a constant page": "/constant/",
    }


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """An empty database beside the portal's, dropped afterwards."""
    portals = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(portals, verbosity=0)


def main() -> None:
    """Fill the database, measure every page, and print the table of docs/performance.md."""
    there = {"ALLOWED_HOSTS": ["testserver"], "STORAGES": settings.STORAGES | PLAIN_FILES, "ROOT_URLCONF": __name__}
    with override_settings(**there, VISITORS_PAGES_KEPT_FOR=0), database_of_its_own():
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
        for page, address in addresses().items():
            print(measure(page, address))
        mentor = Project.objects.get(slug="project-1").confirmed_mentors[0].user
        for page in ("the list, 200 projects", "a project"):
            print(measure(f"{page}, to a mentor", addresses()[page], mentor))
