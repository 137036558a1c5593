"""Decision 7: what is due is read from rows; the timer only looks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.background import Background
from bot.scheduler import LEASE, NIGHT, Scheduler, Ticker
from tests.bot.timing import FakeTime
from tests.builders import catalogue
from tests.fakes.data import TownData
from tests.fakes.town import FakeTown


class Work:
    """What the ticks had done."""

    def __init__(self) -> None:
        self.nights: list[date] = []
        self.looked = 0
        self.woken = 0
        self.broken = False

    async def night(self, night: date) -> None:
        if self.broken:
            raise OSError("no space left on device")
        self.nights.append(night)

    async def look(self) -> None:
        self.looked += 1

    def wake(self) -> None:
        self.woken += 1


@pytest.fixture
def town() -> FakeTown:
    return FakeTown(TownData(catalogue()))


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def ticker(town: FakeTown, work: Work, time: FakeTime) -> Callable[[], Ticker]:
    def make() -> Ticker:
        always = {"offers": work.look}
        return Ticker(town.jobs, work.night, always, time.now, work.wake)

    return make


def at(*given: int) -> datetime:
    return datetime(*given, tzinfo=UTC)


async def test_a_night_is_done_once_however_often_one_looks(
    ticker: Callable[[], Ticker], work: Work, time: FakeTime
) -> None:
    time.set(at(2026, 11, 23, 2, 14))
    await ticker().tick()
    before = list(work.nights)
    work.nights.clear()

    for minute in range(15, 20):
        time.set(at(2026, 11, 23, 2, minute))
        await ticker().tick()

    assert before == [date(2026, 11, 22)]
    assert work.nights == [date(2026, 11, 23)]


async def test_missed_nights_are_caught_up_in_order(
    ticker: Callable[[], Ticker], work: Work, time: FakeTime
) -> None:
    time.set(at(2026, 11, 23, 9))
    await ticker().tick()

    time.set(at(2026, 11, 26, 9))
    await ticker().tick()

    assert work.nights == [date(2026, 11, day) for day in (23, 24, 25, 26)]


@pytest.mark.parametrize("changes_on", [date(2026, 10, 25), date(2027, 3, 28)])
async def test_on_a_clock_change_each_night_still_comes_once(
    ticker: Callable[[], Ticker], work: Work, time: FakeTime, changes_on: date
) -> None:
    noon = datetime.combine(changes_on - timedelta(days=1), datetime.min.time(), UTC)
    one = ticker()
    for minutes in range(0, 48 * 60, 7):
        time.set(noon + timedelta(hours=12, minutes=minutes))
        await one.tick()

    first = changes_on - timedelta(days=1)
    assert work.nights == [first, changes_on, changes_on + timedelta(days=1)]


async def test_a_night_that_failed_is_taken_up_after_its_lease(
    ticker: Callable[[], Ticker], work: Work, time: FakeTime
) -> None:
    work.broken = True
    with capture_logs() as logs:
        await ticker().tick()
    work.broken = False

    await ticker().tick()
    held = list(work.nights)
    time.seconds += LEASE.total_seconds()
    await ticker().tick()

    assert [line["job"] for line in logs if line["event"] == "job_failed"] == [NIGHT]
    assert held == []
    assert work.nights == [date(2026, 11, 23)]


async def test_a_night_held_by_another_process_makes_the_next_ones_wait(
    ticker: Callable[[], Ticker], town: FakeTown, work: Work, time: FakeTime
) -> None:
    await ticker().tick()
    work.nights.clear()
    time.set(at(2026, 11, 25, 9))
    now = time.now()
    other = date(2026, 11, 24)
    await town.jobs.write(lambda tx: tx.claim(NIGHT, other, now, now + LEASE))

    await ticker().tick()

    assert work.nights == []


async def test_one_failing_job_does_not_keep_the_others_from_running(
    town: FakeTown, work: Work, time: FakeTime
) -> None:
    async def fail() -> None:
        raise RuntimeError("broken")

    ticker = Ticker(town.jobs, work.night, {"bad": fail, "offers": work.look}, time.now, work.wake)

    with capture_logs():
        await ticker.tick()

    assert (work.looked, len(work.nights), work.woken) == (1, 1, 1)


async def test_what_a_job_did_is_logged_when_it_did_something(
    town: FakeTown, work: Work, time: FakeTime
) -> None:
    async def nothing() -> int:
        return 0

    async def something() -> int:
        return 7

    jobs = {"offers": nothing, "retention": something}
    ticker = Ticker(town.jobs, work.night, jobs, time.now, work.wake)

    with capture_logs() as logs:
        await ticker.tick()

    did = [line for line in logs if line["event"] == "job_done"]
    assert [(line["job"], line["count"]) for line in did] == [("retention", 7)]


async def test_whoever_watches_is_told_of_failures_and_of_each_tick(
    town: FakeTown, work: Work, time: FakeTime
) -> None:
    told: list[str] = []
    work.broken = True

    ticker = Ticker(
        town.jobs,
        work.night,
        {"offers": work.look},
        time.now,
        work.wake,
        failed=told.append,
        ticked=lambda: told.append("ticked"),
    )
    with capture_logs():
        await ticker.tick()

    assert told == ["night", "ticked"]


async def test_the_timer_looks_at_once_when_it_starts_and_ends_cleanly(
    ticker: Callable[[], Ticker], work: Work, background: Background
) -> None:
    scheduler = Scheduler(ticker(), background)

    scheduler.start()
    await scheduler.stop()

    assert work.looked == 1
    assert background.names == ()
