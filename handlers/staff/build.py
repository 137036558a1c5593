"""Puts the town's side together (S): one class of handlers an area, and the home of all."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiogram import Router

from conversations.journal.routes import Journal
from conversations.nights.routes import Nights
from conversations.places.routes import Queue
from conversations.routes import Route
from conversations.staff.home import Area
from domain.clock import Clock
from handlers.show import Show
from handlers.staff import announcement_area
from handlers.staff.alerts import AlertDeskHandlers
from handlers.staff.answering import AnsweringHandlers
from handlers.staff.areas import Draw
from handlers.staff.door import Door, declared
from handlers.staff.families import FamilyHandlers
from handlers.staff.guard import StaffGuard
from handlers.staff.home import StaffHomeHandlers
from handlers.staff.imports import ImportHandlers
from handlers.staff.journal import JournalHandlers
from handlers.staff.nights import NightHandlers
from handlers.staff.places import PlacesHandlers
from handlers.staff.requests import RequestHandlers
from handlers.staff.sheets import SheetHandlers
from handlers.staff.steps import Steps
from handlers.use_cases.staff import StaffUseCases


@dataclass(frozen=True, slots=True)
class StaffRouters:
    """``entrance``: before any other /start. ``inside``: behind the door, before the parents'
    gates. ``pure``: after the parents' own home, for who is no parent.
    """

    entrance: Router
    inside: Router
    pure: Router


def build_staff(use_cases: StaffUseCases, show: Show, door: Door, clock: Clock) -> StaffRouters:
    """Raises RuntimeError for a handler that declares no right."""
    steps = Steps(clock)
    places = PlacesHandlers(use_cases, show, door, steps)
    requests = RequestHandlers(use_cases.requests, show, door)
    answering = AnsweringHandlers(use_cases.requests, show, door, requests)
    sheets = SheetHandlers(use_cases.sheets, show, door)
    families = FamilyHandlers(use_cases, show, door, steps, clock)
    nights = NightHandlers(use_cases, show, door)
    journal = JournalHandlers(use_cases, show, door, clock)
    # The areas, in the order of the home.
    alerts = AlertDeskHandlers(use_cases, show, door, steps)
    imports = ImportHandlers(use_cases, show, door, steps)
    daily = (alerts, requests, sheets, places, families)
    seldom = (nights, imports, journal)
    here = (*daily, *seldom)
    areas: tuple[Area, ...] = (
        *(one.area for one in daily),
        announcement_area.AREA,
        *(one.area for one in seldom),
    )
    tables: Mapping[type[Route], Draw] = {
        Queue: places.queue,
        Journal: journal.read,
        Nights: nights.past,
        **requests.tables,
        **sheets.tables,
    }
    home = StaffHomeHandlers(use_cases, show, door, areas, tables)
    inside = Router(name="staff")
    for observer in (inside.callback_query, inside.message):
        observer.middleware(StaffGuard(show))
    inside.include_routers(
        home.router(),
        answering.router(),
        *(one.router() for one in here),
        *announcement_area.announcement_routers(use_cases.announcing, show, door, clock),
    )
    return StaffRouters(home.entrance(), declared(inside), declared(home.pure_router()))
