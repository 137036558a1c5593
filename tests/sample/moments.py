"""Instants around which the sample town must hold: holidays, weekends, clock changes, edges."""

from collections import defaultdict
from datetime import datetime
from functools import cache

from bot.sample.assembly import Assembled, assemble
from domain.calendar.model import PARIS
from tests.sample.recorder import RecordingWriter

MOMENTS = {
    "a Monday of November": datetime(2026, 11, 23, 10, tzinfo=PARIS),
    "a Thursday before the canteen's limit": datetime(2026, 11, 26, 8, 59, tzinfo=PARIS),
    "a Sunday": datetime(2027, 1, 17, 20, tzinfo=PARIS),
    "the first day of school": datetime(2026, 9, 1, 7, tzinfo=PARIS),
    "the eve of the summer holidays": datetime(2026, 7, 3, 18, tzinfo=PARIS),
    "August": datetime(2026, 8, 2, 10, tzinfo=PARIS),
    "the last day of August": datetime(2027, 8, 31, 23, 59, tzinfo=PARIS),
    "Christmas": datetime(2026, 12, 25, 12, tzinfo=PARIS),
    "midnight of the new year": datetime(2027, 1, 1, tzinfo=PARIS),
    "the Ascension bridge": datetime(2027, 5, 7, 9, tzinfo=PARIS),
    "an hour that comes twice, first": datetime(2026, 10, 25, 2, 30, tzinfo=PARIS),
    "an hour that comes twice, then": datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PARIS),
    "after an hour that never came": datetime(2027, 3, 28, 3, tzinfo=PARIS),
    "the strike of the night": datetime(2026, 11, 24, 3, 15, tzinfo=PARIS),
    "before school holidays were known": datetime(2015, 11, 23, 10, tzinfo=PARIS),
}


@cache
def town_at(now: datetime) -> Assembled:
    return assemble(RecordingWriter(), now, defaultdict(str))
