"""The portal as it really runs: gunicorn, a Celery worker and beat, on a database of their own."""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import psycopg2
import requests
from environ import Env

from opw.embedded.processes import Process
from opw.embedded.supervisor import WEB_OPTIONS
from tests.ports import free_port

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180  # seconds for anything the portal does by itself


class Portal:
    """The processes that ./run starts, in an environment of the test's own."""

    def __init__(self, folder: Path, *, broker: str, mail: str) -> None:
        self.port = free_port()
        self.site = f"http://localhost:{self.port}"
        self.folder = folder
        self.database = f"road_{os.getpid()}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": _beside(os.environ["DATABASE_URL"], self.database),
            "REDIS_URL": broker,
            "EMAIL_URL": mail,
            "SITE_URL": self.site,
            "SECRET_KEY": "only for the road",
            "OPW_VAR": str(folder),
            "DJANGO_SUPERUSER_PASSWORD": "a password for the road",
        }
        bind = f"--bind=127.0.0.1:{self.port}"
        self.services = [
            self._process("web", "-m", "gunicorn", bind, *WEB_OPTIONS, "opw.wsgi:application"),
            self._process("worker", "-m", "celery", "-A", "opw.celery", "worker", "--concurrency=1", "--loglevel=INFO"),
            self._process("beat", "-m", "celery", "-A", "opw.celery", "beat", "--loglevel=INFO"),
        ]

    def __enter__(self) -> Self:
        self._sql(f"CREATE DATABASE {self.database}")
        self.manage("migrate", "--noinput")
        self.manage("collectstatic", "--noinput")
        for service in self.services:
            service.start()
        self.wait_until(self._is_ready)
        return self

    def __exit__(self, *_: object) -> None:
        for service in reversed(self.services):
            service.stop()
        self._sql(f"DROP DATABASE {self.database} WITH (FORCE)")

    def manage(self, *arguments: str) -> None:
        """A manage.py command that has to succeed."""
        command = self._process(arguments[0], "manage.py", *arguments)
        assert command.finish() == 0, command.log.read_text()

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Look again and again until something holds."""
        pause = threading.Event()
        until = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < until, f"{holds} still does not hold; {self.words()}"
            pause.wait(0.2)

    def words(self) -> str:
        """The last words of every process, for whoever reads a failed test."""
        return "\n".join(f"{service.name}: {service.log.read_text()[-1500:]}" for service in self.services)

    def _is_ready(self) -> bool:
        try:
            return requests.get(f"{self.site}/readyz", timeout=5).status_code == 200
        except requests.RequestException:  # nobody listens yet, or gunicorn does and its workers still import
            return False

    def _process(self, name: str, *arguments: str) -> Process:
        return Process(
            name,
            [sys.executable, *arguments],
            environment=self.environment,
            folder=CHECKOUT,
            log=self.folder / f"{name}.log",
        )

    def _sql(self, statement: str) -> None:
        server = Env.db_url_config(os.environ["DATABASE_URL"])
        connection = psycopg2.connect(
            dbname="postgres",
            user=server["USER"],
            password=server["PASSWORD"] or None,
            host=server["HOST"] or None,
            port=server["PORT"] or None,
        )
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
        connection.close()


def _beside(url: str, database: str) -> str:
    """The same server's other database."""
    return f"{url.rpartition('/')[0]}/{database}"
