"""Search in Chinese: two characters are enough, nobody is found by name, and the plan is chosen before it runs."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure.search import abbreviations, criteria, frequencies, listing, personal, plan, reindexing, text
from disclosure.search.criteria import Criteria
from ledger.refusals import Invalid
from tests.disclosure import builders

TODAY = date(2026, 5, 11)


def found(**given: str) -> set[UUID]:
    rows, _more = listing.page(criteria.read(given), after=None, limit=50, today=TODAY, alias="default")
    return {row.key[1] for row in rows}


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("梅州市，交通运输局。", "梅州市 交通运输局"),
        ("廣東省應急管理廳", "广东省应急管理厅"),
        ("梅信認[2026]17號", "梅信认〔2026〕17号"),
        ("客\u200b运", "客运"),
        ("客\x00运", "客运"),
        ("", ""),
        ("，。！", ""),
    ],
)
def test_text_and_query_are_brought_to_one_form(raw, normal):
    assert text.normalise(raw) == normal


def test_a_word_is_cut_into_pairs_and_a_name_into_single_characters_too():
    assert text.grams("客运站 拖欠") == ["客运", "拖欠", "运站"]
    assert text.grams("", singles="市局") == ["局", "市"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("梅州市交通运输局", "梅州市交通局"),
        ("广东省发展和改革委员会", "广东省发改委"),
        ("梅江区住房和城乡建设局", "梅江区住建局"),
    ],
)
def test_a_bureau_is_known_by_its_short_name(name, short):
    assert short in abbreviations.of(name)


@pytest.mark.parametrize(
    "query",
    [
        "441402198001010010",
        "44140219800101001x",
        "４４１４０２１９８００１０１００１０",
        "441402 1980 0101 0010",
        "441402-19800101-0010",
        "441402800101001",
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "电话13800138000",
    ],
)
def test_a_number_of_a_person_is_recognised_however_it_is_spaced(query):
    assert personal.looks_personal(query)


@pytest.mark.parametrize(
    "query", ["11441400MB2C12348W", "114400000069401756", "粤府〔2017〕140号", "2026", "客运站", "20260511"]
)
def test_codes_of_units_and_numbers_of_documents_are_not_taken_for_persons(query):
    assert not personal.looks_personal(query)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "客运",
        "坡道",
        "未履行",
        "无障碍改造",
        "交通 承诺",
        "梅州市交通局",
        "17号",
        "客運",
        "发改财金",
        builders.BUREAU.lower(),
        "局",
    ],
)
def test_a_document_is_found_by_any_of_its_words(query):
    row = builders.publish()
    other = builders.publish(
        number="林字1",
        title="别的事",
        department_name="安平县水务中心",
        department_uscc=builders.CITY,
        fields={"organ": "甲"},
    )
    assert row.pk in found(q=query)
    assert other.pk not in found(q=query)


@pytest.mark.django_db
def test_all_words_of_a_query_must_occur():
    builders.publish()
    assert not found(q="客运 霍格沃茨")


@pytest.mark.django_db
def test_signs_of_patterns_are_taken_literally():
    builders.publish()
    for query in ("%", "_", "客%运", "客_运", "\\", "'", '"; DROP TABLE'):
        assert not found(q=query)


@pytest.mark.django_db
def test_a_former_name_finds_the_department_of_today(a_department):
    row = builders.publish(department_uscc=a_department.uscc, department_name="梅州市交通运输局")
    assert row.pk in found(q="梅州市交通局")


@pytest.mark.django_db
def test_a_renamed_department_is_found_by_its_new_name_after_the_night(a_department):
    row = builders.publish(
        department_uscc=a_department.uscc, department_name="梅州市旧名处", title="某事", fields={"organ": "甲"}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE disclosure_document SET haystack = '某事', grams = '{某事}' WHERE id = %s", [str(row.pk)]
        )
    assert not found(q="交通局")
    assert reindexing.refresh() == 1
    assert row.pk in found(q="交通局")
    assert reindexing.refresh() == 0


@pytest.mark.django_db
def test_a_document_about_an_official_is_found_by_unit_and_never_by_its_text():
    row = builders.publish(
        is_person=True, title="王某某处分决定", fields={"paragraphs": ["王某某违反规定"], "organ": "甲"}
    )
    assert row.pk in found(q="交通运输局")
    for query in ("王某", "王某某", "违反规定", "处分决定"):
        assert not found(q=query)


@pytest.mark.django_db
def test_filters_narrow_by_subtree_area_severity_kind_period_and_state():
    row = builders.publish(severity="serious", source_type="ARREARS", areas=("PPP", "BIDDING"))
    other = builders.publish(
        ancestors=(builders.PROVINCE,), department_uscc=builders.PROVINCE, severity="general", areas=()
    )
    builders.mark(other.pk)
    everything = {row.pk, other.pk}
    assert found(department=builders.PROVINCE) == everything
    assert found(department=builders.CITY) == {row.pk}
    assert found(area="PPP") == {row.pk}
    assert found(severity="general") == {other.pk}
    assert found(source_type="ARREARS") == {row.pk}
    assert found(status="marked") == {other.pk}
    assert found(**{"from": "2026-05-11", "to": "2026-05-11"}) == everything
    assert not found(**{"from": "2026-05-12"})
    assert found(severity="serious", q="客运", area="BIDDING", department=builders.BUREAU) == {row.pk}


@pytest.mark.parametrize(
    "given", [{"severity": "x"}, {"department": "x"}, {"from": "x"}, {"area": "../"}, {"sort": "id"}]
)
def test_a_condition_that_cannot_be_is_named(given):
    with pytest.raises(Invalid) as refusal:
        criteria.read(given)
    assert refusal.value.field == next(iter(given))


# The plan.

COMMON = {"拖欠": 180_000, "泄露": 27_000, "虚假": 60_000, "假材": 28_000, "材料": 300_000}


@pytest.mark.parametrize(
    ("words", "total", "way"),
    [
        (["拖欠"], 500_000, "walk"),
        (["泄露"], 500_000, "walk"),
        (["虚假材料"], 500_000, "walk"),
        (["恒业"], 500_000, "index"),
        (["恒业建筑"], 500_000, "index"),
        (["霍格沃茨"], 500_000, "index"),
        (["拖欠", "恒业"], 500_000, "index"),
        (["拖欠"], 10_000, "walk"),
        (["泄露"], 10_000, "index"),
        (["拖欠"], 100, "index"),
    ],
)
def test_rare_words_go_by_the_index_and_common_ones_along_the_dates(words, total, way):
    assert plan.choose(terms=words, per_million=COMMON, total=total, limit=21).way == way


def test_a_word_is_no_more_common_than_its_rarest_pair():
    assert plan.share_of("虚假材料", COMMON) == pytest.approx(0.028)
    assert plan.share_of("恒业", COMMON) == pytest.approx(0.001)


@pytest.mark.django_db
def test_the_kept_frequencies_are_counted_from_the_documents():
    for number in range(8):
        builders.publish(title="拖欠工程款" if number < 6 else "泄露标底")
    frequencies.recount()
    kept, _total = frequencies.of_terms(["拖欠", "泄露", "霍格"], alias="default")
    assert kept["拖欠"] == 750_000
    assert kept["泄露"] == 250_000
    assert "霍格" not in kept


@pytest.mark.django_db
def test_both_ways_find_the_same_documents_in_the_same_order(monkeypatch):
    for number in range(12):
        builders.publish(title="拖欠工程款" if number % 2 else "未兑现承诺", visible_from=date(2026, 5, 1 + number % 4))
    wanted = criteria.read({"q": "拖欠 工程"})
    pages = {}
    for way in ("index", "walk"):
        monkeypatch.setattr(listing, "_plan", lambda *_args, way=way: plan.Plan(way, 1))
        rows, more = listing.page(wanted, after=None, limit=4, today=TODAY, alias="default")
        rest, end = listing.page(wanted, after=rows[-1].key, limit=4, today=TODAY, alias="default")
        pages[way] = [row.key for row in (*rows, *rest)]
        assert (len(rows), more, len(rest), end) == (4, True, 2, False)
    assert pages["index"] == pages["walk"]


@pytest.mark.django_db
def test_a_single_character_is_looked_for_in_the_name_of_the_unit_both_ways(monkeypatch):
    row = builders.publish()
    for way in ("index", "walk"):
        monkeypatch.setattr(listing, "_plan", lambda *_args, way=way: plan.Plan(way, 1))
        assert found(q="梅") == {row.pk}
        assert not found(q="坡")


@pytest.mark.django_db
def test_no_public_list_counts_everything_or_skips_by_number(client):
    for _ in range(3):
        builders.publish()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for address in (
            "/",
            "/search/?q=客运",
            "/search/",
            "/api/v1/documents/",
            "/api/v1/changes/",
            "/changes/",
            "/sitemap.xml",
        ):
            assert client.get(address).status_code == 200
    told = " ".join(query["sql"].upper() for query in queries)
    assert "OFFSET" not in told
    assert "COUNT(*)" not in told


@pytest.mark.django_db
def test_a_count_beyond_the_bound_is_said_as_more_than(monkeypatch):
    monkeypatch.setattr(listing, "COUNTED_BY_INDEX", 3)
    for _ in range(5):
        builders.publish()
    tally = listing.tally(Criteria(), today=TODAY, alias="default")
    assert (tally.count, tally.is_exact, tally.parts) == (3, False, {})
