import pytest

from tests.handlers.stage import Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()
