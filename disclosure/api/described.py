"""The description of the open API, as the schema shows it; the operations themselves answer stored bytes."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from disclosure.publishing import KINDS_OF_END

TEXT = serializers.CharField


class Named(serializers.Serializer[Any]):
    """A code and its words as of the day of the decision."""

    code = TEXT()
    label = TEXT()  # type: ignore[assignment]


class Unit(serializers.Serializer[Any]):
    """The unit concerned, as of the day of the decision."""

    code = TEXT(help_text="统一社会信用代码")
    name = TEXT()
    division = TEXT(help_text="行政区划代码")
    ancestors = serializers.ListField(child=TEXT(), help_text="从省级起各级单位的代码，含本单位")


class Correction(serializers.Serializer[Any]):
    """That something was corrected, and what, without the former text."""

    day = serializers.DateField()
    what = TEXT()


class Document(serializers.Serializer[Any]):
    """A public document; only text and whole numbers, so that its bytes have one spelling."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    kind = TEXT()
    number = TEXT(help_text="文号")
    title = TEXT()
    department = Unit()
    areas = Named(many=True)
    source_type = Named()
    severity = Named()
    decided_on = serializers.DateField()
    visible_from = serializers.DateField()
    visible_until = serializers.DateField(help_text="最后一天仍可看到；之后持有人应当撤下副本")
    objected_since = TEXT(help_text="异议处理中的起始日，没有则为空")
    corrections = Correction(many=True)
    fields = serializers.JSONField(  # type: ignore[assignment]
        help_text="organ 认定单位；paragraphs 正文；points 认定要点；history 经过"
    )
    why = serializers.JSONField(help_text="为什么公示、期限怎么定的、谁决定的、什么会让它提前结束")


class Page(serializers.Serializer[Any]):
    """What every list has."""

    next_cursor = TEXT(allow_null=True)
    has_more = serializers.BooleanField()


class DocumentPage(Page):
    """One page of documents."""

    items = Document(many=True)


class Head(serializers.Serializer[Any]):
    """A signed head of the log."""

    size = serializers.IntegerField()
    root = TEXT(help_text="base64")  # type: ignore[assignment]
    text = TEXT(help_text="C2SP checkpoint，Ed25519 签名")
    signed_at = serializers.DateTimeField()


class HeadPage(Page):
    """One page of heads."""

    items = Head(many=True)


class ShortHead(serializers.Serializer[Any]):
    """A head without its signed text."""

    size = serializers.IntegerField()
    root = TEXT()  # type: ignore[assignment]
    signed_at = serializers.DateTimeField()


class Change(serializers.Serializer[Any]):
    """One public entry of the log."""

    id = TEXT(help_text="叶指纹，不变")
    document_id = serializers.UUIDField()
    version = serializers.IntegerField()
    op = serializers.ChoiceField(choices=["upsert", "tombstone"])
    reason = serializers.ChoiceField(
        choices=["publish", "renew", "mark", "correct", "restore", "resume", *KINDS_OF_END]
    )
    effective_at = TEXT(help_text="upsert 为时刻，tombstone 为结束日")
    recorded_at = serializers.DateTimeField()
    visible_until = serializers.DateField(required=False, help_text="只在 upsert；之后应当撤下")
    superseded = serializers.BooleanField(required=False, help_text="只在 upsert；已有更新的一条")
    data = Document(allow_null=True, help_text="已结束、已过期或已被更新的为 null")  # type: ignore[assignment]


class ChangePage(Page):
    """One page of changes."""

    items = Change(many=True)
    next_cursor = TEXT(help_text="下次用作 since，始终给出")
    complete_through = serializers.DateTimeField(help_text="此刻以前提交的都已给出")
    head = ShortHead(allow_null=True)
    generated_at = serializers.DateTimeField()


class Proof(serializers.Serializer[Any]):
    """All that the offline checker needs."""

    format = TEXT()
    origin = TEXT()
    public_key = TEXT(help_text="base64")
    body = TEXT(help_text="公示的原始字节，base64")
    salt = TEXT(help_text="base64")
    leaf_index = serializers.IntegerField()
    tree_size = serializers.IntegerField()
    path = serializers.ListField(child=TEXT())
    head = TEXT(help_text="C2SP checkpoint，Ed25519 签名")


