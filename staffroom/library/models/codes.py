"""A short list of codes in one column, which every database can look into the same way."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Text = models.CharField[Any, Any]
else:
    Text = models.CharField


class CodesField(Text):
    """["6", "7"] kept as "|6|7|"; `having("grades", 7)` finds the rows that have the code 7.

    With `numbers=True` the codes are whole numbers.
    """

    def __init__(self, *args: Any, numbers: bool = False, **options: Any) -> None:
        self.numbers = numbers
        options.setdefault("max_length", 200)
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        if self.numbers:
            options["numbers"] = True
        return name, path, args, options

    def from_db_value(self, value: Any, *rest: Any) -> list[Any]:
        return self.to_python(value)

    def to_python(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            value = [part for part in value.split("|") if part]
        return [int(one) if self.numbers else str(one) for one in value or []]

    def get_prep_value(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        return "".join(f"|{one}" for one in value) + "|" if value else ""


def having(field: str, code: Any) -> models.Q:
    """The filter "this code is among those of the field"."""
    return models.Q(**{f"{field}__contains": f"|{code}|"})
