"""A mistyped credit code is corrected by two persons, and the former one kept: it stays the department's for ever."""

import django.db.models.deletion
from django.db import migrations, models

WALLS = """
CREATE FUNCTION accounts_code_of_one_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts_departmentcode former WHERE former.code = NEW.uscc AND former.department_id <> NEW.id) THEN
        RAISE EXCEPTION 'code % was that of another department', NEW.uscc
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'code_of_one_unit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER code_of_one_unit BEFORE INSERT OR UPDATE OF uscc ON accounts_department
    FOR EACH ROW EXECUTE FUNCTION accounts_code_of_one_unit();
ALTER TABLE accounts_department ENABLE ALWAYS TRIGGER code_of_one_unit;

CREATE FUNCTION accounts_former_code_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.department_id, NEW.code) IS DISTINCT FROM (OLD.id, OLD.department_id, OLD.code)
       OR EXISTS (SELECT FROM accounts_department unit WHERE unit.uscc = NEW.code AND unit.id <> NEW.department_id)
    THEN
        RAISE EXCEPTION 'a former code stays that of its department'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'former_code_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER former_code_stays BEFORE INSERT OR UPDATE ON accounts_departmentcode
    FOR EACH ROW EXECUTE FUNCTION accounts_former_code_stays();
ALTER TABLE accounts_departmentcode ENABLE ALWAYS TRIGGER former_code_stays;

SELECT ledger_keep('accounts_departmentcode');
"""
NO_WALLS = """
SELECT ledger_release('accounts_departmentcode');
DROP TRIGGER former_code_stays ON accounts_departmentcode;
DROP FUNCTION accounts_former_code_stays();
DROP TRIGGER code_of_one_unit ON accounts_department;
DROP FUNCTION accounts_code_of_one_unit();
"""


class Migration(migrations.Migration):
    """Keep former codes, and let a proposal ask for a correction."""

    dependencies = [
        ("accounts", "0003_delegation"),
        ("ledger", "0002_walls"),
    ]

    operations = [
        migrations.AlterField(
            model_name='adminproposal',
            name='kind',
            field=models.CharField(choices=[('grant', '授予角色'), ('revoke', '收回角色'), ('move', '调整隶属关系'), ('code', '更正统一社会信用代码'), ('client', '登记或变更接口客户端')], max_length=8),
        ),
        migrations.CreateModel(
            name='DepartmentCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
                ('ended_at', models.DateTimeField(verbose_name='更正时间')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_codes', to='accounts.department')),
            ],
            options={
                'verbose_name': '部门曾用代码',
            },
        ),
        migrations.RunSQL(WALLS, NO_WALLS),
    ]
