"""The codes by which other systems know a school, and from when until when."""

from django.db import models

from staffroom.core.models import Row
from staffroom.places.models.places import Dated, School


class SchoolCode(Row, Dated):
    """One code of one system (EMIS, NEMIS, the examinations council, payroll), true between two days.

    A school's own `code` is what this programme calls it and has no dates; these are the others, and
    earlier ones. No two schools have the same code of a system on one day.
    """

    school = models.ForeignKey(School, models.CASCADE, related_name="codes")
    system = models.CharField(max_length=40)
    code = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["system", "code"], name="school_by_other_code")]
        ordering = ["system", "starts"]
