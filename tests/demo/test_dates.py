"""On every page the demo leads to, staff and public, a day is written as people write it: 2026年5月11日."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import User

pytestmark = [pytest.mark.matrix, pytest.mark.timeout(1800)]
MACHINE = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
SILENT = frozenset({"script", "style", "textarea", "pre", "code"})  # what machines read, and what one types
ROLES = (
    "clerk", "reviewer", "head", "approver", "appeals", "supervisor", "personnel", "handler", "custodian", "monitor", "secadmin",
    "sysadmin", "auditor",
)  # fmt: skip
AS_SENT = frozenset({
    "exchange:delivery",  # the fields as they went to the platform, byte for byte
    "report:report",  # an example of what one may type
})  # fmt: skip
LEFT_OUT = ("/staff/logout/", "/api/", "/admin/", "/feed")
PER_VIEW = 2  # of one page, whoever opens it; the page of a case comes in every state
PAGES_OF_CASES = 10


class Page(HTMLParser):
    """The words people see on a page, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        given = dict(attrs)
        if tag == "a" and given.get("href") and "download" not in given:
            self.links.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def crawl(client: Client, start: str, inside: str, seen: dict[str, int]) -> list[str]:
    """Open what the start page leads to, a few of each kind over all readers; return the days written for machines."""
    waiting, known, faults = [start], {start}, []
    while waiting:
        path = waiting.pop(0)
        name = _view(path)
        if name is None or path != start and seen.get(name, 0) >= (PAGES_OF_CASES if _is_case(path) else PER_VIEW):
            continue
        answer = client.get(path)
        if answer.status_code >= 500:
            faults.append(f"{name} {path}: answered {answer.status_code}")
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        seen[name] = seen.get(name, 0) + 1
        page = Page(answer.content.decode())
        if name not in AS_SENT:
            faults += [f"{name} {path}: …{hit}…" for words in page.words for hit in _hits(words)]
        for link in page.links:
            address = urlsplit(link)
            target = address.path + (f"?{address.query}" if address.query else "")
            if address.path.startswith(inside) and not address.netloc and target not in known:
                known.add(target)
                waiting.append(target)
    return faults


def _is_case(path: str) -> bool:
    return bool(re.fullmatch(r"/staff/(\w+/)+[0-9a-f-]{36}/", path))


def _hits(words: str) -> list[str]:
    return [words[max(0, hit.start() - 25) : hit.end() + 15].strip() for hit in MACHINE.finditer(words)]


def _view(path: str) -> str | None:
    if any(path.startswith(each) for each in LEFT_OUT):
        return None
    try:
        return str(resolve(urlsplit(path).path).view_name)
    except Resolver404:
        return None


def test_no_page_shows_a_day_the_way_machines_write_it(fresh_demo: Any) -> None:
    shown: dict[str, int] = {}
    faults = crawl(Client(raise_request_exception=False), "/", "/", shown)
    assert len(shown) >= 10, sorted(shown)
    inside: dict[str, int] = {}
    for role in ROLES:
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=role))
        faults += [f"{role} {each}" for each in crawl(client, "/staff/", "/staff/", inside)]
    assert len(inside) >= 60, sorted(inside)
    assert not faults, "\n".join(dict.fromkeys(faults))
