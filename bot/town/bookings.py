"""Composing, confirming and following bookings, and the queues that they wait in (B, F)."""

from bot.printing.tables import TableFiles
from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.bookings.copying import CopyDays, ListSources
from domain.bookings.following import ChangeFilters, ShowFilters, ShowFollowUp
from domain.bookings.hours import SetHours, ShowHours
from domain.bookings.lapsing import LapseDrafts
from domain.bookings.overview import MarkOnSheet, ShowDaySheet, ShowOverview
from domain.bookings.pattern import FillPattern, ShowPattern
from domain.bookings.week import RepeatWeek, ShowWeek
from domain.waitlist.service import LapseOffers
from domain.waitlist.upkeep import RemindWaiting, ServeQueues
from handlers.followup_filters import MOST_ROWS
from handlers.use_cases.copying import Copying
from handlers.use_cases.followup import Following
from handlers.use_cases.hours import ChoosingHours
from handlers.use_cases.overview import Overview
from handlers.use_cases.pattern import Patterns


def overview(town: Town) -> Overview:
    parts = town.bookings, town.catalogues, town.clock
    return Overview(
        ShowOverview(*parts),
        ShowDaySheet(*parts),
        MarkOnSheet(*parts),
        ShowWeek(*parts),
        RepeatWeek(*parts),
    )


def hours(town: Town) -> ChoosingHours:
    parts = town.bookings, town.catalogues, town.clock
    return ChoosingHours(ShowHours(*parts), SetHours(*parts))


def patterns(town: Town) -> Patterns:
    parts = town.bookings, town.catalogues, town.clock
    return Patterns(ShowPattern(*parts), FillPattern(*parts))


def copying(town: Town) -> Copying:
    parts = town.bookings, town.catalogues
    return Copying(ListSources(*parts), CopyDays(*parts, town.clock))


def following(town: Town) -> Following:
    parts, files = (town.bookings, town.catalogues), TableFiles(town.clock)
    return Following(
        show_filters=ShowFilters(town.bookings),
        change_filters=ChangeFilters(*parts),
        show_whole=ShowFollowUp(*parts, town.clock, per_page=MOST_ROWS),
        write_table=files.table,
        write_agenda=files.agenda,
    )


def lapse_offers(town: Town) -> LapseOffers:
    return LapseOffers(Nudging(town.bookings, town.nudge), town.catalogues, town.clock)


def lapse_drafts(town: Town) -> LapseDrafts:
    return LapseDrafts(town.upkeep, town.catalogues, town.clock)


def serve_queues(town: Town) -> ServeQueues:
    return ServeQueues(town.upkeep, town.catalogues, town.clock)


def remind_waiting(town: Town) -> RemindWaiting:
    return RemindWaiting(town.upkeep, town.catalogues, town.clock)
