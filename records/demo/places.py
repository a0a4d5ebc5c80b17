"""The invented departments of the demo: a province, a city, two counties, a district and a town with their bureaus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accounts.identifiers import uscc
from accounts.models import Department
from accounts.services import departments
from ledger.actors import SYSTEM

SINCE = date(2019, 3, 1)


@dataclass(frozen=True)
class Place:
    """One department to be: its key in the demo, where it hangs, and what its codes begin with."""

    key: str
    name: str
    above: str
    level: str
    division: str
    prefix: str
    kind: str = "organ"
    is_lead: bool = False


PLACES = (
    Place("province", "岭南示范省人民政府", "", "PROVINCE", "44", "SZ", "government"),
    Place("province_lead", "岭南示范省发展和改革委员会", "province", "PROVINCE", "44", "SFG", is_lead=True),
    Place("city", "安平市人民政府", "province", "CITY", "4499", "APZ", "government"),
    Place("city_lead", "安平市发展和改革委员会", "city", "CITY", "4499", "APF", is_lead=True),
    Place("transport", "安平市交通运输局", "city", "CITY", "4499", "APJ"),
    Place("emergency", "安平市应急管理局", "city", "CITY", "4499", "APY"),
    Place("veterans", "安平市退役军人事务局", "city", "CITY", "4499", "APT"),
    Place("resources", "安平市自然资源局", "city", "CITY", "4499", "APR"),
    Place("housing", "安平市住房和城乡建设局", "city", "CITY", "4499", "APS"),
    Place("terminal", "安平市公路事务中心", "transport", "CITY", "4499", "APG", "institution"),
    Place("east", "东林区人民政府", "city", "COUNTY", "449902", "DLZ", "government"),
    Place("east_lead", "东林区发展和改革局", "east", "COUNTY", "449902", "DLF", is_lead=True),
    Place("east_transport", "东林区交通运输局", "east", "COUNTY", "449902", "DLJ"),
    Place("qinghe", "青禾县人民政府", "city", "COUNTY", "449921", "QHZ", "government"),
    Place("qinghe_lead", "青禾县发展和改革局", "qinghe", "COUNTY", "449921", "QHF", is_lead=True),
    Place("qinghe_transport", "青禾县交通运输局", "qinghe", "COUNTY", "449921", "QHJ"),
    Place("qinghe_emergency", "青禾县应急管理局", "qinghe", "COUNTY", "449921", "QHY"),
    Place("qinghe_resources", "青禾县自然资源局", "qinghe", "COUNTY", "449921", "QHR"),
    Place("yunxi", "云溪县人民政府", "city", "COUNTY", "449922", "YXZ", "government"),
    Place("yunxi_transport", "云溪县交通运输局", "yunxi", "COUNTY", "449922", "YXJ"),
    Place("liuhe", "柳河镇人民政府", "qinghe", "TOWN", "449921", "LHZ", "government"),
    Place("shiqiao", "石桥镇人民政府", "yunxi", "TOWN", "449922", "SQZ", "government"),
)


def build(*, now: datetime) -> dict[str, Department]:
    """Establish every department, superiors first, and return them by their keys."""
    built: dict[str, Department] = {}
    for serial, place in enumerate(PLACES, start=1):
        built[place.key] = departments.establish(
            actor=SYSTEM,
            name=place.name,
            code=code_of(place, serial),
            level=place.level,
            kind=place.kind,
            division_code=place.division,
            serial_prefix=place.prefix,
            valid_from=SINCE,
            parent=built.get(place.above),
            is_credit_lead=place.is_lead,
            now=now,
        )
    return built


def code_of(place: Place, serial: int) -> str:
    """Make a credit code with both check characters right for an invented department."""
    entity = "12" if place.kind == "institution" else "11"
    body = f"MB0{serial:05d}"
    first_17 = f"{entity}{place.division.ljust(6, '0')}{body}{uscc.inner_check(body)}"
    return first_17 + uscc.check_character(first_17)
