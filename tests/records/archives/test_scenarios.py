"""The acceptance scenarios of archives and credit checks, with the days and numbers they name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Department, Official
from accounts.services import officials as registering
from ledger.actors import SYSTEM
from ledger.models import Entry
from ledger.refusals import Conflict
from records.models import CheckRun, Honour, HonourState, Verdict
from records.selectors.archives import coverage
from records.services.archives import honouring, opening
from tests.accounts import factories as accounts
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.web.browsing import Browser, text

TODAY = date(2026, 5, 11)


def test_scenario_68_a_hundred_and_nineteen_archives_of_a_hundred_and_twenty(scene: Scene, browser: Browser) -> None:
    place = accounts.department("安平市退役军人事务局", parent=scene.city)
    officials = cases.crowd(place, 120)
    opening.open_missing(now=NOW)
    late = accounts.official(place, "卫知微")
    other = cases.crowd(place, 1, serve=False)[0]  # registered without a post: serves nowhere
    accounts_only = Department.objects.filter(pk=place.pk)
    rows = coverage.by_department(departments=accounts_only, on=TODAY)
    assert [(row.serving, row.archived) for row in rows] == [(120, 120)]

    _serve(late)
    _end(officials[0])
    (row,) = coverage.by_department(departments=accounts_only, on=TODAY)
    assert (row.serving, row.archived, row.percent) == (120, 119, Decimal("99.17"))
    assert list(coverage.missing(departments=accounts_only, on=TODAY)) == [late]
    assert other not in coverage.serving(on=TODAY)

    page = text(browser(cases.personnel(scene, place)).get(reverse("archives:coverage")))
    assert "99.17 %" in page
    assert "卫知微" in page
    for user in (accounts.user(("head", place), name="萧定远"), scene.approver, cases.personnel(scene)):
        page = text(browser(user).get(reverse("archives:coverage")))
        assert "卫知微" not in page
    assert "99.17 %" in text(browser(scene.approver).get(reverse("archives:coverage")))


def _serve(official: Official) -> None:
    registering.add_post(
        actor=SYSTEM, official=official, department=official.department, title="科员", leadership_code="150",
        held_from=date(2026, 5, 1), now=NOW,
    )  # fmt: skip


def _end(official: Official) -> None:
    registering.end_post(actor=SYSTEM, post=official.posts.get(), held_to=date(2026, 5, 11), now=NOW)


def test_scenario_73_an_award_stops_at_a_serious_record_and_the_query_is_kept_five_years(scene: Scene) -> None:
    record = cases.serious(scene)
    honour = cases.draft(scene)

    with pytest.raises(Conflict, match="限制"):
        honouring.propose(actor=scene.clerk, honour=honour, version=honour.version, now=NOW)

    run = CheckRun.objects.get(business_ref=honour.number)
    (line,) = run.checks.all()
    assert (run.purpose, line.verdict, line.severity) == ("AWARD", Verdict.RESTRICTED, "serious")
    assert [hit["number"] for hit in line.hits] == [record.number]
    assert run.keep_until == date(2031, 5, 11)
    assert Entry.objects.filter(kind="check.run", object_id=str(run.pk)).count() == 1
    assert Honour.objects.get(pk=honour.pk).state == HonourState.DRAFT


def test_scenario_73_an_award_list_tells_line_by_line_what_stops_it(scene: Scene, browser: Browser) -> None:
    record = cases.serious(scene)
    lines = f"安平市交通运输局\t{scene.bureau.uscc}\n安平市应急管理局\t{scene.neighbour.uscc}"
    client = browser(scene.clerk)
    form = {"key": str(uuid4()), "purpose": "AWARD", "legal_basis": cases.BASIS, "codes": lines}

    answer = client.post(reverse("archives:new_check"), form)

    assert answer.status_code == 302
    page = text(client.get(answer.url))
    assert "核查结果：限制（1 / 2）" in page
    assert record.number in page
    assert "受限的对象评优停止" in page
    verdicts = list(CheckRun.objects.get().checks.order_by("place").values_list("subject_name", "verdict"))
    assert verdicts == [(scene.bureau.name, "restricted"), (scene.neighbour.name, "clear")]
    assert client.post(reverse("archives:new_check"), form).url == answer.url
    assert CheckRun.objects.count() == 1
