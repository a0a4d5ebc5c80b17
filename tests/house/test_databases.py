"""The databases tests stand on: real rights, real commits, and quickly made."""

import subprocess
import sys

import httpx
import psycopg2
import pytest
from django.db import connection, connections


@pytest.mark.django_db
def test_the_suite_runs_as_the_application_login():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("integrity_web", False)


@pytest.mark.django_db
def test_the_application_login_creates_no_table():
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("CREATE TABLE intruder (id integer)")


def test_other_processes_see_what_was_committed_in_a_fresh_database(fresh_database):
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE seen_by_others AS SELECT 42 AS answer")
    program = (
        "import os, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']).cursor();"
        "c.execute('SELECT answer FROM seen_by_others'); print(c.fetchone()[0])"
    )
    told = subprocess.run([sys.executable, "-c", program], env=fresh_database.environ, capture_output=True, text=True)
    assert told.stdout.strip() == "42", told.stderr


def test_the_public_login_reads_no_private_table(fresh_database):
    with psycopg2.connect(fresh_database.environ["DATABASE_PUBLIC_URL"]).cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SELECT * FROM django_migrations")


def test_the_served_site_works_on_the_fresh_database(live_site):
    answer = httpx.get(f"{live_site}/readyz", timeout=60)  # the first request loads every face
    assert answer.json() == {"status": "ok", "database": "ok", "redis": "ok", "migrations": "ok"}


def test_a_program_beside_the_test_works_on_its_database(fresh_database, run_beside):
    program = run_beside("-c", "import os; print(os.environ['DATABASE_URL'])")
    assert program.wait(timeout=20) == 0
    assert fresh_database.name in program.log.read_text()
