"""The last minute before a deadline: 2,000 applicants save and submit over HTTP, many twice, and some come too late.

What counts is what the database says afterwards: nothing late accepted, nothing on time lost, nothing there twice.
"""

import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import time
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, Question
from benchmarks.applicants import add_applicants
from benchmarks.filling import fill
from benchmarks.finding import DATABASE, database_of_its_own
from opw.embedded.supervisor import WEB_OPTIONS
from opw.mail.models import Letter, Topic
from opw.rounds.models import Round

APPLICANTS = 2_000
LATE = 200
MINUTE = 60  # seconds
MARGIN = 0.3  # seconds around the deadline in which nobody sends: a wire takes its time
TWICE, TWO_TABS = 0.3, 0.1  # how many press the button again, and how many have a second window open
CSRF = "c" * 32
PORT = 18_200
PATIENCE = 120  # seconds for an answer


@dataclass
class Applicant:
    """One person at her keyboard: when she means to submit, in seconds from the deadline, and what came of it."""

    application: int
    session: str
    address: str
    autosave: str
    at: float
    habits: float
    answers: list[tuple[int, float]] = field(default_factory=list)  # statuses and seconds
    sent: float = 0  # when she really pressed the button: this machine is busy too
    shown: str = ""  # what her second window was shown when its text was the older one

    @property
    def text(self) -> str:
        """What she writes: a page, as people do, and hers alone."""
        return f"The plan of {self.application}. " + "First I read the code, then I change it." * 40

    @property
    def other_text(self) -> str:
        """What stands in her second window."""
        return f"The other plan of {self.application}."


async def post(person: Applicant, address: str, **fields: object) -> str:
    """Send one form, as a browser does, and wait for the whole answer."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
    head = (
        f"POST {address} HTTP/1.1\r\nHost: localhost:{PORT}\r\nConnection: close\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={person.session}; {settings.CSRF_COOKIE_NAME}={CSRF}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    began = time()
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(head.encode() + body)
    answer = (await asyncio.wait_for(reader.read(), PATIENCE)).decode()
    writer.close()
    person.answers.append((int(answer.split(" ", 2)[1]), time() - began))
    return answer


async def apply(person: Applicant, deadline: float) -> None:
    """Save, and some seconds later submit: once, twice, or from two windows."""
    submission = {"version": 0, "page": "one", "plan": person.text, "submit": "yes"}
    await asyncio.sleep(max(0, deadline + person.at - 4 - time()))
    await post(person, person.autosave, version=0, page="one", plan=person.text[:500])
    await asyncio.sleep(max(0, deadline + person.at - time()))
    posts = [post(person, person.address, **submission)]
    if person.habits < TWICE:
        posts.append(post(person, person.address, **submission))
    elif person.habits < TWICE + TWO_TABS:
        posts.append(post(person, person.address, **submission | {"page": "other", "plan": person.other_text}))
    person.sent = time() - deadline
    person.shown = (await asyncio.gather(*posts))[-1]


async def everybody(people: list[Applicant], deadline: float) -> None:
    await asyncio.gather(*(apply(person, deadline) for person in people))


def prepared() -> list[Applicant]:
    """A round with everybody's draft begun, and everybody signed in; more and more people towards the deadline."""
    fill()
    round, chance = Round.objects.get(), random.Random(7)  # noqa: S311  # the same every time, and no secret
    Question.objects.create(round=round, form=Question.Form.APPLICATION, key="plan", label="Your plan", position=1)
    applications = add_applicants(round, APPLICANTS + LATE, status=Application.Status.DRAFT, at=timezone.now())
    moments = [-(1 - chance.random() ** 0.5) * (MINUTE - 5) - MARGIN for _ in range(APPLICANTS)]
    moments += [MARGIN + chance.random() * 5 for _ in range(LATE)]
    return [
        Applicant(
            application.pk,
            _session_of(application),
            reverse("applications:write", args=[application.listing_id]),
            reverse("applications:autosave", args=[application.listing_id]),
            at,
            chance.random(),
        )
        for application, at in zip(applications, moments, strict=True)
    ]


def _session_of(application: Application) -> str:
    browser = Client()
    browser.force_login(application.applicant)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


@contextmanager
def web_server() -> Iterator[None]:
    """The portal's web server, started as ./run starts it, on the benchmark's database."""
    environment = os.environ | {
        "DATABASE_URL": f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{DATABASE}",
        "SITE_URL": f"http://localhost:{PORT}",
    }
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{PORT}", *WEB_OPTIONS, "opw.wsgi:application"]
    log = Path(settings.STATIC_ROOT).parent / "benchmark.log"
    with log.open("w") as output:
        web = subprocess.Popen(command, env=environment, stdout=output, stderr=output)  # noqa: S603  # ours
    try:
        asyncio.run(_until_it_answers())
        yield
    finally:
        web.terminate()
        web.wait()


async def _until_it_answers() -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", PORT)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise SystemExit("The web server does not start.")


def deadline_in(seconds: float) -> datetime:
    """Move the round's deadline to so many seconds from now."""
    deadline = timezone.now() + timedelta(seconds=seconds)
    Round.objects.update(applications_close_at=deadline)
    return deadline


def report(people: list[Applicant], seconds: float) -> Iterator[str]:
    """The lines of docs/performance.md."""
    stored = Application.objects.in_bulk([person.application for person in people])
    receipts = Counter(Letter.objects.filter(topic=Topic.APPLICATION).values_list("recipient", flat=True))
    on_time, late = [one for one in people if one.sent < -MARGIN / 2], [one for one in people if one.sent > 0]
    answers = [answer for person in people for answer in person.answers]
    times = [seconds for _, seconds in answers]

    def is_lost(person: Applicant) -> bool:
        application = stored[person.application]
        kept = application.answers.get("plan") == person.text or application.draft.get("plan") == person.text
        other_is_shown = person.other_text in person.shown or not TWICE <= person.habits < TWICE + TWO_TABS
        return not (kept and other_is_shown)

    submitted = [one for one in on_time if stored[one.application].status == Application.Status.SUBMITTED]
    yield f"| requests, a second | {len(answers):,}, {len(answers) / seconds:.0f} |"
    yield f"| answered within, half and 99 of 100 | {median(times):.2f} s, {quantiles(times, n=100)[-1]:.2f} s |"
    yield f"| errors | {sum(status >= 500 for status, _ in answers)} |"
    yield f"| submitted in time, accepted | {len(on_time):,}, {len(submitted):,} |"
    yield f"| submitted late, accepted | {len(late):,}, {sum(stored[one.application].answers != {} for one in late)} |"
    yield f"| texts lost | {sum(map(is_lost, people))} |"
    yield f"| people with two receipts | {sum(number > 1 for number in receipts.values())} |"


def main() -> None:
    """Play the minute, and print what came of it."""
    hosts = override_settings(ALLOWED_HOSTS=["testserver"])
    with hosts, database_of_its_own():
        call_command("collectstatic", interactive=False, verbosity=0)
        people = prepared()
        connection.close()
        with web_server():
            deadline = deadline_in(MINUTE + 5)
            began = time()
            asyncio.run(everybody(people, deadline.timestamp()))
            seconds = time() - began
        print("| | |\n|---|---|", *report(people, seconds), sep="\n")
