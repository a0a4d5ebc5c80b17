"""Which PostgreSQL the portal works on; every start on an older one stops with what, where and how to mend it."""

from __future__ import annotations

import psycopg2
from django.core.exceptions import ImproperlyConfigured

OLDEST = 15
"""The first in which a view looks with the rights of whoever asks it (``security_invoker``); walls are built of these."""
PATIENCE = 5  # seconds
UPGRADE = "把服务器升级到 15 或更新版本（pg_upgrade，或者导出后导入新服务器），或者改指向已是新版本的服务器"


def refuse_too_old(url: str, *, name: str) -> None:
    """
    Stop here where the server behind an address is too old to keep the walls between the logins.

    :param name: the variable the address stands in
    :raises ImproperlyConfigured: it is older than the oldest we know how to work on
    """
    number = reported(url)
    if number is None or number >= OLDEST * 10_000:
        return
    shown = f"{number // 10_000}.{number % 10_000}" if number >= 100_000 else f"{number // 10_000}"
    raise ImproperlyConfigured(
        f"环境变量 {name} 指向的 PostgreSQL 是 {shown} 版，太旧，没有启动：本平台需要 {OLDEST} 或更新版本"
        f" (PostgreSQL {OLDEST} or newer needed)。如何修正：{UPGRADE}，写法见 .env.example。"
    )


def reported(url: str) -> int | None:
    """
    Ask a server for its version as PostgreSQL counts it: 150004 is 15.4.

    None where it does not answer: whoever needs it says so, and what needs no server (the build) goes on without one.
    """
    try:
        opened = psycopg2.connect(url, connect_timeout=PATIENCE)
    except psycopg2.OperationalError:
        return None
    try:
        return int(opened.server_version)
    finally:
        opened.close()
