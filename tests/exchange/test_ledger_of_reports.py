"""The log answers for reports: whole it verifies, changed behind its back it names table and column."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections

from exchange import delivery, erasing
from tests.exchange import scenes
from tests.exchange.scenes import NOW

YEAR_LATER = NOW.replace(year=NOW.year + 1, month=12)


def _verified(capsys):
    try:
        call_command("verify_ledger")
    except SystemExit as stopped:
        code = stopped.code
    else:
        code = 0
    return code, capsys.readouterr().out


def test_reports_verify_before_and_after_their_erasure_and_a_changed_one_is_named(fresh_database, capsys):
    scenes.load_rules()
    sent = scenes.relayed(scenes.unit(), is_person=True, restricted=scenes.PERSONAL)
    delivery.deliver_due(NOW, transport=scenes.Puppet())
    code, told = _verified(capsys)
    assert code in (0, None), told
    assert erasing.erase_old(YEAR_LATER) == 1
    code, told = _verified(capsys)
    assert code in (0, None), told
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE exchange_report SET operation = 'U' WHERE id = %s", [str(sent.report_id)])
    code, told = _verified(capsys)
    assert code not in (0, None)
    assert "exchange_report" in told
    assert "operation" in told
