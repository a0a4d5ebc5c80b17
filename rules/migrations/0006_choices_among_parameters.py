"""A parameter may be one of the codes of a list, beside numbers, switches and texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Name the new unit; the column stays as it is."""

    dependencies = [
        ("rules", "0005_chinese_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="parameter",
            name="unit",
            field=models.CharField(
                choices=[
                    ("wd", "个工作日"),
                    ("d", "天"),
                    ("m", "个月"),
                    ("y", "年"),
                    ("min", "分钟"),
                    ("times", "次"),
                    ("ratio", "比率"),
                    ("yuan", "元"),
                    ("switch", "开关"),
                    ("text", "文字"),
                    ("choice", "选项"),
                ],
                max_length=8,
                verbose_name="单位",
            ),
        ),
    ]
