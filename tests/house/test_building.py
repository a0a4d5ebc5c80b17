"""The building: everything named where it must be named, nothing out of date, nothing of a maker's machine in it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from io import StringIO

import pytest
from celery import current_app
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.policy import POLICY, row_of
from ledger import coverage
from ledger.verification import walls
from tests.environment import ROOT

ROOMS = ("integrity", "ledger", "accounts", "rules", "disclosure", "exchange", "records")


def _named(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _named(part, f"{prefix}{part.namespace}:" if part.namespace else prefix)
        elif isinstance(part, URLPattern):
            yield f"{prefix}{part.name}" if part.name else "", str(part.pattern)


def test_every_address_has_a_name_and_a_row_in_the_policy():
    addresses = list(_named(get_resolver()))
    assert len(addresses) > 40
    assert [pattern for name, pattern in addresses if not name] == []
    assert sorted({name for name, _ in addresses if row_of(name) is None}) == []


def test_every_row_of_the_policy_about_a_page_has_its_address():
    names = {row.name for name, _ in _named(get_resolver()) if (row := row_of(name))}
    rows = {name for name, row in POLICY.items() if row.face in {"page", "api"}}
    assert sorted(rows - names) == []


def test_every_table_is_covered_by_the_log_or_exempted_with_a_reason():
    assert coverage.unexplained_models() == []


@pytest.mark.django_db
def test_every_covered_table_keeps_its_wall():
    assert walls.unkept_tables() == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_the_description_of_the_workflows_is_up_to_date():
    call_command("describe_workflows", "--check", stdout=StringIO())


def test_beat_names_only_tasks_there_are():
    current_app.loader.import_default_modules()
    known = set(current_app.tasks)
    assert {entry["task"] for entry in current_app.conf.beat_schedule.values()} <= known


def test_every_task_of_ours_is_on_the_schedule_or_a_hint():
    current_app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if name.split(".", 1)[0] in ROOMS}
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
    hints = {"exchange.tasks.deliver"}
    assert sorted(ours - scheduled - hints) == []


def test_a_task_may_run_shorter_than_its_lease_and_its_message_stays_hidden():
    from django.conf import settings

    visible_again = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert settings.CELERY_TASK_TIME_LIMIT < settings.DELIVERY_LEASE_SECONDS < visible_again


def _tracked() -> list[str]:
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [name for name in told.stdout.splitlines() if (ROOT / name).is_file()]


def test_nothing_speaks_of_a_makers_machine_or_of_unfinished_work():
    # Put together here, so that this file does not find itself.
    loose_ends = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error", "coming" + " soon")
    words = r"(?<![a-z.])/(?:work|farm|root|home/\w+)/|" + "|".join(loose_ends)
    found = [
        f"{name}: {match.group()}"
        for name in _tracked()
        if name.endswith((".py", ".html", ".md", ".js", ".css", ".toml", ".yml", ".txt", ".sh")) or "." not in name
        for match in re.finditer(words, (ROOT / name).read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_page_carries_styles_or_scripts_of_its_own():
    inline = re.compile(
        r"<style\b|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)|\son\w+=\"|javascript:"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in (ROOT / "templates").rglob("*.html")
        for match in inline.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_room_is_called_utils_and_no_import_hides_in_a_function():
    for room in ROOMS:
        names = {path.stem for path in (ROOT / room).rglob("*.py")} | {
            p.name for p in (ROOT / room).rglob("*") if p.is_dir()
        }
        assert not names & {"utils", "common", "core", "helpers"}, room
    hidden = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"\s+(?:from \S+ import|import) \S", line)
        and "TYPE_CHECKING" not in path.read_text(encoding="utf-8")
    ]
    assert hidden == []
