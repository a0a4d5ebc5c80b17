"""A credit check as the API takes and tells it: codes and ids, never a person's name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.identifiers import uscc
from ledger.refusals import Invalid
from records.models import CheckRun, CreditCheck
from records.services.archives.checks import MOST

PLAIN = ("severity", "until", "restricts", "is_objected", "is_withheld")
OF_UNITS = ("number", "source", "document_number", "recognised_on", *PLAIN)
OF_MEASURES = ("code", "label", "basis", "until", "restricts")


class Closed(serializers.Serializer[Any]):
    """A body in which an unknown field is refused: a typing error must not pass unnoticed."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what nobody reads."""
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError({name: [_("没有这个字段")] for name in sorted(unknown)})
        return attrs


class SubjectSerializer(serializers.Serializer[Any]):
    """A unit by its credit code, or an official by the id the portal gave him."""

    uscc = serializers.CharField(required=False, max_length=40)
    official = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take exactly one of the two; a code is checked digit by digit."""
        if len(attrs) != 1:
            raise serializers.ValidationError(_("uscc 和 official 填一个，而且只填一个；不能按姓名核查"))
        if "uscc" in attrs:
            try:
                attrs["uscc"] = uscc.clean(attrs["uscc"])
            except Invalid as wrong:
                raise serializers.ValidationError({"uscc": [wrong.message]}) from wrong
        return attrs


class QuestionSerializer(Closed):
    """What is asked: ``subject`` for one, ``subjects`` for up to 500."""

    purpose = serializers.CharField(max_length=40)
    legal_basis = serializers.CharField(max_length=200)
    business_ref = serializers.CharField(max_length=100)
    subject = SubjectSerializer(required=False)
    subjects = serializers.ListField(child=SubjectSerializer(), required=False, min_length=1, max_length=MOST)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take one or a list, not both and not neither."""
        attrs = super().validate(attrs)
        if ("subject" in attrs) == ("subjects" in attrs):
            raise serializers.ValidationError({"subjects": [_("subject 和 subjects 填一个，而且只填一个")]})
        attrs["asked"] = attrs.get("subjects") or [attrs["subject"]]
        return attrs

    @staticmethod
    def refuse_unknown(places: list[int], asked: list[dict[str, Any]]) -> None:
        """
        Refuse entries that name nobody the client may ask about.

        :raises serializers.ValidationError: naming each by its place
        """
        if places:
            words = _("名录里没有这个主体，或不能由本客户端核查")
            raise serializers.ValidationError({f"subjects.{place}": [words] for place in places})


class DecisionSerializer(Closed):
    """What was done after the check."""

    decision = serializers.CharField(max_length=40)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=1000)


class CheckSerializer(serializers.ModelSerializer[CreditCheck]):
    """One answer."""

    business_ref = serializers.CharField(source="run.business_ref")
    purpose = serializers.CharField(source="run.purpose")
    checked_at = serializers.DateTimeField(source="run.checked_at")
    uscc = serializers.CharField(source="subject_code")
    hits = serializers.SerializerMethodField()
    restrictions = serializers.SerializerMethodField()

    class Meta:
        model = CreditCheck
        fields: ClassVar = (
            "id", "business_ref", "purpose", "checked_at", "uscc", "official", "verdict", "severity", "hits", "restrictions",
            "honours", "decision", "decided_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_hits(self, check: CreditCheck) -> list[dict[str, Any]]:
        """Tell the records found; of an official, how grave and until when only."""
        told = PLAIN if check.official_id else OF_UNITS
        return [{name: hit[name] for name in told if name in hit} for hit in check.hits]

    def get_restrictions(self, check: CreditCheck) -> list[dict[str, Any]]:
        """Tell the measures in force, and whether they restrict this purpose."""
        return [{name: each[name] for name in OF_MEASURES} for each in check.restrictions]


class RunSerializer(serializers.ModelSerializer[CheckRun]):
    """A request with all its answers, in the order asked."""

    items = serializers.SerializerMethodField()

    class Meta:
        model = CheckRun
        fields: ClassVar = (
            "id", "number", "business_ref", "purpose", "legal_basis", "checked_at", "keep_until", "total", "restricted",
            "noticed", "items",
        )  # fmt: skip
        read_only_fields = fields

    def get_items(self, run: CheckRun) -> list[dict[str, Any]]:
        """Tell the answers."""
        rows = run.checks.select_related("run").order_by("place")
        return list(CheckSerializer(rows, many=True).data)
