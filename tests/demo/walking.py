"""Walking every staff page the demo leads to, as each role sees it: accessible, never sideways, no word in the console."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Error, Page

from records.workflow.kinds import KINDS
from tests import accessible, pictures
from tests.journeys.desk import Desk

LOOKS = ((320, "light"), (1440, "dark"))
ROLES = (
    "clerk", "reviewer", "head", "approver", "approver2", "appeals", "supervisor", "personnel", "handler", "custodian", "monitor",
    "secadmin", "sysadmin", "auditor",
)  # fmt: skip
QUICK_ROLES = ("clerk", "approver", "appeals", "handler", "secadmin")  # the others are walked by the long walk
STARTS = ("/staff/", "/admin/")
PER_VIEW = 2  # the same page in two cases of one state says nothing new
EVERY_STATE = 40  # of the page of a case


CASE_PAGES = frozenset(kind.page for kind in KINDS.values())


@dataclass
class Walk:
    """What has been seen so far, over all roles, and what was wrong."""

    looks: tuple[tuple[int, str], ...]
    is_quick: bool = False
    seen: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[Any, ...]] = field(default_factory=list)

    def has_enough(self, name: str, role: str) -> bool:
        """Whether this role has seen enough of a page; the quick walk sees each page once, whoever opens it first."""
        if self.is_quick:
            return name in self.seen
        most = EVERY_STATE if name in CASE_PAGES else PER_VIEW
        return self.seen.get(f"{name} {role}", 0) >= most


def walk_all(site: str, chromium: Browser, walk: Walk) -> None:
    """Walk as one role after the other, and fail with everything that was wrong."""
    for role in QUICK_ROLES if walk.is_quick else ROLES:
        context = Desk.at(chromium, site, role).page.context
        _walk(context, site, role, walk)
        context.close()
    assert not walk.faults, "\n".join(map(str, walk.faults))
    assert len(walk.seen) >= 40, sorted(walk.seen)


def _walk(context: BrowserContext, site: str, role: str, walk: Walk) -> None:
    page = context.new_page()
    page.on("console", lambda line: _note_refused(line, page, role, walk))
    waiting = list(STARTS) if role == "sysadmin" else ["/staff/"]
    known = set(waiting)
    while waiting:
        path = waiting.pop(0)
        name = _view(path)
        if name is None or (path not in STARTS and walk.has_enough(name, role)):
            continue
        try:
            answer = page.goto(site + path)
        except Error as refusal:
            if "Download is starting" in str(refusal):
                continue  # a file, not a page
            raise
        if answer is None or answer.status != 200:
            walk.faults.append((role, path, "answered", answer and answer.status))
            continue
        case = f"{name} {_case(page)}"
        walk.seen[name] = walk.seen.get(name, 0) + 1
        walk.seen[f"{name} {role}"] = walk.seen.get(f"{name} {role}", 0) + 1
        fresh = [each for each in _links(page, site) if each not in known]
        known.update(fresh)
        waiting += fresh
        if case not in walk.seen:
            walk.seen[case] = 1
            _look(page, case, role, walk)


def _view(path: str) -> str | None:
    """Name the page behind an address; None for what is no staff page."""
    try:
        name = resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None
    return name if path.startswith(STARTS) else None


def _case(page: Page) -> str:
    """Tell pages of one kind apart by the state they show, as people do."""
    badge = page.query_selector("main .title-row .state")
    return badge.inner_text().strip() if badge else ""


def _links(page: Page, site: str) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.filter(a => !a.download).map(a => a.href)")
    inside = (urlsplit(urljoin(site, each)) for each in found if each.startswith(site))
    return list(dict.fromkeys(each.path + (f"?{each.query}" if each.query else "") for each in inside))


def _look(page: Page, case: str, role: str, walk: Walk) -> None:
    """Look at the page as a phone and a desk show it; the quick walk only asks whether it fits a phone."""
    page.set_viewport_size({"width": 320, "height": 900})
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        walk.faults.append((role, case, "scrolls sideways"))
    for width, theme in walk.looks:
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        for fault in accessible.violations(page):
            walk.faults.append((role, case, width, theme, fault["id"], fault["nodes"][0]["html"][:160]))
        name = case.strip().replace(":", "-").replace(" ", "-")
        pictures.keep(page, "staff", f"{name}-{width}-{theme}")


def _note_refused(line: Any, page: Page, role: str, walk: Walk) -> None:
    if line.type == "error":
        walk.faults.append((role, page.url, "console", line.text[:200]))
