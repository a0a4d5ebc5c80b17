"""The pages of the archives in a real Chromium: no accessibility fault and no sideways scroll, in both themes and widths."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from records.services.archives import checks, opening, restricted
from tests.accounts import factories as accounts
from tests.records import factories
from tests.records.archives import cases
from tests.records.factories import NOW, Scene
from tests.records.web.test_browser import Desk, _faults

pytestmark = pytest.mark.timeout(600)
QUICK = ("archive", "mine", "check")


@pytest.fixture
def desk(live_site: str, chromium: Any) -> Desk:
    """Serve a portal with people in it."""
    return Desk(live_site, chromium, factories.scene())


def _pages(scene: Scene) -> dict[str, tuple[User, str]]:
    record, officer = factories.disclosed(scene, sanctions=("UNIT_AWARD_RESTRICT",)), cases.personnel(scene)
    factories.recognised(scene, content=factories.about_official(scene), severity="general", sanctions=())
    opening.open_missing(now=NOW)
    late = accounts.official(scene.bureau, "江晚照")
    archive, unit = cases.archive(scene.official), opening.of_unit(department=scene.bureau, now=NOW)
    restricted.write(actor=officer, archive=archive, kind="appraisal", year=2025, text="称职", now=NOW)
    both = [cases.unit(scene.bureau), cases.unit(scene.neighbour)]
    run = cases.checked(scene.clerk, scene.bureau, both, "AWARD")
    first, second = run.checks.order_by("place")
    checks.decide(actor=scene.clerk, check=first, decision="STOPPED", now=NOW)
    draft, granted = cases.draft(scene), cases.granted(scene, subject=cases.person(late))
    at = lambda name, *keys: reverse(f"archives:{name}", args=keys)  # noqa: E731
    assert record.number
    return {
        "archive": (officer, at("archive", archive.pk)),
        "mine": (scene.head, at("mine") + "?of=1"),
        "check": (scene.clerk, at("check", run.pk)),
        "unit": (scene.clerk, at("archive", unit.pk)),
        "list": (officer, at("list")),
        "empty": (officer, at("list") + "?q=zzz"),
        "coverage": (officer, at("coverage")),
        "read": (officer, at("read_restricted", archive.pk, "appraisal")),
        "write": (officer, at("write_restricted", archive.pk)),
        "nobody": (scene.auditor, at("mine")),
        "honours": (scene.clerk, at("honours")),
        "honour": (scene.reviewer, at("honour", granted.pk)),
        "stopped": (scene.clerk, at("honour", draft.pk)),
        "honour_form": (scene.clerk, at("edit_honour", draft.pk)),
        "withdraw": (scene.head, at("withdraw_honour", granted.pk)),
        "checks": (scene.clerk, at("checks")),
        "new_check": (officer, at("new_check")),
        "decide": (scene.clerk, at("decide_check", run.pk, second.pk)),
        "report": (scene.clerk, at("add_report", run.pk, second.pk)),
    }


def _walk(desk: Desk, names: tuple[str, ...] = (), themes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    faults: list[str] = []
    pages = _pages(desk.scene)
    for name in names or tuple(pages):
        user, path = pages[name]
        context = desk.sit(user)
        page = context.new_page()
        for theme in themes:
            context.add_cookies([{"name": "theme", "value": theme, "url": desk.address}])
            answer = page.goto(desk.address + path)
            faults += [f"{name} {answer.status}"] if answer.status != 200 else []
            faults += [f"{name} {theme} {each}" for each in _faults(page)]
        context.close()
    return faults


@pytest.mark.matrix
def test_the_fullest_pages_are_accessible_and_fit(desk: Desk) -> None:
    assert _walk(desk, QUICK, themes=("light",)) == []


@pytest.mark.matrix
def test_every_page_is_accessible_and_fits_in_both_themes_and_widths(desk: Desk) -> None:
    assert _walk(desk) == []
