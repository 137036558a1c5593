"""What is already booked when the demo opens: habits, and the days that have something to tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.sample.agenda import Agenda
from bot.sample.ledger import Ledger
from bot.sample.offer import Key
from bot.sample.register import Town
from bot.sample.residents import Resident
from bot.sample.window import months_after
from domain.calendar.instants import instant
from domain.calendar.model import PARIS
from domain.calendar.nights import NIGHT_HOUR, business_date

HABITS_AHEAD = timedelta(weeks=5)
DAYS_BEFORE_THE_MONTH = 9
HERO = "DUPONT"  # who books in the demo, so nothing is booked for them that can still change
RIVAL = "CASIMIR"  # who gives a place back


@dataclass(frozen=True, slots=True)
class Scene:
    town: Town
    residents: Sequence[Resident]
    ledger: Ledger
    now: datetime

    def compose(self, agenda: Agenda) -> None:
        """In the order of requests: what is asked first is served first."""
        self._habits()
        self._story(agenda)
        self._full_days(agenda)
        self._requests(agenda)
        self._since_last_night(agenda)

    # -- the days ----------------------------------------------------------------------------
    def _habits(self) -> None:
        last = self.town.window.today + HABITS_AHEAD
        for resident in self.residents:
            for habit in resident.kid.habits:
                for day in self.town.days[habit.key]:
                    if day <= last and day.weekday() in habit.weekdays:
                        self._book_habit(resident, habit.key, day)

    def _book_habit(self, resident: Resident, key: Key, day: date) -> None:
        is_hero = resident.household.name == HERO
        if not is_hero or self.town.limit(key, day) < self.now:
            self.ledger.ask(resident, key, day, self._asked(day))

    def _story(self, agenda: Agenda) -> None:
        story = agenda.story
        self._fill(story.key, story.few, leave=3)
        self._fill(story.key, story.last_place, leave=1)
        self._fill(story.key, story.queue, waiting=2)

    def _full_days(self, agenda: Agenda) -> None:
        if agenda.aps_full is not None:
            self._fill(Key.APS_EVENING, agenda.aps_full)
        if agenda.aps_queue is not None:
            self._fill(Key.APS_MORNING, agenda.aps_queue, waiting=1)
        if agenda.shared is not None:
            self._fill(Key.WEDNESDAY, agenda.shared)
        for day, waiting in zip(agenda.small_queues, (2, 1), strict=False):
            self._fill(Key.SMALL_WEDNESDAY, day, waiting=waiting)

    def _requests(self, agenda: Agenda) -> None:
        """Leyah's still waits for the town's answer, Lenny's was refused."""
        asking = [self._resident("Leyah"), self._resident("Lenny")]
        for resident, day in zip(asking, agenda.requests, strict=False):
            self.ledger.ask(resident, Key.CIRCUS, day, self._asked(day))
        for day in agenda.requests[1:]:
            self.ledger.refuse(asking[1], Key.CIRCUS, day, self._asked(day))

    def _since_last_night(self, agenda: Agenda) -> None:
        """Accepted, not transmitted."""
        latest = instant(business_date(self.now), NIGHT_HOUR, PARIS)
        at = latest + (self.now - latest) / 2
        for day in agenda.fresh:
            self.ledger.ask(self._resident("Marina"), Key.HOLIDAYS, day, at)

    # -- asking ------------------------------------------------------------------------------
    def _fill(self, key: Key, day: date, *, leave: int = 0, waiting: int = 0) -> None:
        """Book until that many places are left to a child, then let some families wait."""
        others = [r for r in self.residents if r.household.name != HERO]
        at = self._asked(day)
        for resident in sorted(others, key=_rival_first):
            if self.ledger.left(key, day, resident) > leave:
                self.ledger.ask(resident, key, day, at)
        for _ in range(waiting):
            self._queue(key, day, at)

    def _queue(self, key: Key, day: date, at: datetime) -> None:
        """One more family waits, which does not wait there yet."""
        waiting = self.ledger.waiting(key, day)
        for resident in reversed(self.residents):
            if resident.household.name == HERO or resident.family_id in waiting:
                continue
            if self.ledger.ask(resident, key, day, at, wait=True) is not None:
                return

    def _asked(self, day: date) -> datetime:
        """Nine days before its month; of late for what is ahead."""
        opening = months_after(day, 0) - timedelta(days=DAYS_BEFORE_THE_MONTH)
        usual = datetime.combine(opening, datetime.min.time(), PARIS) + timedelta(hours=18)
        return min(usual, self.now - timedelta(days=2))

    def _resident(self, first_name: str) -> Resident:
        return next(r for r in self.residents if r.kid.first_name == first_name)


def _rival_first(resident: Resident) -> bool:
    return resident.household.name != RIVAL
