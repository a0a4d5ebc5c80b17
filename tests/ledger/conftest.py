"""The small house in which the log is tested: one covered table, and only the files and documents a test brings."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connections

from ledger import coverage


@pytest.fixture
def small_house(bare_database, monkeypatch):
    """Let the log answer for persons only, in a database of the test's own."""
    monkeypatch.setattr(coverage, "covered_models", lambda: [apps.get_model("accounts.Person")])
    monkeypatch.setattr(coverage, "_files", {})
    monkeypatch.setattr(coverage, "_documents", {})
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT ledger_keep('accounts_person')")
    return bare_database
