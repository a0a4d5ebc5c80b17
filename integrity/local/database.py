"""Prepare a database for the portal: its three logins, the two group roles and the default rights."""

from __future__ import annotations

import psycopg2
from psycopg2 import sql

GROUPS = ("integrity_app", "integrity_public")
LOGINS = {"integrity_owner": None, "integrity_web": "integrity_app", "integrity_reader": "integrity_public"}


def prepare(admin_url: str, *, database: str) -> None:
    """Create groups, logins and the database where they are missing, owned by the migrating login."""
    with psycopg2.connect(admin_url) as probe:
        probe.autocommit = True
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for name in GROUPS:
            _create_role(cursor, name, login=False)
        for name in LOGINS:
            _create_role(cursor, name, login=True)
        cursor.execute("GRANT integrity_app TO integrity_web")
        cursor.execute("GRANT integrity_public TO integrity_reader, integrity_web")
        cursor.execute("ALTER ROLE integrity_web CREATEDB")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER integrity_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                    sql.Identifier(database)
                )
            )
    connection.close()


def grant_defaults(owner_url: str) -> None:
    """Give the application group read, insert and update on what the owner will create, and nothing more."""
    connection = psycopg2.connect(owner_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("GRANT USAGE ON SCHEMA public TO integrity_app, integrity_public")
        cursor.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE ON TABLES TO integrity_app")
        cursor.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO integrity_app")
    connection.close()


def _create_role(cursor, name: str, *, login: bool) -> None:  # type: ignore[no-untyped-def]
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if cursor.fetchone() is None:
        cursor.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), sql.SQL("LOGIN" if login else "NOLOGIN")))
