"""Every kind of case tells pages the truth about its workflow: its states, its arrows, its paths, its addresses."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts import policy
from records.selectors import finding, inbox
from records.workflow.kinds import KINDS, CaseKind
from rules.workflow import MACHINES
from tests.records.factories import NOW

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def test_every_workflow_of_the_portal_is_a_kind_of_case():
    owners = {name for name, machine in MACHINES.items() if machine.model._meta.app_label == "records"}
    assert owners == set(KINDS)


@kinds
def test_each_state_has_a_badge(kind: CaseKind):
    states = set(kind.machine.states())
    assert states <= set(kind.marks)


@kinds
def test_who_is_asked_is_asked_in_states_there_are_for_arrows_that_leave_from_them(kind: CaseKind):
    states = set(kind.machine.states())
    for ask in kind.asks:
        assert set(ask.states) <= states, ask
        if ask.action:
            arrow = kind.machine.arrows[ask.action]
            assert set(ask.states) <= arrow.sources, ask
            assert ask.role in (*arrow.roles, *arrow.signatures), ask
    assert set(kind.clocks) <= states


@kinds
def test_its_pages_are_in_the_policy(kind: CaseKind):
    for name in (kind.page, kind.list_page, *filter(None, (kind.edit_page,))):
        assert policy.row_of(name), name
    reverse(kind.list_page)
    reverse(kind.page, args=[uuid4()])


@kinds
@pytest.mark.django_db
def test_its_paths_lead_somewhere_and_what_one_may_not_see_is_not_found(kind: CaseKind, scene: Any):
    rows = kind.machine.model._default_manager
    paths = [kind.number_field, kind.department, *kind.tied, *filter(None, (kind.person,))]
    paths += [path for ask in kind.asks for path in (ask.at, ask.department) if path]
    for path in paths:
        rows.filter(**{f"{path}__isnull": True}).exists()
    for ask in kind.asks:
        rows.filter(ask.where, state__in=ask.states).select_related(*kind.related).first()
    assert list(rows.visible_to(scene.auditor, NOW)) == []


@pytest.mark.django_db
def test_the_start_page_and_the_search_ask_a_fixed_number_of_questions(scene: Any, django_assert_max_num_queries: Any):
    with django_assert_max_num_queries(12 * len(KINDS)):
        inbox.inbox(user=scene.approver, now=NOW)
    with django_assert_max_num_queries(3 * len(KINDS)):
        finding.cases("2026", user=scene.approver, now=NOW, limit=5)
