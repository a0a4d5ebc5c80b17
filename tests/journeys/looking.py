"""What is looked at on every page a journey comes by: pictures, no sideways scrolling, and nothing that keeps somebody out."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import accessible, pictures

PHONE, DESK = 320, 1440


def look(page: Page, name: str, room: str = "") -> None:
    """
    Measure the page at both widths, picture it for the named room, and let axe read it on the phone, where things lie closest.

    The long walk over every page lets axe read both widths, light and dark.
    """
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 1000})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (name, width, wide)
        # As tall as the page, or the bar at the bottom of a phone lies over whatever link is under it just then.
        tall = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": tall})
        if room:
            pictures.keep(page, room, f"{name}-{width}")
    faults = accessible.violations(page)
    assert not faults, [(name, fault["id"], fault["nodes"][0]["html"][:160]) for fault in faults]
    page.set_viewport_size({"width": DESK, "height": 1000})
