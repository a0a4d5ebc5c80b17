"""The platform's words as they come over the wire."""

from __future__ import annotations

import dataclasses
import json
from typing import Any
from uuid import UUID

from exchange.transports.interface import Word


def replaced(word: Word, **changes: str) -> Word:
    """This will give the same word with some parts read otherwise."""
    return dataclasses.replace(word, **changes)


def read(item: Any, *, signature: str = "") -> Word:
    """
    This will read one word of the platform.

    :raises ValueError: a part is missing or is not what it should be
    """
    try:
        optional = {name: str(item.get(name, ""))[:300] for name in ("message", "warning")}
        return Word(
            key=UUID(str(item["key"])),
            verdict=str(item["verdict"]),
            number=str(item["number"])[:64],
            digest=str(item["digest"]),
            code=str(item.get("code", ""))[:8],
            field=str(item.get("field", ""))[:32],
            platform_id=str(item.get("platform_id", ""))[:64],
            signature=signature,
            **optional,
        )
    except (KeyError, TypeError, AttributeError) as broken:
        raise ValueError(f"not a word of the platform: {json.dumps(item)[:200]}") from broken
