"""Finding a project, measured: queries, server time and bytes of each page, as a visitor gets it.

The time is the portal's own, from the request to the whole answer, without a web server and a wire around it.
"""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from benchmarks.filling import fill

TIMES = 60
WARM_UP = 5
DATABASE = "opw_benchmark"
# Pages name their files by plain names: nothing has to be collected first.
PLAIN_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@dataclass(frozen=True)
class Measure:
    """What one page costs."""

    page: str
    queries: int
    milliseconds: list[float]
    length: int
    compressed: int

    def __str__(self) -> str:
        slow = quantiles(self.milliseconds, n=20)[-1]
        times = f"{median(self.milliseconds):.1f} ms | {slow:.1f} ms"
        return f"| {self.page} | {self.queries} | {times} | {self.length:,} | {self.compressed:,} |"


def measure(page: str, address: str) -> Measure:
    """Ask for a page many times."""
    client = Client()
    for _ in range(WARM_UP):
        client.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)  # the next request forgets them
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    milliseconds = []
    for _ in range(TIMES):
        began = perf_counter()
        client.get(address)
        milliseconds.append((perf_counter() - began) * 1000)
    return Measure(page, queries, milliseconds, len(answer.content), len(gzip.compress(answer.content)))


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
    hosts, storages = ["testserver"], settings.STORAGES | PLAIN_FILES
    with override_settings(ALLOWED_HOSTS=hosts, STORAGES=storages), database_of_its_own():
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print("| page | queries | median | 95 of 100 within | bytes | compressed |\n|---|---|---|---|---|---|")
        for page, address in addresses().items():
            print(measure(page, address))
