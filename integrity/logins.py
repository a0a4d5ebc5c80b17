"""The three database logins: who may migrate, who may work, who may only read what is public."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import extensions, sql

APP_GROUP = "integrity_app"
PUBLIC_GROUP = "integrity_public"
# One number for every start that prepares logins, so that two of them wait for one another.
PREPARING = 0x696E7465
NO_OWNER = "没有单独的迁移登录（DATABASE_OWNER_URL）：应用登录就是表的所有者，能改写日志的触发器和权限。"
NO_PUBLIC = "没有单独的公开只读登录（DATABASE_PUBLIC_URL）：公开页面用的登录也读得到非公开的表。"
TOO_STRONG = "应用登录（DATABASE_URL）是数据库超级用户：表的权限对它不起作用，只剩触发器这一道墙。"

CREATES_ROLES = "应用登录（DATABASE_URL）可以建角色，因而能把迁移登录的权限给自己：上线后请收回它的 CREATEROLE。"


@dataclass(frozen=True)
class Logins:
    """The addresses of the three logins, and a sentence for every wall that is missing between them."""

    application: str
    owner: str
    public: str
    missing_walls: list[str] = field(default_factory=list)

    def environ(self) -> dict[str, str]:
        """Give the addresses as the environment variables the settings read."""
        return {
            "DATABASE_URL": self.application,
            "DATABASE_OWNER_URL": self.owner,
            "DATABASE_PUBLIC_URL": self.public,
        }


def complete(*, application: str, owner: str | None, public: str | None, secret: str) -> Logins:
    """
    Give all three logins; where only the first is known and may create roles, this will make the other two.

    A process that is given the application and the public login, but not the owner's, works without the owner: that is how the
    web and worker processes of a production installation should start.

    What may not be made is replaced by the application login, and the missing wall is named. Passwords of logins made here
    are derived from ``secret``, so every process finds them without storing them.

    :raises psycopg2.OperationalError: the database does not answer
    """
    if public:
        return Logins(application, owner or "", public)
    made_owner = owner or _derived(application, role="owner", secret=secret)
    made_public = _derived(application, role="reader", secret=secret)
    if _answers(made_owner) and _answers(made_public):
        return Logins(application, made_owner, made_public, _strength(application))
    made = Logins(application, made_owner, made_public, _strength(application))
    if made.missing_walls and _could_prepare(made):  # too strong means: may create roles
        return made
    return Logins(application, owner or application, application, [*([] if owner else [NO_OWNER]), NO_PUBLIC])


def prepare(*, admin: str, logins: Logins) -> None:
    """
    Make the group roles, the logins, the database and the default rights, as far as they are missing.

    Afterwards whatever the owner creates can be read, added to and changed by the application, deleted by nobody but the owner,
    and seen by the public login only where a migration says so.

    :param admin: a login that may create roles (and the database, where that is missing)
    """
    database = _parts(logins.owner)["dbname"]
    with _connected(admin) as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        for group in (APP_GROUP, PUBLIC_GROUP):
            _ensure_role(cursor, group, "NOLOGIN")
        for url in (logins.owner, logins.application, logins.public):
            _ensure_login(cursor, url)
        _grant_role(cursor, APP_GROUP, logins.application)
        # The application may step down to the public rights; transactional tests read through them on one connection.
        _grant_role(cursor, PUBLIC_GROUP, logins.application)
        _grant_role(cursor, PUBLIC_GROUP, logins.public)
        _ensure_database(cursor, database, owner=_user(logins.owner))
        _grant_place(_in_database(admin, database), database, owner=_user(logins.owner))
        _grant_defaults(logins.owner)


def _grant_place(admin: str, database: str, *, owner: str) -> None:
    with _connected(admin) as cursor:
        _run(cursor, "GRANT USAGE, CREATE ON SCHEMA public TO {}", sql.Identifier(owner))
        _run(cursor, f"GRANT USAGE ON SCHEMA public TO {APP_GROUP}, {PUBLIC_GROUP}")
        # Trusted extensions (pg_trgm) may be installed by whoever may create in the database.
        _run(cursor, "GRANT CREATE ON DATABASE {} TO {}", sql.Identifier(database), sql.Identifier(owner))


def _grant_defaults(owner: str) -> None:
    """Set what the application gets on every table to come; the owner says it, so nobody else must be able to act as it."""
    rule = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    with _connected(owner) as cursor:
        _run(cursor, f"{rule} SELECT, INSERT, UPDATE ON TABLES TO {APP_GROUP}")
        _run(cursor, f"{rule} USAGE, SELECT ON SEQUENCES TO {APP_GROUP}")


def _ensure_database(cursor: extensions.cursor, database: str, *, owner: str) -> None:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if cursor.fetchone() is None:
        # libc UTF-8 rules: under locale C, trigrams of Chinese text are silently empty.
        shape = "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        _run(cursor, shape, sql.Identifier(database), sql.Identifier(owner))


def _ensure_role(cursor: extensions.cursor, name: str, kind: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone() is None:
        _run(cursor, f"CREATE ROLE {{}} {kind}", sql.Identifier(name))


def _ensure_login(cursor: extensions.cursor, url: str) -> None:
    cursor.execute("SELECT session_user")
    if cursor.fetchone() == (_user(url),):
        return
    _ensure_role(cursor, _user(url), "LOGIN")
    password = _parts(url).get("password")
    if password:
        _run(cursor, "ALTER ROLE {} PASSWORD {}", sql.Identifier(_user(url)), sql.Literal(password))


def _grant_role(cursor: extensions.cursor, group: str, url: str) -> None:
    cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [_user(url), group])
    if cursor.fetchone() == (False,):
        _run(cursor, "GRANT {} TO {}", sql.Identifier(group), sql.Identifier(_user(url)))


def _run(cursor: extensions.cursor, statement: str, *names: sql.Composable) -> None:
    cursor.execute(sql.SQL(statement).format(*names))


def _answers(url: str) -> bool:
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.OperationalError:
        return False
    return True


def _could_prepare(wanted: Logins) -> bool:
    try:
        prepare(admin=wanted.application, logins=wanted)
    except (
        psycopg2.errors.InsufficientPrivilege
    ):  # another installation's administrator holds the groups of this server
        return False
    return True


def _strength(url: str) -> list[str]:
    with _connected(url) as cursor:
        cursor.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = session_user")
        superuser, creates = cursor.fetchone() or (False, False)
    return [
        sentence for sentence, holds in ((TOO_STRONG, superuser), (CREATES_ROLES, creates and not superuser)) if holds
    ]


@contextmanager
def _connected(url: str) -> Iterator[extensions.cursor]:
    opened: extensions.connection = psycopg2.connect(url, connect_timeout=10)
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()


def _parts(url: str) -> dict[str, Any]:
    return dict(extensions.parse_dsn(url))


def _user(url: str) -> str:
    return str(_parts(url)["user"])


def _derived(url: str, *, role: str, secret: str) -> str:
    name = f"{_parts(url)['dbname']}_{role}"
    password = hmac.new(secret.encode(), f"database login {name}".encode(), hashlib.sha256).hexdigest()
    split = urlsplit(url)
    place = split.netloc.rpartition("@")[2]
    return urlunsplit(split._replace(netloc=f"{quote(name)}:{password}@{place}"))


def _in_database(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(database)}"))
