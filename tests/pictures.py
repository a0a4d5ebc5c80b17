"""Pictures of pages, for people who want to look at what the tests saw: `make test SHOTS=1` leaves them in build/shots."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[1] / "build" / "shots"
ARE_WANTED = bool(os.environ.get("SHOTS"))


def keep(page: Page, room: str, name: str) -> None:
    """Keep a picture of the whole page as ``build/shots/<room>/<name>.png``; drawing them takes a tenth of a browser test."""
    if ARE_WANTED:
        page.screenshot(path=FOLDER / room / f"{name}.png", full_page=True)
