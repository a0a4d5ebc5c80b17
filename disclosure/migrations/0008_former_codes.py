"""Let the public find a department, and what was published of it, by the code it bore before a correction."""

from django.db import migrations, models

VIEW = """
CREATE VIEW disclosure_department_code AS
SELECT former.id, former.department_id, former.code, unit.uscc AS present, former.ended_at
  FROM accounts_departmentcode AS former JOIN accounts_department AS unit ON unit.id = former.department_id
 WHERE former.code <> unit.uscc;

DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_public') THEN
    GRANT SELECT ON disclosure_department_code TO integrity_public;
  END IF;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'integrity_app') THEN
    REVOKE INSERT, UPDATE ON disclosure_department_code FROM integrity_app;
  END IF;
END $$;
"""
NO_VIEW = "DROP VIEW disclosure_department_code;"


class Migration(migrations.Migration):
    """Open the view to the public login."""

    dependencies = [
        ("disclosure", "0007_suspended_while_objected"),
        ("accounts", "0004_former_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicDepartmentCode',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('department_id', models.BigIntegerField()),
                ('code', models.CharField(max_length=18)),
                ('present', models.CharField(max_length=18)),
                ('ended_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'disclosure_department_code',
                'managed': False,
            },
        ),
        migrations.RunSQL(VIEW, NO_VIEW),
    ]
