"""Read settings from the environment; a missing or wrong one stops the start with what, where and how to mend it."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Give the variable as text; without a default a missing one stops the start."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"缺少环境变量 {name}：请在 .env 或服务环境里设置它，写法见 .env.example。")
    return value


def flag(name: str, default: bool = False) -> bool:
    """Give the variable as yes or no (``1``/``0``)."""
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str | None = None) -> list[str]:
    """Give the variable as a list parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str) -> dict[str, Any]:
    """Give the PostgreSQL URL in the variable as a Django database setting."""
    parts = urlsplit(text(name))
    query = parse_qs(parts.query)
    host = query.get("host", [parts.hostname or ""])[0]
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"环境变量 {name} 须是 postgresql:// 开头的地址，写法见 .env.example。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
