from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import Demo
from bot.playground.clock import ShiftableClock
from tests.driver import Parent
from tests.e2e.town import CASIMIR, DUPONT, NOW, logged_in


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """On a Monday morning that does not pass by itself."""
    async with Demo(tmp_path, clock=ShiftableClock.frozen(NOW)) as shown:
        yield shown


@pytest.fixture
async def nadia(demo: Demo) -> Parent:
    return await logged_in(demo, CASIMIR)


@pytest.fixture
async def jean_paul(demo: Demo) -> Parent:
    return await logged_in(demo, DUPONT)
