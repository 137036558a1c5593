"""A guardian's own data, and what is kept of everybody's and for how long (H3)."""

from bot.printing.packing import Packer
from bot.settings import Settings
from bot.town.nudging import Nudging
from bot.town.parts import Town
from bot.wire.chats import WireChats
from domain.privacy.erasing import EraseMe
from domain.privacy.exporting import BeginExport, EndExport, GatherData
from domain.privacy.model import Retention
from domain.privacy.retaining import AgeOut
from domain.privacy.tidying import TidyScreens
from handlers.show import Wire
from handlers.use_cases.privacy import Privacy


def for_parents(town: Town) -> Privacy:
    privacy, clock = town.privacy, town.clock
    return Privacy(
        begin_export=BeginExport(privacy, clock),
        gather_data=GatherData(privacy, clock),
        end_export=EndExport(privacy, clock),
        pack=Packer(clock),
        erase_me=EraseMe(Nudging(privacy, town.nudge), town.passwords, clock),
    )


def tidy_screens(town: Town, wire: Wire) -> TidyScreens:
    return TidyScreens(town.screens, WireChats(wire), town.clock)


def retention(settings: Settings) -> Retention:
    return Retention(
        bookings=settings.keep_bookings_years,
        payments=settings.keep_payments_years,
        signatures=settings.keep_signatures_years,
    )


def age_out(town: Town, kept: Retention) -> AgeOut:
    return AgeOut(town.aging, town.jobs, kept, town.clock)
