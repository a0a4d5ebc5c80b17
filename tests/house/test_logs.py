"""Logs: one JSON object a line, findable by request id, and without personal data or secrets."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from integrity.logs import STRUCK, JsonLines, redact
from ledger.request_id import set_request_id


@pytest.mark.parametrize(
    "secret",
    [
        "11010519491231002X",
        "440106194912310029",
        "110105491231002",
        "13800138000",
        "+86 138-0013-8000",
        "Bearer eyJhbGciOi.J9-x_y",
        "password=anping-demo",
        '"token": "abc.def"',
        "sessionid=ksjdhf8sdf",
        "postgresql://user:pw@host/db",
        "DETAIL:  Failing row contains (7, 林知行, 什么).",
    ],
)
def test_a_log_line_holds_no_personal_data_and_no_secret(secret):
    told = redact(f"前 {secret} 后")
    assert STRUCK in told
    for part in ("1949", "4912", "0013", "eyJh", "anping", "abc.def", "ksjd", "user:pw", "林知行"):
        assert part not in told


@pytest.mark.parametrize(
    "plain", ["91440000MA4ABCDE1X", "JT-2026-0042", "2026-11-22T21:42:10", "第 12345 条", "430000"]
)
def test_numbers_of_documents_and_units_stay_readable(plain):
    assert redact(plain) == plain


def test_a_line_is_one_json_object_with_the_request_id_and_the_error_struck_out():
    set_request_id("r-1")
    try:
        raise ValueError("身份证 11010519491231002X\n第二行")
    except ValueError:
        record = logging.LogRecord("records", logging.ERROR, "", 0, "手机 %s", ("13800138000",), sys.exc_info())
    record.page = "records:record"
    line = JsonLines().format(record)
    set_request_id("")
    told = json.loads(line)
    assert "\n" not in line
    assert (told["level"], told["page"], told["request_id"]) == ("error", "records:record", "r-1")
    assert "1380013" not in line
    assert "19491231" not in line
    assert "ValueError" in told["error"]
