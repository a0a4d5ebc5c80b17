"""Settings: each one documented, each wrong one told before the start with what, where and how to mend it."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from integrity import env
from tests.environment import ROOT

# make run and the tests read these from the shell; the settings do not.
READ_ELSEWHERE = {"PORT", "PLATFORM_PORT", "DATABASE_ADMIN_URL", "POSTGRES_PASSWORD", "PUBLISH"}


def _documented() -> set[str]:
    return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def _read_by_settings() -> set[str]:
    text = "\n".join(path.read_text() for path in (ROOT / "integrity" / "settings").glob("*.py"))
    return set(re.findall(r"""(?:env\.\w+|os\.environ\.get)\(\s*"([A-Z][A-Z0-9_]+)\"""", text))


def test_every_setting_is_documented_and_every_documented_one_is_read():
    assert len(_read_by_settings()) > 15
    assert _documented() - READ_ELSEWHERE == _read_by_settings()


def test_the_compose_file_gives_the_owner_login_to_the_prepare_step_alone():
    compose = (ROOT / "docker-compose.yml").read_text()
    shared, services = compose.split("\nservices:\n")
    assert 'DATABASE_OWNER_URL: ""' in shared
    prepare = services.split("\n\n", 1)[0]
    assert "prepare_database" in prepare
    assert "DATABASE_OWNER_URL" not in prepare


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, lambda: env.text("HOUSE")),
        ("vielleicht", lambda: env.flag("HOUSE")),
        ("-1", lambda: env.number("HOUSE", 0)),
        ("0", lambda: env.number("HOUSE", 5, least=1)),
        ("１２", lambda: env.number("HOUSE", 0)),
        ("XX", lambda: env.choice("HOUSE", "GD", among=("GD", "SZ"))),
        ("abcd", lambda: env.key("HOUSE")),
        ("k1:" + "0" * 64 + ",k1:" + "1" * 64, lambda: env.named_keys("HOUSE")),
        ("k1:short", lambda: env.named_keys("HOUSE")),
        ("", lambda: env.named_keys("HOUSE")),
        ("mysql://u@h/d", lambda: env.database("HOUSE")),
        ("postgresql://h/d", lambda: env.database("HOUSE")),
        ("postgresql://u@h/", lambda: env.database("HOUSE")),
        ("http://redis", lambda: env.redis("HOUSE", number=0)),
        ("ftp://platform", lambda: env.url("HOUSE")),
        ("/proc/nothing/here", lambda: env.folder("HOUSE")),
    ],
)
def test_a_wrong_setting_says_which_and_how_to_mend_it(monkeypatch, value, read):
    monkeypatch.delenv("HOUSE", raising=False)
    if value is not None:
        monkeypatch.setenv("HOUSE", value)
    with pytest.raises(ImproperlyConfigured, match=r"环境变量 HOUSE .*如何修正：.*\.env\.example"):
        read()


def test_an_error_never_repeats_a_key(monkeypatch):
    monkeypatch.setenv("HOUSE", "5ecre7" * 5)
    with pytest.raises(ImproperlyConfigured) as caught:
        env.key("HOUSE")
    assert "5ecre7" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "clients", "celery"),
    [
        ("redis://:pw@host:6379", "redis://:pw@host:6379/1", "redis://:pw@host:6379/1"),
        ("unix:///run/r.sock", "unix:///run/r.sock?db=1", "redis+socket:///run/r.sock?virtual_host=1"),
    ],
)
def test_one_redis_address_serves_clients_and_celery(monkeypatch, url, clients, celery):
    monkeypatch.setenv("HOUSE", url)
    assert env.redis("HOUSE", number=1) == (clients, celery)


def test_a_socket_a_password_and_options_of_a_database_address_arrive(monkeypatch):
    monkeypatch.setenv("HOUSE", "postgresql://us%40er:p%3Aw@/name?host=/run/pg&sslmode=require")
    told = env.database("HOUSE")
    assert (told["USER"], told["PASSWORD"], told["NAME"], told["HOST"]) == ("us@er", "p:w", "name", "/run/pg")
    assert told["OPTIONS"]["sslmode"] == "require"


def test_a_file_fills_in_what_the_environment_lacks(monkeypatch, tmp_path):
    monkeypatch.setenv("HOUSE", "from the shell")
    monkeypatch.setenv("GARDEN", "")
    monkeypatch.delenv("GARDEN")
    (tmp_path / ".env").write_text("# note\nHOUSE=from the file\nGARDEN='a = b'\nnot a setting\n")
    env.load_file(tmp_path / ".env")
    assert (os.environ["HOUSE"], os.environ["GARDEN"]) == ("from the shell", "a = b")


def test_a_start_without_a_secret_stops_with_its_name():
    environ = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    told = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert told.returncode
    assert "SECRET_KEY" in told.stderr.splitlines()[-1]


@pytest.mark.matrix  # `make check` asks the same with every change
def test_production_settings_pass_the_deploy_check(environment):
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "integrity.settings.prod"}
    environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser tests of this run need it, production never has it
    words = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    told = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
