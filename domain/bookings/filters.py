"""What of the follow-up somebody wants to see; kept for them (F1)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.activities.model import ActivityId
from domain.bookings.model import State
from domain.families.model import ChildId


class Shown(StrEnum):
    """The six boxes of the guide, all ticked at first."""

    PENDING = "pending"
    WAITLISTED = "waitlisted"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    TRANSMITTED = "transmitted"
    NOT_TRANSMITTED = "not_transmitted"


STATES: Final = {
    Shown.PENDING: frozenset({State.PENDING}),
    # An offered place is in the queue until it is answered.
    Shown.WAITLISTED: frozenset({State.WAITLISTED, State.OFFERED}),
    Shown.REFUSED: frozenset({State.REFUSED}),
    Shown.ACCEPTED: frozenset({State.ACCEPTED}),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """``month`` None is from today on; else its first day."""

    child: ChildId | None = None
    activity: ActivityId | None = None
    month: date | None = None
    hidden: frozenset[Shown] = frozenset()

    def query(self, today: date) -> "Query":
        states = [of for box, of in STATES.items() if box not in self.hidden]
        sent = {Shown.TRANSMITTED: True, Shown.NOT_TRANSMITTED: False}
        return Query(
            first=today if self.month is None else self.month,
            last=None if self.month is None else _end_of(self.month),
            child=self.child,
            activity=self.activity,
            states=frozenset[State]().union(*states),
            transmitted=frozenset(
                is_sent for box, is_sent in sent.items() if box not in self.hidden
            ),
        )


@dataclass(frozen=True, slots=True)
class Query:
    """``last`` None is without end. Nothing in ``states`` or ``transmitted``: nothing is found."""

    first: date
    last: date | None = None
    child: ChildId | None = None
    activity: ActivityId | None = None
    states: frozenset[State] = frozenset(State) - {State.CANCELLED}
    transmitted: frozenset[bool] = frozenset({True, False})


EVERYTHING: Final = Filters()


def _end_of(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
