"""A record as its API tells it, and what its acts take."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from records.models import DishonestyRecord

OWN = (
    "id", "number", "state", "version", "edition", "department_name", "lead_name", "is_person", "subject_unit_name",
    "subject_code", "source_type", "document_name", "document_number", "issuer_name", "decided_on", "basis_codes",
    "severity_proposed", "severity", "economic_loss_yuan", "social_impact", "key_areas", "sanctions", "under_litigation",
    "is_objected", "registered_on", "recognised_on", "public_from", "public_until", "repair_from", "ended_on", "ended_as",
)  # fmt: skip
INNER = (
    "facts",
    "subject_name",
    "subject_post",
    "sanctions_proposed",
    "discipline",
    "statement_answer",
    "withdrawn_because",
)


class RecordSerializer(serializers.ModelSerializer[DishonestyRecord]):
    """A record in a list: what identifies it and where it stands; of a person, the unit only."""

    class Meta:
        model = DishonestyRecord
        fields = OWN
        read_only_fields = OWN


class RecordDetailSerializer(serializers.ModelSerializer[DishonestyRecord]):
    """A record for those who may open it, with its text and what may be done with it now."""

    class Meta:
        model = DishonestyRecord
        fields = (*OWN, *INNER)
        read_only_fields = fields


class ActSerializer(serializers.Serializer[Any]):
    """What the acts take; each reads only its own, and an unknown field is refused."""

    reason = serializers.CharField(required=False, default="", allow_blank=True, trim_whitespace=False)
    severity = serializers.CharField(required=False, default="", allow_blank=True, max_length=20)
    sanctions = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list, max_length=20
    )
    answer = serializers.CharField(required=False, default="", allow_blank=True, trim_whitespace=False)

    points_to_nobody = serializers.BooleanField(required=False, default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what nobody reads: a typing error must not pass as an empty reason."""
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError({name: ["没有这个字段"] for name in sorted(unknown)})
        return attrs
