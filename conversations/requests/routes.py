"""Addresses of the requests that wait for the town's answer (S3)."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from conversations.routes import Count, Day, Flag, Id, Route
from domain.activities.model import ActivityId
from domain.families.model import ChildId
from domain.requests.model import Pile, Query, Verdict

Key = Annotated[str, StringConstraints(pattern="^[0-9a-f]{8}$")]
"""Names what is answered, and how: see ``views.key_of``."""


class Usual(StrEnum):
    """Reasons that need no typing; their words are in ``views.REASONS``."""

    FULL = "full"
    PRIORITY = "priority"
    INCOMPLETE = "incomplete"
    LATE = "late"


class Requests(Route, prefix="gr"):
    """A page of a pile, the oldest first. ``ticking``: its numbers tick and do not open."""

    page: Count
    aside: Flag
    activity: Id | None = None
    ticking: Flag = False

    @classmethod
    def of(cls, query: Query, page: int = 1, *, ticking: bool = False) -> str:
        aside = query.pile is Pile.ASIDE
        return cls(page=page, aside=aside, activity=query.activity, ticking=ticking).pack()

    @property
    def query(self) -> Query:
        return Query(_pile(self.aside), _activity(self.activity))


class Tick(Route, prefix="grt"):
    """One more to be answered together with others, or one less."""

    number: Id
    wanted: Flag
    page: Count
    aside: Flag
    activity: Id | None = None

    @property
    def shown(self) -> Requests:
        return Requests(page=self.page, aside=self.aside, activity=self.activity, ticking=True)


class PickActivity(Route, prefix="grf"):
    """Which activity's requests to see."""

    aside: Flag


class OneRequest(Route, prefix="gro"):
    number: Id


class AcceptOne(Route, prefix="gra"):
    number: Id


class AskWhyOne(Route, prefix="grn"):
    """Refuse it, or let it wait: for which reason?"""

    number: Id
    verdict: Verdict


class Gather(Route, prefix="grg"):
    """All of an activity; of a day or a child alone, where one is told."""

    aside: Flag
    activity: Id
    day: Day | None = None
    child: Id | None = None

    @property
    def query(self) -> Query:
        child = None if self.child is None else ChildId(self.child)
        return Query(_pile(self.aside), _activity(self.activity), self.day, child)


class GatherTicked(Route, prefix="grm"):
    """Those that were ticked."""


class AskWhy(Route, prefix="grw"):
    """For those that are gathered."""

    verdict: Verdict


class GiveReason(Route, prefix="grr"):
    verdict: Verdict
    usual: Usual


class TypeReason(Route, prefix="gry"):
    verdict: Verdict


class AnswerAll(Route, prefix="grc"):
    """The confirmation: of these very requests, with this very reason (the key)."""

    verdict: Verdict
    key: Key


def _pile(aside: bool) -> Pile:  # noqa: FBT001 - a part of an address
    return Pile.ASIDE if aside else Pile.NEW


def _activity(number: int | None) -> ActivityId | None:
    return None if number is None else ActivityId(number)
