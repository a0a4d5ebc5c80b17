"""
How a public page leaves the house: asked for again each time (``no-cache``), with a tag that makes asking cheap.

The tag names the last public entry of the log, the day, the address and the reading settings; whoever holds it gets a 304 for one
look at an index, and whoever comes within the same minute gets the page as printed. Nothing here touches a session or an account.
"""

import hashlib
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure import answers
from ledger import heads
from rules import clock

COOKIES = ("theme", "type")
NOINDEX = "noindex, noarchive"


@lru_cache(maxsize=1)
def build() -> str:
    """This will name the state of templates and styles, so that a new release is fetched anew."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in (Path(settings.BASE_DIR) / "templates", Path(settings.BASE_DIR) / "static"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(f"{file.name}{file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def tag_of(request: HttpRequest, alias: str) -> str:
    """This will name the state of a page for this reader; inside the reader only."""
    seen = [request.COOKIES.get(name, "") for name in COOKIES]
    today = clock.local_day(clock.now())
    return answers.tag_of(answers.state(alias), today, {}, request.get_full_path(), build(), *seen)


def unchanged(request: HttpRequest, tag: str) -> HttpResponse | None:
    """This will give the 304 for a reader whose copy still stands, or the page as it was printed within this minute."""
    if answers.matches(tag, request.META.get("HTTP_IF_NONE_MATCH", "")):
        return stamped(HttpResponse(status=304), tag)
    return printed(tag)


def printed(tag: str) -> HttpResponse | None:
    """This will give the page as it was printed within this minute, if it was."""
    kept = _printed.get(_minute(tag))
    if kept is None:
        return None
    response = HttpResponse(kept[0])
    response["X-Robots-Tag"] = kept[1]
    return stamped(response, tag)


KEPT = 256
_printed: OrderedDict[str, tuple[bytes, str]] = OrderedDict()


def forget_pages() -> None:
    """This will drop the pages kept in memory."""
    _printed.clear()


def _minute(tag: str) -> str:
    """A page says as of which minute it holds, so it is printed anew every minute although its tag still stands."""
    return f"{tag} {int(clock.now().timestamp() // 60)}"


def _keep(tag: str, response: HttpResponse, robots: str) -> None:
    _printed[_minute(tag)] = (response.content, robots)
    while len(_printed) > KEPT:
        _printed.popitem(last=False)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, alias: str = "", tag: str = "", status: int = 200,
    robots: str = "noarchive",
) -> HttpResponse:  # fmt: skip
    """This will print a public page and say who may keep it: nobody without asking, no archive, search engines by ``robots``."""
    head = heads.latest(using=alias) if alias else None
    response = render(request, template, {"signed_head": head, "now": clock.now(), **context}, status=status)
    response["X-Robots-Tag"] = robots
    if tag and status == 200:
        _keep(tag, response, robots)
    return stamped(response, tag)


def stamped(response: HttpResponse, tag: str) -> HttpResponse:
    """This will set the headers that let a copy live only until it is asked for again."""
    response["Cache-Control"] = "no-cache" if tag else "no-store"
    response["Vary"] = "Cookie"
    if tag:
        response["ETag"] = tag
    return response
