"""Puts the town's side together (S): one class of handlers an area, and the home of all."""

from dataclasses import dataclass

from aiogram import Router

from conversations.staff.home import Area
from domain.clock import Clock
from handlers.show import Show
from handlers.staff import announcement_area
from handlers.staff.door import Door, declared
from handlers.staff.guard import StaffGuard
from handlers.staff.home import StaffHomeHandlers
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
    areas: tuple[Area, ...] = (announcement_area.AREA,)
    home = StaffHomeHandlers(use_cases, show, door, areas)
    inside = Router(name="staff")
    for observer in (inside.callback_query, inside.message):
        observer.middleware(StaffGuard(show))
    inside.include_routers(
        home.router(),
        *announcement_area.announcement_routers(use_cases.announcing, show, door, clock),
    )
    return StaffRouters(home.entrance(), declared(inside), declared(home.pure_router()))
