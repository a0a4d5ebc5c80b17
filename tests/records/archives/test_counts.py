"""Lists cost the same number of questions to the database at 10 and at 1,000 rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger import acts, memory
from ledger.actors import SYSTEM
from records.models import CheckRun, CreditCheck, Honour
from records.services.archives import opening
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser


def asked(client: Client, address: str) -> int:
    """Count the questions one page asks."""
    memory.forget()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_archives_and_coverage_at_ten_and_a_thousand(scene: Scene, browser: Browser) -> None:
    client = browser(cases.personnel(scene))
    pages = [reverse("archives:list"), reverse("archives:coverage")]
    cases.crowd(scene.bureau, 10)
    opening.open_missing(now=NOW)
    few = [asked(client, page) for page in pages]

    cases.crowd(scene.bureau, 990)
    opening.open_missing(now=NOW)
    cases.crowd(scene.bureau, 30)  # without archives: the list of the missing

    assert [asked(client, page) for page in pages] == few


def test_honours_and_checks_at_ten_and_a_thousand(scene: Scene, browser: Browser) -> None:
    client = browser(scene.clerk)
    pages = [reverse("archives:honours"), reverse("archives:checks")]
    honour, run = cases.draft(scene), cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)])
    _copies(honour, run, range(10))
    few = [asked(client, page) for page in pages]

    _copies(honour, run, range(10, 1000))

    assert [asked(client, page) for page in pages] == few


def _copies(honour: Honour, run: CheckRun, places: range) -> None:
    with acts.act(kind="test.copies", actor=SYSTEM, role="system", now=NOW):
        for model, row in ((Honour, honour), (CheckRun, run)):
            kept = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            del kept["id"]
            model.objects.bulk_create([model(**{**kept, "number": f"{row.number}-{place}"}) for place in places])


def test_a_check_asks_the_same_about_ten_and_five_hundred(scene: Scene, browser: Browser) -> None:
    officials = cases.crowd(scene.bureau, 500)
    officer = cases.personnel(scene)
    factories.recognised(scene, content=factories.about_official(scene), severity="general", sanctions=())

    def ask(count: int) -> tuple[int, CheckRun]:
        memory.forget()
        with CaptureQueriesContext(connection) as seen:
            run = cases.checked(officer, scene.bureau, [cases.person(each) for each in officials[:count]])
        return len(seen), run

    few, _run = ask(10)
    many, run = ask(500)

    assert many <= few + 2  # rows are written in batches
    assert CreditCheck.objects.filter(run=run).count() == 500
    page = reverse("archives:check", args=[run.pk])
    client = browser(officer)
    client.get(page)  # what waits is counted anew after an act
    assert asked(client, page) < 30


@pytest.mark.parametrize("name", ["list", "checks", "honours", "coverage", "mine"])
@pytest.mark.parametrize(
    "query", ["cursor=abc", "q=%00%00", "q=" + "x" * 3000, "q=%E2%80%8B", "state=nothing", "unit=%FF"]
)
def test_odd_addresses_never_break_a_page(scene: Scene, browser: Browser, name: str, query: str) -> None:
    client = browser(accounts.user(("personnel", scene.bureau), name="许望舒"))
    assert client.get(f"{reverse(f'archives:{name}')}?{query}").status_code in (200, 302, 404)
