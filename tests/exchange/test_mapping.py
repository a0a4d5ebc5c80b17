"""The SX_ mapping, field by field, with every code a check of ours can give; and money in ten-thousands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange import freezing, mappings
from exchange.mappings import cf, values
from exchange.models import Delivery, DeliveryState
from tests.exchange import scenes

TODAY = date(2026, 10, 9)


def _frozen(unit, op="C", restricted=None, **changes):
    made = scenes.report(unit, op=op, restricted=restricted, **changes)
    return made, freezing.freeze(made, batch="B-1", today=TODAY)


def _row(unit, **changes):
    made, frozen = _frozen(unit, **changes)
    facts = freezing.json.loads(frozen.content)
    return made, facts, [(fault.code, fault.column) for fault in frozen.faults]


def test_every_field_lands_where_the_specification_has_it(unit):
    made, row, faults = _row(unit)
    assert faults == []
    assert row == {
        "SX_ID": str(made.subject_id),
        "SX_VER": "1",
        "SX_ZT_MC": "市交通运输局",
        "SX_ZT_DM": "11441400MB2C12348W",
        "SX_ZT_LB": "1",
        "SX_LYLX": "CONTRACT_DEFAULT",
        "SX_WSMC": "关于认定市交通运输局违约失信的决定",
        "SX_WSH": "梅发改信认〔2026〕17号",
        "SX_SS": "未在承诺期限内支付工程尾款，经催告仍未支付。",
        "SX_YJ": "发改财金〔2023〕1103号",
        "SX_DJ": "2",
        "SX_SSJE": "2.000000",
        "SX_SHYX": "1",
        "SX_RDRQ": "2026-09-24",
        "SX_RDJG": "市发展和改革局",
        "SX_RDJGDM": "11441400MB3E56782C",
        "SX_CJCS": "RECTIFY_ORDER",
        "SX_GKBS": "1",
        "SX_GSKSRQ": "2026-09-24",
        "SX_GSJZQ": "2027-09-24",
        "SX_ZGZT": "1",
        "SX_XFZT": "0",
        "SX_YYBZ": "0",
        "SX_SJLY": "市交通运输局",
        "SX_SJLYDM": "11441400MB2C12348W",
        "SX_ZRR": "信用科",
        "SX_XZQH": "441400",
        "SX_SJC": "2026-10-09 10:00:00",
        "SX_PC": "B-1",
    }


FAULTS = [
    ({"subject_name": None}, "E010", "SX_ZT_MC"),
    ({"facts": "太短"}, "E010", "SX_SS"),
    ({"public_until": None}, "E010", "SX_GSJZQ"),
    ({"op": "W", "withdrawn_because": None}, "E010", "SX_CXYY"),
    ({"op": "R", "repair_number": None}, "E010", "SX_XFWSH"),
    ({"is_person": True}, "E010", "SX_RY_XM"),
    ({"basis": "据" * 513}, "E011", "SX_YJ"),
    ({"facts": "事" * 2001}, "E011", "SX_SS"),
    ({"recognised_on": "2026-13-01"}, "E012", "SX_RDRQ"),
    ({"recognised_on": "20260924"}, "E012", "SX_RDRQ"),
    ({"source_type": "GOSSIP"}, "E013", "SX_LYLX"),
    ({"key_areas": ["MOON"]}, "E013", "SX_LY"),
    ({"sanctions": ["EXILE"]}, "E013", "SX_CJCS"),
    ({"severity": "dreadful"}, "E013", "SX_DJ"),
    ({"social_impact": "cosmic"}, "E013", "SX_SHYX"),
    ({"loss_yuan": "twenty"}, "E013", "SX_SSJE"),
    ({"loss_yuan": "1.005"}, "E013", "SX_SSJE"),
    ({"loss_yuan": "-1.00"}, "E013", "SX_SSJE"),
    ({"subject_code": "11441400MB2C12348A"}, "E020", "SX_ZT_DM"),
    ({"recogniser_code": "00000000000000000X"}, "E020", "SX_RDJGDM"),
    ({"recognised_on": "2026-10-10"}, "E041", "SX_RDRQ"),
    ({"public_until": "2026-09-23"}, "E042", "SX_GSJZQ"),
]


@pytest.mark.parametrize(
    ("changes", "code", "column"), FAULTS, ids=[f"{c}-{n}-{i}" for i, (_d, c, n) in enumerate(FAULTS)]
)
def test_what_the_platform_would_refuse_is_named_before_it_is_sent(unit, changes, code, column):
    _made, _row_, faults = _row(unit, **changes)
    assert (code, column) in faults


def test_an_id_number_with_a_wrong_check_digit_is_named_and_never_repeated(unit):
    wrong = {**scenes.PERSONAL, "person_id_number": "441403198506150024"}
    _made, frozen = _frozen(unit, is_person=True, restricted=wrong)
    assert [(fault.code, fault.column) for fault in frozen.faults] == [("E022", "SX_RY_ZJHM")]
    assert "441403198506150024" not in str(frozen.faults[0])


def test_a_faulty_report_is_rejected_without_being_sent_and_the_next_version_creates(unit, puppet):
    bad = scenes.relayed(unit, subject_code="11441400MB2C12348A")
    assert (bad.state, bad.code, bad.field) == (DeliveryState.REJECTED, "E020", "SX_ZT_DM")
    good = scenes.relayed(unit, subject=bad.subject_id, version=2, op="U")

    scenes.deliver(puppet)

    assert [(message.version, message.operation) for message in puppet.sent] == [(2, "C")]
    good.refresh_from_db()
    assert good.state == DeliveryState.STORED


def test_persons_are_sealed_in_the_report_and_in_the_frozen_bytes(unit):
    sent = scenes.relayed(unit, is_person=True, restricted=scenes.PERSONAL)
    number = scenes.PERSONAL["person_id_number"]
    assert number.encode() not in bytes(sent.report.restricted)
    assert number.encode() not in bytes(Delivery.objects.get(pk=sent.pk).payload)
    assert number not in str(sent.report.fields)
    assert freezing.row_of(sent)["SX_RY_ZJHM"] == number


def test_changing_the_report_in_memory_does_not_change_the_frozen_bytes(unit):
    sent = scenes.relayed(unit)
    before = freezing.row_of(sent)
    sent.report.fields["facts"] = "另一件事，另一件事，另一件事"
    assert freezing.row_of(Delivery.objects.get(pk=sent.pk)) == before


@pytest.mark.parametrize(
    ("yuan", "wan"),
    [("20000.00", "2.000000"), ("0.01", "0.000001"), ("0", "0.000000"), ("999999999999.99", "99999999.999999")],
)
def test_yuan_become_ten_thousands_with_six_decimals(yuan, wan):
    assert values.wan_of(yuan) == wan


@given(st.integers(min_value=0, max_value=10**16))
def test_no_fen_is_lost_on_the_way(fen):
    yuan = Decimal(fen) / 100
    assert Decimal(values.wan_of(yuan)) * 10_000 == yuan


@pytest.mark.parametrize("bad", ["", "x", "NaN", "Infinity", "1.001"])
def test_what_is_no_amount_is_refused(bad):
    with pytest.raises(ValueError, match="not an amount"):
        values.wan_of(bad)


@pytest.mark.parametrize(("old", "new"), [("CF_XZJG", "CF_CFJG"), ("XK_JZQ", "XK_YXQZI"), ("CF_WSH", "CF_WSH")])
def test_older_names_are_known(old, new):
    assert cf.todays_name(old) == new


def test_an_unknown_resource_has_no_mapping():
    with pytest.raises(KeyError):
        mappings.for_resource("ZZ")


def test_a_report_for_an_unknown_resource_rolls_its_act_back(unit):
    with pytest.raises(KeyError):
        scenes.report(unit, resource="ZZ")
    assert not Delivery.objects.exists()


def test_what_cannot_be_mapped_at_all_is_laid_before_a_person_and_does_not_stop_the_line(unit, puppet):
    broken = scenes.report(unit, key_areas=7)
    good = scenes.report(unit)

    scenes.deliver(puppet)

    states = {each.report_id: each.state for each in Delivery.objects.all()}
    assert states == {broken.pk: DeliveryState.REJECTED, good.pk: DeliveryState.STORED}
    assert "不能换算" in Delivery.objects.get(report=broken).message
