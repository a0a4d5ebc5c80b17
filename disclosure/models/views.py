"""The views through which the public login sees: shown documents, the tree of departments, the words of the code lists."""

from django.db import models

from disclosure.models.document import PublicText


class Shown(PublicText):
    """A document on a day of its public period; the view itself leaves out what has ended or is not yet, or no longer, public."""

    class Meta:
        managed = False
        db_table = "disclosure_shown"


class PublicDepartment(models.Model):
    """A department as the public may see it: name, code, level and place in the tree; no person, no post."""

    id = models.BigIntegerField(primary_key=True)
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=200)
    level = models.CharField(max_length=20)
    division_code = models.CharField(max_length=12)
    parent_id = models.BigIntegerField(null=True)
    path = models.CharField(max_length=500)
    is_credit_lead = models.BooleanField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "disclosure_department"

    def __str__(self) -> str:
        return self.name


class PublicDepartmentName(models.Model):
    """A name a department bore, from a day to a day."""

    id = models.BigIntegerField(primary_key=True)
    department_id = models.BigIntegerField()
    name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "disclosure_department_name"

    def __str__(self) -> str:
        return self.name


class PublicDepartmentCode(models.Model):
    """A credit code a department bore by mistake until it was corrected, and the one it bears at present."""

    id = models.BigIntegerField(primary_key=True)
    department_id = models.BigIntegerField()
    code = models.CharField(max_length=18)
    present = models.CharField(max_length=18)
    ended_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "disclosure_department_code"

    def __str__(self) -> str:
        return self.code


class PublicCode(models.Model):
    """One word of a code list that filters show."""

    id = models.BigIntegerField(primary_key=True)
    list_name = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField()

    class Meta:
        managed = False
        db_table = "disclosure_code"

    def __str__(self) -> str:
        return self.label
