"""A child's days over all activities, one mark each: of a month (B4), or of a week."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from domain.activities.catalogue import Catalogue
from domain.bookings import rules
from domain.bookings.day_states import OverallState, overall
from domain.bookings.model import DayState, Wish
from domain.bookings.ports import OutlineFacts
from domain.families.model import ChildId


@dataclass(frozen=True, slots=True)
class DayOverview:
    day: date
    state: OverallState
    wishes: frozenset[Wish]  # what is drafted there


def outlined(
    facts: OutlineFacts, child: ChildId, catalogue: Catalogue, now: datetime, *, resident: bool
) -> tuple[DayOverview, ...]:
    """Those with an open activity, by day: what the day's sheet says, without its details."""
    states: defaultdict[date, set[DayState]] = defaultdict(set)
    wishes: defaultdict[date, set[Wish]] = defaultdict(set)
    for (of, activity_id), days in facts.days.items():
        if of != child:
            continue
        activity = catalogue.activities[activity_id]
        shut = activity.period.shuts(now, resident=resident) is not None
        for plain in days.plain:
            late = shut or now > catalogue.limits(plain).book
            states[plain.day].add(rules.free_state(activity, plain.left, plain.waiting, shut=late))
        for whole in days.whole:
            limits = catalogue.limits(whole.opening)
            view = rules.day_view(whole, activity, limits, now, resident=resident)
            if view is not None:
                states[view.day].add(view.state)
                if view.wish is not None:
                    wishes[view.day].add(view.wish)
    return tuple(
        DayOverview(day, overall(states[day]), frozenset(wishes.get(day, ())))
        for day in sorted(states)
    )
