"""The roles of the portal: their codes, their Chinese names and which of them exclude each other.

Source of the list: the roles table of the design; exclusions: 三员分立 (GB/T 22239, level 3).
"""

from collections.abc import Iterable
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role somebody can be granted at a department."""

    CLERK = "clerk", _("填报人")
    REVIEWER = "reviewer", _("部门审核人")
    HEAD = "head", _("主要负责人")
    APPROVER = "approver", _("信用牵头部门认定人")
    APPEALS = "appeals", _("异议处理/复核人")
    SUPERVISOR = "supervisor", _("督导员")
    PERSONNEL = "personnel", _("人事")
    HANDLER = "handler", _("投诉办理人")
    CUSTODIAN = "custodian", _("身份保管人")
    EVALUATOR = "evaluator", _("第三方评估")
    MONITOR = "monitor", _("社会监督员")
    SYSADMIN = "sysadmin", _("系统管理员")
    SECADMIN = "secadmin", _("安全管理员")
    AUDITOR = "auditor", _("安全审计员")


THE_THREE = frozenset({Role.SYSADMIN.value, Role.SECADMIN.value, Role.AUDITOR.value})
"""三员: each of them excludes the other two and every other role, for one natural person at one time."""

BUSINESS = frozenset(role.value for role in Role) - THE_THREE
"""Every role that does casework; held together as a department needs, except with one of the three."""

OWN_DEPARTMENT = frozenset({"clerk", "reviewer", "head", "personnel", "handler"})
"""Roles whose scope is exactly the department of the grant."""

REGION = frozenset({"approver", "appeals"})
"""Roles whose scope is everything below the parent of the credit lead office they are granted at."""

WHOLE_TREE = frozenset({"custodian", "sysadmin", "secadmin", "auditor"})
"""Roles that are not bound to a place in the tree; what they may touch is narrowed by the policy instead."""

SUBTREE = frozenset({"evaluator", "monitor"})
"""Roles whose scope is the department of the grant and everything below it."""

DESCENDANTS = frozenset({"supervisor"})
"""Roles whose scope is everything below the department of the grant, never the department itself."""

LENDABLE = frozenset({"clerk", "reviewer", "head", "approver", "appeals", "supervisor", "personnel", "handler"})
"""Roles of an office, which can be lent during leave (委托代办); the others are given to a person by name."""

NAMES = MappingProxyType({role.value: role.label for role in Role})


def label(role: str) -> str:
    """Return the Chinese name of a role; this will give the code back where it is not a role."""
    return str(NAMES.get(role, role))


def exclusion(role: str, others: Iterable[str]) -> str | None:
    """Say which of `others` a person with `role` may not hold at the same time; this will return its code or None."""
    for other in others:
        if other != role and (role in THE_THREE or other in THE_THREE):
            return other
    return None
