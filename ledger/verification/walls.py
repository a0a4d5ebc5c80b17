"""The walls in the database: triggers always on, functions as the migration made them, rights no wider than meant."""

from __future__ import annotations

import re
from importlib import import_module

from django.conf import settings
from django.db import connection

from ledger import coverage
from ledger.verification.findings import Report

KEPT = {"ledger_no_delete", "ledger_no_truncate"}
FROZEN = KEPT | {"ledger_no_update"}
LEDGER_TRIGGERS = {
    "ledger_entry": FROZEN | {"ledger_number"},
    "ledger_entrybody": {"ledger_body_guard", "ledger_no_truncate", "ledger_no_update"},
    "ledger_tombstone": FROZEN,
    "ledger_node": FROZEN,
    "ledger_head": FROZEN,
}
APP_MAY = {
    "ledger_entry": {"SELECT"},
    "ledger_entrybody": {"SELECT"},
    "ledger_tombstone": {"SELECT"},
    "ledger_node": {"SELECT", "INSERT"},
    "ledger_head": {"SELECT", "INSERT"},
}
PUBLIC_MAY = {
    "ledger_entry": set[str](),
    "ledger_entrybody": set[str](),
    "ledger_tombstone": {"SELECT"},
    "ledger_node": {"SELECT"},
    "ledger_head": {"SELECT"},
}
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
_TRIGGERS = """
SELECT trigger.tgrelid::regclass::text, trigger.tgname, trigger.tgenabled, proc.proname
FROM pg_trigger trigger JOIN pg_proc proc ON proc.oid = trigger.tgfoid WHERE NOT trigger.tgisinternal
"""
_RIGHTS = """
SELECT role, relation, wanted FROM unnest(%s::text[]) role, unnest(%s::text[]) relation, unnest(%s::text[]) wanted
WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = role) AND has_table_privilege(role, relation, wanted)
"""
_SELF = """
SELECT pg_has_role(current_user, relowner, 'USAGE'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
FROM pg_class WHERE oid = 'ledger_entry'::regclass
"""
_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(.*?\$body\$(.*?)\$body\$", re.DOTALL)


def check_walls(report: Report) -> None:
    """Compare triggers, functions and rights with what the migrations set up, and say which wall was never there."""
    _check_triggers(report)
    _check_functions(report)
    _check_rights(report)
    _missing_logins(report)


def unkept_tables() -> list[str]:
    """Give covered tables without the triggers that refuse delete and truncate; a house test keeps this list empty."""
    found = _triggers()
    return sorted(
        table
        for table in (model._meta.db_table for model in coverage.covered_models())
        if KEPT - found.get(table, {}).keys()
    )


def _triggers() -> dict[str, dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        found: dict[str, dict[str, str]] = {}
        for table, name, enabled, _ in cursor.fetchall():
            found.setdefault(table.strip('"'), {})[name] = enabled
    return found


def _check_triggers(report: Report) -> None:
    found = _triggers()
    expected = {**{model._meta.db_table: KEPT for model in coverage.covered_models()}, **LEDGER_TRIGGERS}
    for table, names in expected.items():
        for name in sorted(names):
            enabled = found.get(table, {}).get(name)
            if enabled is None:
                report.add("wall.trigger_missing", table, name, "", "缺少拒绝改删的触发器")
            elif enabled != "A":
                report.add("wall.trigger_off", table, name, "", "触发器没有设为始终生效（ENABLE ALWAYS）")


def _check_functions(report: Report) -> None:
    walls = import_module("ledger.migrations.0002_walls")
    made = {name: text for part in (walls.REFUSAL, walls.GUARDS, walls.DOORS) for name, text in _FUNCTION.findall(part)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", [list(made)])
        found = dict(cursor.fetchall())
    for name, text in made.items():
        if found.get(name) != text:
            report.add("wall.function", "", name, "", "数据库函数与迁移所建的不同，或不见了")


def _check_rights(report: Report) -> None:
    allowed = {"integrity_app": APP_MAY, "integrity_public": PUBLIC_MAY}
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS, [list(allowed), list(APP_MAY), list(RIGHTS)])
        for role, table, right in cursor.fetchall():
            if right not in allowed[role][table]:
                report.add("wall.right", table, role, "", f"这个角色多出 {right} 权限")


def _missing_logins(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SELF)
        is_owner, is_superuser = cursor.fetchone()
    if is_superuser:
        report.missing_walls.append("应用所用的数据库登录名是超级用户，触发器与权限都拦不住它。")
    elif is_owner:
        report.missing_walls.append(
            "应用所用的数据库登录名就是日志表的所有者，可以停用触发器；请另设 DATABASE_OWNER_URL。"
        )
    if "public" not in settings.DATABASES:
        report.missing_walls.append("没有单独的公开只读登录名；请设置 DATABASE_PUBLIC_URL。")
