"""The files that leave each night, and whether the back office has taken them (X2, S7)."""

from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.reports.by_hand import NightHours, RunNightNow, ShowNights
from domain.reports.service import FollowHandover, RunNight
from domain.reports.watching import WatchHandover
from handlers.use_cases.staff_families import StaffNights


def for_staff(town: Town, hours: NightHours) -> StaffNights:
    past = Nudging(town.nights, town.nudge)  # reports were queued when it writes
    return StaffNights(
        show_nights=ShowNights(town.nights, town.jobs, town.catalogues, town.clock, hours),
        run_night=RunNightNow(
            past, town.jobs, town.catalogues, run_night(town), town.clock, hours
        ),
    )


def run_night(town: Town) -> RunNight:
    return RunNight(town.transmissions, town.files, town.catalogues, town.clock)


def follow_handover(town: Town) -> FollowHandover:
    return FollowHandover(town.transmissions, town.files, town.clock)


def watch_handover(town: Town) -> WatchHandover:
    return WatchHandover(town.transmissions, town.alerts, town.clock)
