"""What is to be printed: a template's name, and all the words that fill it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Printed:
    """``facts`` is JSON-safe and holds words only: a template adds none of its own."""

    template: str
    title: str
    locale: str
    facts: Mapping[str, Any]
    file_name: str
