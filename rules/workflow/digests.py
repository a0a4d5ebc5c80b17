"""The digest of an object's content, so that a signature holds only for what was read."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


def of(obj: models.Model, content: Any = None) -> str:
    """This will give the SHA-256 (hex) of what the object says: all its columns the ledger covers, or ``content``."""
    told = content if content is not None else _columns(obj)
    text = json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _columns(obj: models.Model) -> dict[str, Any]:
    left_out: dict[str, str] = getattr(obj, "ledger_exempt", {})
    return {
        each.attname: _plain(each.value_from_object(obj))
        for each in obj._meta.concrete_fields
        if each.name not in left_out and each.attname not in left_out
    }


def _plain(value: Any) -> Any:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value
