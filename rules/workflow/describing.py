"""Writes the workflows down from their tables: a diagram and a table each, for people who do not read code."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from rules import data_files
from rules.models import Parameter
from rules.workflow.arrow import SUBJECT_ROLE, SYSTEM_ROLE, Arrow
from rules.workflow.machine import MACHINES, Machine
from rules.workflow.standing import role_name

HEAD = """# Workflows

Written by `manage.py describe_workflows` from the tables the portal obeys; do not edit. Each row is one arrow: who may
follow it, from which states, what it starts and closes, what becomes public and what the platform is told. 四眼 = closed to
whoever has another hand in the object. An arrow with signatures is proposed by the first signer and performed by the last.
"""
COLUMNS = ("动作", "从", "到", "谁", "条件", "期限", "公示", "报送", "后果", "依据")


def document() -> str:
    """This will give the whole document; it asks no database."""
    discover()
    labels = {row.key: row.label for row in data_files.rows() if isinstance(row, Parameter)}
    parts = [HEAD]
    for name in sorted(MACHINES):
        parts.append(_machine(MACHINES[name], labels))
    return "\n".join(parts)


def discover() -> None:
    """This will import every app's tables of arrows, so that each machine stands in the registry."""
    for config in apps.get_app_configs():
        if config.module is None or not module_has_submodule(config.module, "workflow"):
            continue
        package = import_module(f"{config.name}.workflow")
        for found in pkgutil.iter_modules(getattr(package, "__path__", [])):
            import_module(f"{package.__name__}.{found.name}")


def _machine(machine: Machine[Any], labels: dict[str, str]) -> str:
    lines = [f"## {machine.label} (`{machine.name}`)", "", *_diagram(machine), "", *_table(machine, labels), ""]
    return "\n".join(lines)


def _diagram(machine: Machine[Any]) -> list[str]:
    used = {state for arrow in machine.arrows.values() for state in (*arrow.sources, arrow.target) if state}
    states = [state for state in machine.states() if state in used]
    first = machine.model._meta.get_field(machine.state_field).get_default()
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{machine.state_label(state)}" as {state}' for state in states]
    lines += [f"    [*] --> {first}"] if first in states else []
    for arrow in machine.arrows.values():
        for source in (state for state in states if state in arrow.sources):
            lines.append(f"    {source} --> {arrow.target or source}: {arrow.label}")
    return [*lines, "```"]


def _table(machine: Machine[Any], labels: dict[str, str]) -> list[str]:
    lines = ["| " + " | ".join(COLUMNS) + " |", "|" + "---|" * len(COLUMNS)]
    for arrow in machine.arrows.values():
        cells = (
            f"{arrow.label} `{arrow.action}`",
            "、".join(machine.state_label(state) for state in machine.states() if state in arrow.sources),
            machine.state_label(arrow.target) if arrow.target else "不变",
            _who(arrow),
            _conditions(arrow),
            _clocks(arrow, labels),
            arrow.public,
            arrow.reported,
            arrow.consequence,
            arrow.law,
        )
        lines.append(
            "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") or "–" for cell in cells) + " |"
        )
    return lines


def _who(arrow: Arrow) -> str:
    if arrow.signatures:
        return " → ".join(_role(role) for role in arrow.signatures) + "（先后签署，须不同的人）"
    return "、".join(_role(role) for role in arrow.roles)


def _role(role: str) -> str:
    return {SYSTEM_ROLE: "系统", SUBJECT_ROLE: "当事人"}.get(role) or role_name(role)


def _conditions(arrow: Arrow) -> str:
    told = ["四眼"] if arrow.four_eyes else []
    told += ["须写理由"] if arrow.needs_reason or arrow.signatures else []
    told += [_guard(guard) for guard in arrow.guards]
    return "；".join(told)


def _guard(guard: Any) -> str:
    """A guard says what it is for in the first line of its docstring, else by its name."""
    doc = (getattr(guard, "__doc__", "") or "").strip()
    return doc.splitlines()[0].rstrip(".") if doc else f"`{getattr(guard, '__name__', 'guard')}`"


def _clocks(arrow: Arrow, labels: dict[str, str]) -> str:
    started = _named((each.rule for each in arrow.started()), labels)
    closed = _named(arrow.closes, labels)
    return "；".join([f"起：{each}" for each in started] + [f"止：{each}" for each in closed])


def _named(rules: Iterable[str], labels: dict[str, str]) -> list[str]:
    return [f"{labels.get(rule, rule)} `{rule}`" for rule in rules]
