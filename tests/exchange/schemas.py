"""The schemas as they are shipped, for whoever writes the other side."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator


@cache
def validator(name: str) -> Draft202012Validator:
    (found,) = (
        path
        for path in files("storage.exchange").joinpath("schemas").iterdir()
        if path.name.startswith(f"{name}-")
    )
    schema = json.loads(found.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def check(name: str, said: Any) -> None:
    validator(name).validate(said)
