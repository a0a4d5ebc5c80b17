"""A PostgreSQL that is too old: every process stops at its start, in our own words; the oldest that will do starts."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg2
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from integrity import logins, versions
from tests.environment import ROOT, Environment

# The process itself is the real one; only what the server says of its age is not.
PRETENDING = """
import runpy, sys
from integrity import versions
versions.reported = lambda url: {number}
sys.argv = {words!r}
{start}
"""
STARTS = {
    "web": (["granian"], "import integrity.wsgi"),
    "worker": (["celery", "-A", "integrity", "worker", "--pool", "solo"], "runpy.run_module('celery', run_name='__main__')"),
    "beat": (["celery", "-A", "integrity", "beat", "--schedule", "{folder}/beat", "--pidfile="], "runpy.run_module('celery', run_name='__main__')"),
    "check": (["manage.py", "check"], "runpy.run_path('manage.py', run_name='__main__')"),
    "migrate": (["manage.py", "migrate", "--plan"], "runpy.run_path('manage.py', run_name='__main__')"),
    "prepare": (["manage.py", "prepare_database"], "runpy.run_path('manage.py', run_name='__main__')"),
}  # fmt: skip
OFTEN = (
    "web",
    "worker",
    "migrate",
)  # each takes a second; the others read the same settings and are asked in the long run


@pytest.mark.parametrize(
    "process", [name if name in OFTEN else pytest.param(name, marks=pytest.mark.matrix) for name in STARTS]
)
def test_every_process_stops_at_its_start_on_a_server_that_is_too_old(
    environment: Environment, process: str, tmp_path: object
) -> None:
    words, start = STARTS[process]
    words = [word.format(folder=tmp_path) for word in words]
    program = PRETENDING.format(number=140012, words=words, start=start)
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip

    assert ended.returncode
    last = ended.stderr.strip().splitlines()[-1]
    assert "环境变量 DATABASE_URL 指向的 PostgreSQL 是 14.12 版，太旧，没有启动" in last
    assert "如何修正：把服务器升级到 15 或更新版本" in last
    assert ".env.example" in last


def test_a_start_with_one_address_alone_stops_before_it_makes_the_other_logins(environment: Environment) -> None:
    lone = {key: value for key, value in os.environ.items() if key not in ("DATABASE_OWNER_URL", "DATABASE_PUBLIC_URL")}
    told = "from integrity import logins; logins.complete = lambda **given: print('logins made')"
    program = f"{told}\n{PRETENDING.format(number=130020, words=['manage.py', 'migrate'], start=STARTS['migrate'][1])}"
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=lone, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode
    assert "PostgreSQL 是 13.20 版" in ended.stderr.strip().splitlines()[-1]
    assert "logins made" not in ended.stdout


def test_the_prepare_step_asks_the_server_of_the_administrator_before_it_makes_anything(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setenv("DATABASE_ADMIN_URL", environment.postgres.url(user="postgres", database="postgres"))
    monkeypatch.setattr(versions, "reported", lambda url: 90624)
    monkeypatch.setattr(logins, "prepare", lambda **given: made.append("logins"))

    with pytest.raises(ImproperlyConfigured, match="环境变量 DATABASE_ADMIN_URL 指向的 PostgreSQL 是 9 版，太旧"):
        call_command("prepare_database")
    assert made == []


@pytest.mark.parametrize("number", [150000, 150004, 170002, 180000])
def test_the_oldest_that_will_do_and_newer_ones_start(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(versions, "reported", lambda url: number)
    versions.refuse_too_old("postgresql://u@h/d", name="DATABASE_URL")


def test_the_server_says_its_own_version(environment: Environment) -> None:
    said = environment.postgres.admin("SELECT current_setting('server_version_num')")
    assert versions.reported(os.environ["DATABASE_URL"]) == int(str(said[0][0]))


def test_a_server_that_does_not_answer_keeps_nobody_from_building(tmp_path: object) -> None:
    nowhere = f"postgresql://u@/d?host={tmp_path}"
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(nowhere)
    versions.refuse_too_old(nowhere, name="DATABASE_URL")
