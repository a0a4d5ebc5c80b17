"""Files and remarks of any case, with their walls: a file is never changed, a remark never rewritten."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

WALLS = """
CREATE FUNCTION records_keep_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.removed_on IS NOT NULL OR (to_jsonb(NEW) - 'removed_on') <> (to_jsonb(OLD) - 'removed_on') THEN
        RAISE EXCEPTION 'a file can only be marked as removed, once'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'attachment_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attachment_kept BEFORE UPDATE ON records_attachment
    FOR EACH ROW EXECUTE FUNCTION records_keep_attachment();
ALTER TABLE records_attachment ENABLE ALWAYS TRIGGER attachment_kept;
SELECT ledger_keep('records_attachment');
SELECT ledger_freeze('records_caseremark');
"""
WALLS_BACK = """
SELECT ledger_thaw('records_caseremark');
SELECT ledger_release('records_attachment');
DROP TRIGGER attachment_kept ON records_attachment;
DROP FUNCTION records_keep_attachment();
"""


class Migration(migrations.Migration):
    """Add both tables."""

    dependencies = [
        ('accounts', '0002_walls'),
        ("records", "0006_complaint_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('object_type', models.CharField(max_length=64)),
                ('object_id', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=200)),
                ('extension', models.CharField(max_length=8)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('stored_as', models.CharField(max_length=80, unique=True)),
                ('added_on', models.DateField()),
                ('removed_on', models.DateField(null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='attachment_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='attachment_not_empty'), models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='attachment_kind_named')],
            },
        ),
        migrations.CreateModel(
            name='CaseRemark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('object_type', models.CharField(max_length=64)),
                ('object_id', models.CharField(max_length=64)),
                ('entry', models.UUIDField(unique=True)),
                ('action', models.CharField(max_length=48)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.person')),
            ],
            options={
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='remark_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='case_remark_has_words')],
            },
        ),
        migrations.RunSQL(WALLS, WALLS_BACK),
    ]
