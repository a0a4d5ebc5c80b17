"""The log answers for every row of the archives."""

from __future__ import annotations

from ledger.verification.run import verify
from records.services.archives import checks, opening, reports, restricted
from tests.records import factories
from tests.records.archives import cases
from tests.records.factories import DECIDED, NOW


def test_archives_honours_and_checks_verify(fresh_database: object) -> None:
    factories.load_law()
    scene = factories.scene()
    opening.open_missing(now=NOW)
    for build in cases.BUILDERS.values():
        build(scene)
    factories.disclosed(scene)
    officer, archive = cases.personnel(scene), cases.archive(scene.official)
    restricted.write(actor=officer, archive=archive, kind="appraisal", year=2025, text="称职", now=NOW)
    restricted.read(
        actor=officer, archive=archive, kind="appraisal", purpose="APPRAISAL", reason="年度考核材料", now=NOW
    )
    check = cases.checked(scene.clerk, scene.bureau, [cases.unit(scene.bureau)]).checks.get()
    reports.add(
        actor=scene.clerk, check=check, agency="安平征信", number="ZX-1", issued_on=DECIDED, valid_to=DECIDED,
        upload=factories.upload("报告.pdf"), now=NOW,
    )  # fmt: skip
    checks.decide(actor=scene.reviewer, check=check, decision="PROCEEDED", now=NOW)

    assert [finding for finding in verify().findings if not finding.code.startswith("head.")] == []
