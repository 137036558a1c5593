"""X3: what is shipped for the other side is what is read and written."""

import pytest

from storage.exchange.describing import FOLDER, SCHEMAS, written


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_that_is_shipped_is_of_today(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == written(SCHEMAS[name]()), (
        "run python -m storage.exchange.describing, and raise the version if something changed"
    )
