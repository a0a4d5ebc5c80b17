"""Every act that can come into the log has a Chinese name in the audit page, and its things can be found from there."""

import ast
from pathlib import Path

import pytest

from accounts import act_names
from records.workflow.record import RECORD
from rules.workflow.machine import MACHINES
from tests.accounts import factories
from tests.accounts.factories import Tree, signed_in

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ledger", "accounts", "rules", "disclosure", "exchange", "records")


def kinds() -> list[str]:
    """Return every kind of act that is written out in the code."""
    found = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _called(node) in {"act", "permitted"}:
                    found |= {str(word.value.value) for word in node.keywords if _is_kind(word)}
    return sorted(found)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _is_kind(word: ast.keyword) -> bool:
    return word.arg == "kind" and isinstance(word.value, ast.Constant)


def test_every_kind_of_act_in_the_code_has_a_chinese_name() -> None:
    found = kinds()
    assert len(found) > 30
    assert [kind for kind in found if act_names.name(kind).isascii()] == []


def test_every_arrow_of_every_machine_has_a_chinese_name_signed_or_not() -> None:
    assert RECORD.name in MACHINES
    for machine in MACHINES.values():
        for action in machine.arrows:
            for suffix in ("", ".propose", ".sign", ".decline"):
                assert not act_names.name(f"{machine.name}.{action}{suffix}").isascii()


@pytest.mark.django_db
def test_the_audit_page_names_things_and_leads_to_their_pages(tree: Tree) -> None:
    official = factories.official(tree.transport, "许清和")
    page = signed_in(factories.user(("auditor", tree.province))).get("/staff/audit/").content.decode()
    assert "许清和" in page
    assert f"/staff/officials/{official.pk}/" not in page  # the auditor may not open the file of an official
    assert f'href="/staff/departments/{tree.county.uscc}/">梅江区人民政府</a>' in page
    assert "system" not in page.split("<tbody")[1]
    assert "安全审计员" in page
