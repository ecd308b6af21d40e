"""What is wrong with a user's YAML, in words without pydantic's or the value."""

from __future__ import annotations

import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kg.yamlfiles import first_mistake, not_yaml


class Given(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    number: int = Field(default=1, ge=1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"nmae": "x"}, (("nmae",), "extra_forbidden", "no such setting")),  # before the name that is missing for it
        ({}, (("name",), "missing", "missing")),
        ({"name": "x", "number": 0}, (("number",), "greater_than_equal", "write 1 or more")),
        ({"name": "x", "number": "{secret}"}, (("number",), "int_parsing", "write a whole number")),
    ],
)
def test_the_first_mistake(value: dict[str, object], expected: tuple[object, ...]) -> None:
    with pytest.raises(ValidationError) as error:
        Given.model_validate(value)
    assert first_mistake(error.value) == expected


def test_why_a_file_is_no_yaml() -> None:
    with pytest.raises(yaml.YAMLError) as error:
        yaml.safe_load("a: 1\nb: [\n")
    assert not_yaml(error.value).startswith("not readable as YAML (line 3: ")
    assert not_yaml(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")) == "not in UTF-8"
