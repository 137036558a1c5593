"""Writes the organisations and their activities, and keeps what the scene needs of them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.sample.activities import EXCLUSIONS, OFFERS
from bot.sample.offer import Key, Offer
from bot.sample.openings import open_days
from bot.sample.structures import ORGANISATIONS, WALLETS, Place
from bot.sample.window import Window
from domain.activities.catalogue import Catalogue
from domain.activities.model import (
    Activity,
    ActivityId,
    BookingPeriod,
    Draw,
    Opening,
    PoolId,
    Structure,
    StructureId,
)
from domain.activities.tariffs import Tariff
from domain.calendar.model import PARIS, SchoolCalendar
from storage.town import TownWriter

A_YEAR = timedelta(days=365)
Pools = Mapping[str, PoolId]


@dataclass(frozen=True, slots=True)
class Town:
    """``days`` are those that an activity is open by its calendar, before the town closes any."""

    window: Window
    catalogue: Catalogue
    structures: Mapping[Place, StructureId]
    activities: Mapping[Key, ActivityId]
    capacities: Mapping[PoolId, int | None]
    days: Mapping[Key, tuple[date, ...]]

    def activity(self, key: Key) -> Activity:
        return self.catalogue.activities[self.activities[key]]

    def opening(self, key: Key, day: date) -> Opening:
        activity = self.activity(key)
        return Opening(
            activity_id=activity.id,
            day=day,
            is_open=True,
            arrival=activity.arrival,
            departure=activity.departure,
        )

    def limit(self, key: Key, day: date) -> datetime:
        """Until when that day can be both booked and cancelled."""
        limits = self.catalogue.limits(self.opening(key, day))
        return min(limits.book, limits.cancel)


def register_town(
    writer: TownWriter, window: Window, calendar: SchoolCalendar, now: datetime
) -> Town:
    structures = {
        structure.id: structure for structure in _write_structures(writer, calendar, now)
    }
    places = dict(zip((o.place for o in ORGANISATIONS), structures, strict=True))
    pools = _write_pools(writer, places)
    activities = {
        offer.key: _write_activity(writer, offer, places[offer.place], pools, (window, now))
        for offer in OFFERS
    }
    for one, other in EXCLUSIONS:
        writer.exclude(activities[one].id, activities[other].id)
    return Town(
        window=window,
        catalogue=Catalogue(1, structures, _excluding(activities)),
        structures=places,
        activities={key: activity.id for key, activity in activities.items()},
        capacities={pools[s.pool]: s.capacity for offer in OFFERS for s in offer.shares},
        days={offer.key: open_days(offer, window, calendar) for offer in OFFERS},
    )


def _write_structures(
    writer: TownWriter, calendar: SchoolCalendar, now: datetime
) -> list[Structure]:
    written = []
    for organisation in ORGANISATIONS:
        key = writer.structure(
            name=organisation.name, welcome=organisation.welcome, updated_at=now
        )
        writer.school_holidays(key, calendar.school_holidays)
        writer.public_holidays(key, sorted(calendar.public_holidays))
        written.append(
            Structure(key, organisation.name, organisation.welcome, PARIS, calendar, now)
        )
    return written


def _write_pools(writer: TownWriter, places: Mapping[Place, StructureId]) -> Pools:
    """By name; a pool that several activities share is written once (B8)."""
    owners = {share.pool: places[offer.place] for offer in OFFERS for share in offer.shares}
    return {name: writer.pool(structure, name) for name, structure in owners.items()}


def _write_activity(
    writer: TownWriter,
    offer: Offer,
    structure: StructureId,
    pools: Pools,
    when: tuple[Window, datetime],
) -> Activity:
    window, now = when
    activity = _unwritten(offer, structure, pools, now)
    key = writer.activity(
        structure,
        name=activity.name,
        arrival=activity.arrival,
        departure=activity.departure,
        weekdays=activity.weekdays,
        book_by=activity.book_by,
        cancel_by=activity.cancel_by,
        draws=activity.draws,
        wallet=activity.wallet,
        waitlist=activity.waitlist,
        approval=activity.approval,
        hours=activity.hours,
        period=activity.period,
        absences=activity.absence_billing,
    )
    tariffs = tuple(
        Tariff(key, window.first, None, rate.day_kind, *rate.bracket, rate.unit, rate.each)
        for rate in offer.rates
    )
    writer.tariffs(tariffs)
    return replace(activity, id=key, tariffs=tariffs)


def _unwritten(offer: Offer, structure: StructureId, pools: Pools, now: datetime) -> Activity:
    return Activity(
        id=ActivityId(0),
        structure_id=structure,
        name=offer.name,
        arrival=offer.hours[0],
        departure=offer.hours[1],
        weekdays=frozenset(offer.weekdays),
        book_by=offer.book_by,
        cancel_by=offer.cancel_by,
        draws=tuple(Draw(pools[share.pool], share.age) for share in offer.shares),
        wallet=WALLETS[offer.place],
        waitlist=offer.waitlist,
        approval=offer.approval,
        hours=offer.choosing,
        period=_period(offer, now),
        absence_billing=offer.absences,
    )


def _period(offer: Offer, now: datetime) -> BookingPeriod:
    """Open to residents for long; to the others when theirs alone is over."""
    if offer.residents_first is None:
        return BookingPeriod()
    return BookingPeriod(now + offer.residents_first, now - A_YEAR)


def _excluding(activities: Mapping[Key, Activity]) -> dict[ActivityId, Activity]:
    """By number, each with those that it excludes."""
    excluded: defaultdict[Key, set[ActivityId]] = defaultdict(set)
    for one, other in EXCLUSIONS:
        excluded[one].add(activities[other].id)
        excluded[other].add(activities[one].id)
    return {
        activity.id: replace(activity, excludes=frozenset(excluded[key]))
        for key, activity in activities.items()
    }
