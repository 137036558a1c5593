import pytest

from bot.locales import load
from conversations.texts import Texts


@pytest.fixture
def t() -> Texts:
    return load()("fr")


@pytest.fixture
def en() -> Texts:
    return load()("en")
