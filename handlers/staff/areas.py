"""What a part of the town's side gives to composition."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import CallbackQuery

from handlers.staff.door import StaffActing

Draw = Callable[[CallbackQuery, Any, StaffActing], Awaitable[None]]
"""A handler that draws the screen of an address: event, address, agent."""
