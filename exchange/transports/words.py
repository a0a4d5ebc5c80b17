"""The platform's words as they come over the wire."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import UUID

from exchange.transports.interface import Word


def as_stored(word: Word) -> Word:
    """This will read a word as a success: the platform has what was sent (E030)."""
    return dataclasses.replace(word, verdict="stored")


def read(item: Any, *, signature: str = "") -> Word:
    """
    This will read one word of the platform.

    :raises ValueError: a part is missing or is not what it should be
    """
    try:
        item = {name: str(value).replace("\x00", "") for name, value in item.items()}
        optional = {name: item.get(name, "")[:300] for name in ("message", "warning")}
        return Word(
            key=UUID(item["key"]),
            verdict=item["verdict"],
            number=item["number"][:64],
            digest=item["digest"],
            code=item.get("code", "")[:8],
            field=item.get("field", "")[:32],
            platform_id=item.get("platform_id", "")[:64],
            signature=signature,
            **optional,
        )
    except (KeyError, TypeError, AttributeError) as broken:
        raise ValueError(f"not a word of the platform: {str(item)[:200]}") from broken
