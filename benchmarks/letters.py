"""Five thousand letters by one worker to a mail server on this machine: how quick, and what kills lose or double.

    python -m benchmarks.letters

Once undisturbed; and once more while the worker is killed twenty times, and the database and the broker are restarted.
It brings servers of its own, and speaks with the database in SQL: only the worker and beat are the portal.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from environ import Env

from opw.embedded.broker import Broker
from opw.embedded.postgres import Postgres
from tests.ports import free_port

LETTERS = 5_000
KILLS = 20
PATIENCE = 1_800  # seconds for all of them
LOOKS_EVERY = 0.05  # seconds
CHECKOUT = Path(__file__).resolve().parent.parent
WORKER = ("-m", "celery", "-A", "opw.celery", "worker", "--concurrency=1", "--without-mingle", "--without-gossip")
BEAT = ("-m", "celery", "-A", "opw.celery", "beat")
WRITE = """
    INSERT INTO mail_letter
      (key, message_uuid, topic, "to", subject, text, html, is_secret, status, written_at, next_try_at, tries, failure)
    SELECT 'letter ' || n, gen_random_uuid(), 'result', 'reader' || n || '@example.org', 'Your result, ' || n,
      repeat('You are on the waiting list. ', 30), repeat('<p>You are on the waiting list.</p>', 60),
      false, 'queued', now(), now(), 0, ''
    FROM generate_series(1, %s) AS n
"""


@dataclass
class Sink:
    """A mail server that takes everything, and notes which letter came under which Message-ID, and when."""

    port: int = field(default_factory=free_port)
    came: list[tuple[str, str, float]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # aiosmtpd's name
        head = str(envelope.content, "utf-8").partition("\r\n\r\n")[0]  # type: ignore[arg-type]  # aiosmtpd gives bytes
        known = dict(re.findall(r"^(Subject|Message-ID): (.*?)\r?$", head, re.MULTILINE))
        self.came.append((known["Subject"], known["Message-ID"], time.monotonic()))
        return "250 Kept"


class Portal:
    """A database, a broker, one worker and beat."""

    def __init__(self, folder: Path, mail_port: int) -> None:
        self.postgres = Postgres(data=folder / "data", sockets=folder / "postgres", log=folder / "postgres.log")
        self.broker = Broker(data=folder / "valkey", sockets=folder, log=folder / "broker.log")
        self.log = folder / "portal.log"
        self.environment = os.environ | {
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "SECRET_KEY": "only for this measure",
            "OPW_VAR": str(folder),
        }
        self.running: dict[tuple[str, ...], subprocess.Popen[bytes]] = {}

    def run(self, *command: str) -> None:
        """Start one of its processes."""
        with self.log.open("a") as log:
            self.running[command] = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, *command],
                env=self.environment, cwd=CHECKOUT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def kill(self, *command: str) -> None:
        """End one of its processes, and those it started, without a word."""
        process = self.running.pop(command)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def until(self, holds: Callable[[], bool]) -> None:
        """Keep the worker and beat running, as whatever supervises them does, until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise SystemExit(f"The letters do not come. {self.log.read_text()[-2000:]}")
            for command in (WORKER, BEAT):
                if command not in self.running or self.running[command].poll() is not None:
                    self.run(*command)
            time.sleep(LOOKS_EVERY)

    def write(self, letters: int) -> None:
        """Put letters into the outbox."""
        known = Env.db_url_config(self.postgres.url)
        connection = psycopg2.connect(host=known["HOST"], dbname=known["NAME"], user=known["USER"])
        with connection, connection.cursor() as cursor:
            cursor.execute("TRUNCATE mail_letter")
            cursor.execute(WRITE, [letters])
        connection.close()


@contextmanager
def portal(mail_port: int) -> Iterator[Portal]:
    """A portal with an empty outbox, thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="opw-letters-") as folder:
        Path(folder).chmod(0o711)  # started as root, Postgres runs as somebody else, who has to pass through
        made = Portal(Path(folder), mail_port)
        made.postgres.start()
        made.broker.start()
        try:
            made.run("manage.py", "migrate", "--noinput")
            made.running.pop(("manage.py", "migrate", "--noinput")).wait()
            yield made
        finally:
            for command in list(made.running):
                made.kill(*command)
            made.broker.stop()
            made.postgres.stop()


def undisturbed(portal: Portal, sink: Sink) -> str:
    """Letters a second, from the first to the last."""
    portal.until(lambda: len(sink.came) >= LETTERS)
    seconds = sink.came[-1][2] - sink.came[0][2]
    return f"| without kills | {LETTERS / seconds:.0f} a second | {_lost_and_doubled(sink)} |"


def killed(portal: Portal, sink: Sink) -> str:
    """The worker killed again and again while it sends; on the way, the database and the broker are restarted."""
    for kill in range(1, KILLS + 1):
        enough = kill * LETTERS // (KILLS + 1)
        portal.until(lambda enough=enough: len(sink.came) >= enough)  # type: ignore[misc]  # the number of this turn
        for server, turn in ((portal.postgres, KILLS // 3), (portal.broker, 2 * KILLS // 3)):
            if kill == turn:
                server.stop()
                server.start()
        portal.kill(*WORKER)
    portal.until(lambda: len({subject for subject, *_ in sink.came}) >= LETTERS)
    time.sleep(15)  # for a sweep that would send something twice
    return f"| worker killed {KILLS} times | | {_lost_and_doubled(sink)} |"


def _lost_and_doubled(sink: Sink) -> str:
    came = Counter(subject for subject, *_ in sink.came)
    known_by = Counter(subject for subject, _ in {(subject, identity) for subject, identity, _ in sink.came})
    doubled, renamed = sum(number > 1 for number in came.values()), sum(number > 1 for number in known_by.values())
    return f"{LETTERS - len(came)} | {doubled} | {renamed}"


def main() -> None:
    """Print the table of docs/performance.md."""
    print("| | letters | lost | doubled | of these under another Message-ID |\n|---|---|---|---|---|")
    for measure in (undisturbed, killed):
        sink = Sink()
        controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
        controller.start()
        with portal(sink.port) as running:
            running.write(LETTERS)
            print(measure(running, sink), flush=True)
        controller.stop()


if __name__ == "__main__":
    main()
