"""The environment of a test run: keys made on the fly and the addresses of the servers of this run."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def make(folder: Path, *, database_urls: dict[str, str], redis_url: str) -> dict[str, str]:
    """Give every variable the settings ask for; nothing of it outlives the run."""
    values = {
        "SECRET_KEY": secrets.token_hex(32),
        "STATE_DIR": str(folder / "state"),
        "LEDGER_FOLD_KEY": secrets.token_hex(32),
        "SEAL_KEYS": "k1:" + secrets.token_hex(32),
        "LOOKUP_KEY": secrets.token_hex(32),
        "PLATFORM_SECRET": secrets.token_hex(32),
        "REDIS_URL": redis_url,
        **database_urls,
    }
    os.environ.update(values)
    return values
