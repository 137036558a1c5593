"""Each benchmark runs and its own checks hold; how fast is nobody's business here."""

import io

import pytest
from aiohttp.test_utils import TestClient, TestServer
from rich.console import Console

from benchmarks.__main__ import run
from benchmarks.measuring import Measured, Sample, Variant, interleaved, percentile
from benchmarks.suite import QUICK, parts
from benchmarks.taps.server import Server


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=130)


@pytest.mark.parametrize("name", list(parts(QUICK)))
async def test_every_part_does_the_work_it_measures_and_says_what_was_asked(name, console):
    await run([name], QUICK, console)

    told = console.file.getvalue()
    assert "Goals" in told
    assert "met" in told or "missed" in told


async def test_a_round_that_lost_an_edit_ends_and_says_what_is_missing():
    """It waits for every edit: one that failed in the bot looks like a poller that sleeps."""
    round_ = {"updates": [{"update_id": 5}], "edited": {"ok": True}, "buttons": 0}

    async with TestClient(TestServer(Server(longest=0.01).application())) as http:
        await http.post("/bot41:x/getUpdates", json={"offset": 5})
        await http.post("/bot41:x/answerCallbackQuery", json={})
        told = await (await http.post("/bench/41:x", json=round_)).json()

    assert told["stalled"] == {
        "expected": 1,
        "calls": {},
        "unread": 1,
        "first unread": 5,
        "asked": ["5 for 0 s"],
    }


async def test_variants_take_turns_after_a_round_that_does_not_count():
    played: list[str] = []

    def variant(name: str) -> Variant:
        async def one_round() -> Sample:
            played.append(name)
            return Sample(seconds=len(played), units=1)

        return Variant(name, one_round)

    measured = await interleaved([variant("a"), variant("b")], rounds=2)

    assert "".join(played) == "ab" + "ab" + "ba"
    assert [sample.seconds for sample in measured["a"].samples] == [3, 6]


def test_a_ratio_is_taken_inside_a_round_so_that_a_slow_minute_cancels_out():
    slow, quick = Measured("slow"), Measured("quick")
    for minute in (1, 10, 1):
        quick.samples.append(Sample(seconds=minute, units=1))
        slow.samples.append(Sample(seconds=2 * minute, units=1))

    assert slow.times(quick) == 2


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (1, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent, value):
    assert percentile(range(1, 101), percent) == value
