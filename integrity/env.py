"""Read settings from the environment; a missing or wrong one stops the start with what, where and how to mend it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

WHERE = "在 .env 或服务的环境里设置，写法见 .env.example"


def load_file(path: Path) -> None:
    """Take over ``NAME=value`` lines of a file for names the environment does not have; a missing file is fine."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.strip().partition("=")
        if sign and re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            os.environ.setdefault(name, value.strip().strip("'\""))


def text(name: str, default: str | None = None) -> str:
    """
    Give the variable as text.

    :raises ImproperlyConfigured: it is missing and has no default
    """
    value = os.environ.get(name) or default
    if value is None:
        raise _wrong(name, "没有设置 (missing)")
    return value


def flag(name: str, default: bool = False) -> bool:
    """
    Give the variable as yes or no.

    :raises ImproperlyConfigured: it is neither ``1`` nor ``0`` (or a word for them)
    """
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise _wrong(name, f"只能是 1 或 0，现在是“{value}” (must be 1 or 0)")


def number(name: str, default: int, *, least: int = 0) -> int:
    """
    Give the variable as a whole number.

    :raises ImproperlyConfigured: it is no whole number, or below the least allowed
    """
    value = text(name, str(default))
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < least:
        raise _wrong(name, f"须是不小于 {least} 的整数，现在是“{value}” (must be a whole number, at least {least})")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """Give the variable as a list parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    """
    Give the variable as one of a few words.

    :raises ImproperlyConfigured: it is another word
    """
    value = text(name, default)
    if value not in among:
        raise _wrong(name, f"只能是 {'、'.join(among)} 之一，现在是“{value}” (must be one of these)")
    return value


def key(name: str) -> str:
    """
    Give a key of 32 bytes written as 64 hexadecimal digits; the value is never repeated in an error.

    :raises ImproperlyConfigured: it is missing or not of that form
    """
    value = text(name)
    if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
        raise _wrong(name, "须是 64 位十六进制数，可用 openssl rand -hex 32 生成 (must be 64 hex digits)")
    return value


def named_keys(name: str) -> list[str]:
    """
    Give a list of ``id:key`` pairs, each key 64 hexadecimal digits.

    :raises ImproperlyConfigured: it is missing, empty, a pair is malformed, or an id stands twice
    """
    pairs = words(name)
    names = [pair.partition(":")[0] for pair in pairs]
    if (
        not pairs
        or len(set(names)) < len(names)
        or not all(re.fullmatch(r"\w{1,16}:[0-9a-fA-F]{64}", pair) for pair in pairs)
    ):
        raise _wrong(
            name, "须形如 k2:64位十六进制数,k1:64位十六进制数，编号不重复，第一个用于加密 (id:64 hex digits, …)"
        )
    return pairs


def folder(name: str) -> Path:
    """
    Give the variable as the path of a folder this process can write to, made when it is missing.

    :raises ImproperlyConfigured: it cannot be made or written to
    """
    path = Path(text(name))
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _wrong(name, f"目录建不了：{error.strerror} (cannot be created)") from error
    if not os.access(path, os.W_OK):
        raise _wrong(name, "目录不可写 (not writable)")
    return path


def url(name: str, default: str | None = None, *, schemes: tuple[str, ...] = ("https", "http")) -> str:
    """
    Give the variable as an address with one of the schemes.

    :raises ImproperlyConfigured: it is missing or of another form
    """
    value = text(name, default)
    if urlsplit(value).scheme not in schemes:
        raise _wrong(name, f"须是 {'、'.join(f'{scheme}://' for scheme in schemes)} 开头的地址 (must be such a URL)")
    return value


def database(name: str, value: str | None = None) -> dict[str, Any]:
    """
    Give the PostgreSQL address in the variable (or the one handed in) as a Django database setting.

    A unix socket is written ``postgresql://user@/database?host=/folder``.

    :raises ImproperlyConfigured: it is missing, not PostgreSQL, or names no user or database
    """
    parts = urlsplit(value or url(name, schemes=("postgresql", "postgres")))
    if not parts.username or not parts.path.strip("/"):
        raise _wrong(name, "须写明用户和数据库：postgresql://用户:密码@主机:5432/数据库 (needs user and database)")
    options = {key: values[0] for key, values in parse_qs(parts.query).items() if key != "host"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parse_qs(parts.query).get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10, **options},
    }


def redis(name: str, *, number: int) -> tuple[str, str]:
    """
    Give the Redis address in the variable for clients and for Celery, both at the numbered database.

    A unix socket is written ``unix:///path``; Celery knows it by another scheme.

    :raises ImproperlyConfigured: it is missing or of another form
    """
    parts = urlsplit(url(name, schemes=("redis", "rediss", "unix")))
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}", f"redis+socket://{parts.path}?virtual_host={number}"
    address = urlunsplit(parts._replace(path=f"/{number}"))
    return address, address


def _wrong(name: str, what: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"环境变量 {name} {what}。如何修正：{WHERE}。")
