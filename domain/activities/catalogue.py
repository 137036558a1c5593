"""All that the town sets, in one place, as the rules read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from domain.activities.limits import Limits, Service, limits
from domain.activities.model import (
    Activity,
    ActivityId,
    PoolId,
    Structure,
    StructureId,
)

LimitsKey = tuple[ActivityId, date, time]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The town's own data: read often, changed by imports only, so kept in memory by version."""

    version: int
    structures: Mapping[StructureId, Structure]
    activities: Mapping[ActivityId, Activity]
    _linked: Mapping[PoolId, frozenset[PoolId]] = field(init=False, repr=False, compare=False)
    _limits: dict[LimitsKey, Limits] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "_linked", _linked_pools(self.activities))

    def structure_of(self, activity_id: ActivityId) -> Structure:
        return self.structures[self.activities[activity_id].structure_id]

    def limits(self, service: Service) -> Limits:
        """Reckoned once for a day and its hours: a month asks for sixty of them at each tap."""
        key = (service.activity_id, service.day, service.arrival)
        found = self._limits.get(key)
        if found is None:
            activity = self.activities[service.activity_id]
            found = limits(service, activity, self.structures[activity.structure_id])
            self._limits[key] = found
        return found

    def pools(self, activity_id: ActivityId, group: str | None) -> tuple[PoolId, ...]:
        """The pools that a child of this age group draws on, each once, in key order (B8)."""
        draws = self.activities[activity_id].draws
        return tuple(sorted({d.pool_id for d in draws if d.group is None or d.group == group}))

    def linked_pools(self, activity_id: ActivityId) -> frozenset[PoolId]:
        """Every pool whose queue a change of this activity can move, through shared places."""
        linked: frozenset[PoolId] = frozenset()
        for draw in self.activities[activity_id].draws:
            linked |= self._linked[draw.pool_id]
        return linked

    def drawing_on(self, pools: frozenset[PoolId]) -> frozenset[ActivityId]:
        return frozenset(
            a.id for a in self.activities.values() if any(d.pool_id in pools for d in a.draws)
        )


def _linked_pools(activities: Mapping[ActivityId, Activity]) -> dict[PoolId, frozenset[PoolId]]:
    linked: dict[PoolId, frozenset[PoolId]] = {}
    for activity in activities.values():
        group = frozenset(draw.pool_id for draw in activity.draws)
        for pool in tuple(group):
            group |= linked.get(pool, frozenset())
        linked.update(dict.fromkeys(group, group))
    return linked
