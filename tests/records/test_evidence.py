"""Evidence: what is taken in is what it says it is, and only those who may see the record can read it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from ledger import coverage
from ledger.refusals import Conflict, Invalid, Missing, NotAllowed
from records.models import Evidence
from records.services import drafting, evidence
from tests.records import factories
from tests.records.factories import NOW, PDF, Scene, upload
from tests.records.proofs import refused

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(40)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(40)
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
OFFICE = "application/vnd.openxmlformats-officedocument."


def packed(*names: str, size: int = 20) -> bytes:
    """Return a zip with these entries."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return sink.getvalue()


def stored() -> list[str]:
    """Return what lies in the evidence folder."""
    folder = Path(settings.EVIDENCE_ROOT)
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize(
    ("name", "content", "declared"),
    [
        ("决定书.pdf", PDF, "application/pdf"),
        ("现场.png", PNG, "image/png"),
        ("现场.jpeg", JPG, "image/jpeg"),
        ("合同.docx", packed("[Content_Types].xml", "word/document.xml"), OFFICE + "wordprocessingml.document"),
        ("明细.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), OFFICE + "spreadsheetml.sheet"),
        ("公文.ofd", packed("OFD.xml"), "application/octet-stream"),
        ("明细.csv", "日期,金额\n2026-05-01,12.00\n".encode(), "text/csv"),
        ("明细.csv", "日期,金额\n".encode("gb18030"), "application/vnd.ms-excel"),
    ],
    ids=["pdf", "png", "jpg", "docx", "xlsx", "ofd", "csv", "csv-gbk"],
)
def test_a_file_of_a_listed_type_is_kept_and_hashed(scene: Scene, name: str, content: bytes, declared: str) -> None:
    record = factories.draft(scene)

    item = evidence.add(actor=scene.clerk, record=record, kind="other", upload=upload(name, content, declared), now=NOW)

    assert item.sha256 == hashlib.sha256(content).hexdigest()
    assert item.name == name
    assert name.partition(".")[0] not in item.stored_as
    with evidence.open_file(actor=scene.reviewer, item=item, now=NOW) as stream:
        assert stream.read() == content
    assert str(item.pk) in {each.key for each in coverage.file_rooms()["evidence"].rows()}


@pytest.mark.parametrize(
    ("name", "content", "declared", "words"),
    [
        ("report.pdf", EXE, "application/pdf", "与扩展名不符"),
        ("setup.exe", EXE, "application/octet-stream", "不收 .exe"),
        ("决定书.pdf.exe", PDF, "application/pdf", "两个扩展名"),
        ("决定书.exe.pdf", PDF, "application/pdf", "两个扩展名"),
        ("决定书.pdf", PDF, "image/png", "不一致"),
        ("决定书.png", PDF, "image/png", "与扩展名不符"),
        ("决定书", PDF, "application/pdf", "没有扩展名"),
        ("con.pdf", PDF, "application/pdf", "系统保留"),
        ("../../etc/passwd.pdf", PDF, "application/pdf", "路径"),
        ("决定\u202efdp.pdf", PDF, "application/pdf", "双向排版控制符"),
        ("决定\u200b书.pdf", PDF, "application/pdf", "零宽"),
        ("长" * 200 + ".pdf", PDF, "application/pdf", "最多 120 字"),
        ("空.pdf", b"", "application/pdf", "空的"),
        ("网页.csv", b"<html><script>1</script></html>", "text/csv", "与扩展名不符"),
        ("二进制.csv", b"a,b\x00c", "text/csv", "与扩展名不符"),
        ("宏.xlsx", packed("xl/workbook.xml", "xl/vbaProject.bin"), OFFICE + "spreadsheetml.sheet", "宏"),
        ("套.docx", packed("word/document.xml", "inner.zip"), OFFICE + "wordprocessingml.document", "压缩包或程序"),
        ("越.docx", packed("word/document.xml", "../x"), OFFICE + "wordprocessingml.document", "越界"),
        ("假.docx", packed("xl/workbook.xml"), OFFICE + "wordprocessingml.document", "与扩展名不符"),
        (
            "多.xlsx",
            packed("xl/workbook.xml", *(f"x{n}" for n in range(1001))),
            OFFICE + "spreadsheetml.sheet",
            "条目过多",
        ),
        ("弹.xlsx", packed("xl/workbook.xml", "xl/a.xml", size=30_000_000), OFFICE + "spreadsheetml.sheet", "压缩比"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_leaves_nothing(
    scene: Scene, name: str, content: bytes, declared: str, words: str
) -> None:
    record = factories.draft(scene)
    before = stored()
    file = upload("x.pdf", content, declared)
    file._name = name  # the form's own cleaning of names is not what is tested

    with refused(Invalid, words):
        evidence.add(actor=scene.clerk, record=record, kind="other", upload=file, now=NOW)

    assert stored() == before


def test_a_file_of_30_megabytes_is_refused(scene: Scene) -> None:
    record = factories.draft(scene)
    before = stored()

    with refused(Invalid, "超过 20 MB"):
        evidence.add(
            actor=scene.clerk, record=record, kind="other", upload=upload(content=PDF + bytes(30 * 2**20)), now=NOW
        )

    assert stored() == before


def test_a_file_that_lies_about_its_size_is_stopped_on_the_way(scene: Scene) -> None:
    record = factories.draft(scene)
    liar = upload(content=PDF + bytes(21 * 2**20))
    liar.size = 10

    with refused(Invalid, "超过 20 MB"):
        evidence.add(actor=scene.clerk, record=record, kind="other", upload=liar, now=NOW)


def test_only_clerks_add_and_only_while_the_record_is_theirs(scene: Scene) -> None:
    record = factories.draft(scene)
    with refused(NotAllowed):
        evidence.add(actor=scene.reviewer, record=record, kind="other", upload=upload(), now=NOW)
    handed_in = drafting.submit(actor=scene.clerk, record=record, version=record.version, now=NOW)
    with refused(Conflict, "不能再添加"):
        evidence.add(actor=scene.clerk, record=handed_in, kind="other", upload=upload(), now=NOW)


def test_ten_files_are_enough(scene: Scene) -> None:
    record = factories.draft(scene)
    for _turn in range(9):
        evidence.add(actor=scene.clerk, record=record, kind="other", upload=upload(), now=NOW)

    with refused(Invalid, "最多 10 个"):
        evidence.add(actor=scene.clerk, record=record, kind="other", upload=upload(), now=NOW)


def test_a_removed_file_stays_in_the_row_and_on_the_disk(scene: Scene) -> None:
    record = factories.draft(scene)
    item = Evidence.objects.get(record=record)
    before = stored()

    evidence.remove(actor=scene.clerk, item=item, now=NOW)

    assert stored() == before
    with refused(Conflict, "已经移除"):
        evidence.remove(actor=scene.clerk, item=item, now=NOW)


@pytest.mark.parametrize("name", ["neighbour_clerk", "auditor", "supervisor", "official"])
def test_who_may_not_see_the_record_sees_no_file(scene: Scene, name: str) -> None:
    item = Evidence.objects.get(record=factories.draft(scene))

    with pytest.raises(Missing):
        evidence.open_file(actor=scene.everyone()[name], item=item, now=NOW)
