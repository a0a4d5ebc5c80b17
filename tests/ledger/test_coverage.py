"""Everything the portal stores is covered by the log or exempted with a reason, and kept by the database."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.apps import apps

from accounts.models import Person
from ledger import coverage
from ledger.covered import Covered, CoveredQuerySet
from ledger.verification import walls
from ledger.verification.findings import Report
from ledger.verification.run import verify


def test_every_model_is_covered_or_exempted_with_a_reason():
    assert coverage.unexplained_models() == []
    assert all(reason.strip() for reason in coverage.exemptions().values())


def test_every_exempted_label_and_column_exists():
    labels = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    labels |= {config.label for config in apps.get_app_configs()}
    assert coverage.exemptions().keys() - labels == set()
    for model in coverage.covered_models():
        assert all(reason.strip() for reason in coverage.exempt_columns(model).values())


def test_every_covered_model_is_guarded_in_python_too():
    for model in coverage.covered_models():
        assert issubclass(model, Covered), model
        assert isinstance(model._default_manager.all(), CoveredQuerySet), model


@pytest.mark.django_db
def test_every_covered_table_refuses_delete_and_truncate():
    assert walls.unkept_tables() == []


def test_a_portal_with_its_law_loaded_verifies_clean(fresh_database):
    report = verify()
    assert [str(finding) for finding in report.findings] == []
    assert report.missing_walls == []
    assert report.counts["rows"] > 1000


def test_an_exemption_needs_a_reason():
    with pytest.raises(ValueError, match="reason"):
        coverage.exempt("accounts.person", " ")


def test_a_column_that_does_not_exist_cannot_be_exempted(monkeypatch):
    monkeypatch.setattr(Person, "ledger_exempt", {"nmae": "a slip of the pen"}, raising=False)
    with pytest.raises(LookupError, match="nmae"):
        coverage.exempt_columns(Person)


def test_columns_are_exempted_by_field_or_column_name():
    field = SimpleNamespace(name="owner", column="owner_id")
    meta = SimpleNamespace(concrete_fields=[field], label="x.X")
    for name in ("owner", "owner_id"):
        model = SimpleNamespace(_meta=meta, ledger_exempt={name: "why"})
        assert coverage.exempt_columns(model) == {"owner_id": "why"}  # type: ignore[arg-type]
        assert coverage.covered_columns(model) == []  # type: ignore[arg-type]


def test_a_finding_reads_as_one_line():
    report = Report()
    report.add("row.column", "accounts_person", 7, "name", "不同")
    assert str(report.findings[0]) == "[row.column] accounts_person 7 name：不同"
    assert report.told()["clean"] is False
