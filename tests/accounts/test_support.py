"""The support site: system administrators look at settings and running, nobody changes anything there."""

import pytest
from django.contrib import admin
from django.urls import reverse

from ledger.models import Entry
from tests.accounts import factories
from tests.accounts.factories import Tree
from tests.accounts.test_matrix import browser_of

pytestmark = pytest.mark.django_db
TABLES = [model for model in admin.site._registry if model._meta.app_label in ("rules", "exchange")]


def address(model: type) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_a_system_administrator_may_look_at_a_table_and_change_nothing(tree: Tree, model: type):
    browser = browser_of(factories.user(("sysadmin", tree.lead)))
    rows, entries = model.objects.count(), Entry.objects.count()

    assert browser.get("/admin/").status_code == 200
    assert browser.get(address(model)).status_code == 200
    for tail in ("add/", "1/change/", "1/delete/", "1/history/"):
        assert browser.get(address(model) + tail).status_code == 404
    assert browser.post(address(model), {"action": "delete_selected", "_selected_action": "1"}).status_code in (
        200,
        302,
        403,
    )
    assert (model.objects.count(), Entry.objects.exclude(kind="refused").count()) == (rows, entries)


def test_no_table_with_persons_or_cases_hangs_on_the_support_site():
    assert {model._meta.app_label for model in admin.site._registry} <= {"rules", "exchange"}
