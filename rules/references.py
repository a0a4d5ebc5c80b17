"""How a row of this room names an object of a room above it: model label and key, as the ledger does."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models


class Reference(NamedTuple):
    """An object by its model's label and its key."""

    object_type: str
    object_id: str


def reference(obj: models.Model) -> Reference:
    """This will name an object, so that a row can point at it without knowing its model."""
    return Reference(obj._meta.label_lower, str(obj.pk))