class Consistency(serializers.Serializer[Any]):
    """The proof that one head is the beginning of another."""

    format = TEXT()
    origin = TEXT()
    public_key = TEXT()
    old_head = TEXT()
    new_head = TEXT()
    path = serializers.ListField(child=TEXT())


class Problem(serializers.Serializer[Any]):
    """RFC 9457."""

    type = TEXT()
    title = TEXT()
    status = serializers.IntegerField()
    detail = TEXT()
    code = TEXT()


class Ended(Problem):
    """410: when and why a document ended, and nothing else about it."""

    reason = serializers.ChoiceField(choices=KINDS_OF_END)
    ended_on = serializers.DateField()


def _problem(status: int, what: str) -> dict[tuple[int, str], OpenApiResponse]:
    return {
        (status, "application/problem+json"): OpenApiResponse(Ended if status == 410 else Problem, description=what)
    }


LIMIT = OpenApiParameter("limit", int, description="每页件数，1 到 500，默认 20（变动订阅默认 100）")
CURSOR = OpenApiParameter("cursor", str, description="上一页的 next_cursor，原样交回")
WRONG = _problem(400, "参数不认识或取值有误")
ABSENT = {**_problem(404, "没有公示过，与不存在无法区分"), **_problem(410, "已结束公示，只给出结束日和原因")}
FILTERS = [
    OpenApiParameter("q", str, description="词语，多个用空格隔开，须同时出现；不能按姓名或证件号码查人"),
    OpenApiParameter("department", str, description="单位的统一社会信用代码，含其下级；更正前的代码也行"),
    OpenApiParameter("area", str, description="重点领域代码"),
    OpenApiParameter("kind", str, description="dishonesty 失信记录、commitment 承诺等；不填为全部"),
    OpenApiParameter("severity", str, enum=["minor", "general", "serious"]),
    OpenApiParameter("source_type", str, description="失信类型代码"),
    OpenApiParameter("from", str, description="公示起始日不早于，如 2026-05-11"),
    OpenApiParameter("to", str, description="公示起始日不晚于"),
    OpenApiParameter("status", str, enum=["marked", "corrected", "soon"]),
    OpenApiParameter("sort", str, enum=["newest", "soonest"]),
]
CONDITIONAL = {304: OpenApiResponse(description="与 If-None-Match 所示相同")}

DOCUMENTS: dict[str, Any] = {
    "operation_id": "documents_list",
    "parameters": [*FILTERS, LIMIT, CURSOR],
    "responses": {200: DocumentPage, **CONDITIONAL, **WRONG},
    "auth": [],
    "tags": ["公示"],
}
DOCUMENT: dict[str, Any] = {
    "operation_id": "documents_retrieve",
    "responses": {200: Document, **CONDITIONAL, **WRONG, **ABSENT},
    "auth": [],
    "tags": ["公示"],
}
PROOF: dict[str, Any] = {
    "operation_id": "documents_proof",
    "responses": {200: OpenApiResponse(OpenApiTypes.OBJECT, description="存证包"), **WRONG, **ABSENT},
    "auth": [],
    "tags": ["存证"],
}
HEADS: dict[str, Any] = {
    "operation_id": "heads_list",
    "parameters": [LIMIT, CURSOR],
    "responses": {200: HeadPage, **WRONG},
    "auth": [],
    "tags": ["存证"],
}
CONSISTENCY: dict[str, Any] = {
    "operation_id": "heads_consistency",
    "parameters": [
        OpenApiParameter("old", int, required=True, description="较早树头的条目数"),
        OpenApiParameter("new", int, required=True, description="较新树头的条目数"),
    ],
    "responses": {200: Consistency, **WRONG},
    "auth": [],
    "tags": ["存证"],
}
EXPORT: dict[str, Any] = {
    "operation_id": "documents_export",
    "responses": {
        (200, "application/x-ndjson"): OpenApiResponse(Document, description="每行一份公示文书"),
        **_problem(401, "没有出示令牌"),
        **_problem(403, "令牌没有 disclosures:read"),
    },
    "tags": ["公示"],
}
CHANGES: dict[str, Any] = {
    "operation_id": "changes_list",
    "parameters": [OpenApiParameter("since", str, description="上次的 next_cursor；不给则从头"), LIMIT],
    "responses": {200: ChangePage, **WRONG},
    "auth": [],
    "tags": ["公示"],
}
