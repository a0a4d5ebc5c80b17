"""What keeps somebody out of a page, as axe finds it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# What passed is not described at length: that takes as long as the test itself.
BRIEFLY = {"resultTypes": ["violations"]}
RULES: dict[str, Any] = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"], **BRIEFLY}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"], **BRIEFLY}
"""What a theme can change in a page that was read in the other one."""


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[dict[str, Any]]:
    """Give what axe finds wrong with the page as it stands; each has an ``id`` and the ``nodes`` it concerns."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate("rules => axe.run(rules)", rules)["violations"]
    return found
