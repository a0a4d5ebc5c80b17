"""Proofs that a refusal left nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from disclosure.models import Document
from exchange.models import Report
from ledger.models import Entry
from ledger.refusals import Refused
from rules.models import Deadline, Hand, Proposal, Signature

WATCHED = (*apps.get_app_config("records").get_models(), Deadline, Hand, Proposal, Signature, Report, Document)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row a record's act may write."""
    return {model._meta.label: sorted(model._default_manager.values_list(), key=repr) for model in WATCHED}


@contextmanager
def refused(kind: type[Refused], words: str = "", *, logged: bool = True) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expect the block to be refused, and nothing written but the refusal itself."""
    before, last = rows(), set(Entry.objects.values_list("pk", flat=True))
    with pytest.raises(kind, match=re.escape(words) if words else None) as caught:
        yield caught
    assert rows() == before
    assert [entry.kind for entry in Entry.objects.exclude(pk__in=last)] == (["refused"] if logged else [])
