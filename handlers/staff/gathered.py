"""What an agent has ticked and gathered, between two taps; losing it costs a few taps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from aiogram.fsm.context import FSMContext

from domain.bookings.model import BookingId
from domain.requests.model import Decision, Outcome
from domain.staff.model import StaffIdentity

TICKED, GATHERED, REASON, VERDICT = "ticked", "gathered", "reason", "verdict"
DONE: Final = "done"
SESSION: Final = "staff_session"


@dataclass(frozen=True, slots=True)
class Kept:
    """Of this session: whoever was an agent in this chat before has gathered nothing."""

    state: FSMContext
    member: StaffIdentity

    async def numbers(self, what: str) -> tuple[BookingId, ...]:
        return tuple(map(BookingId, (await self._data()).get(what, ())))

    async def word(self, what: str) -> str:
        return str((await self._data()).get(what, ""))

    async def keep(self, **values: Any) -> None:
        await self.state.set_data({**await self._data(), SESSION: self.session, **values})

    async def as_the_first_time(self, decision: Decision, key: str) -> Decision:
        """A second tap is told what the first one did, and not that it came too late."""
        known: Mapping[str, list[int]] = (await self._data()).get(DONE, {})
        mine = set(known.get(key, ()))
        lines = tuple(
            replace(line, outcome=Outcome.DONE)
            if line.outcome is Outcome.SAME and line.request.booking.id in mine
            else line
            for line in decision.lines
        )
        done = [line.request.booking.id for line in lines if line.outcome is Outcome.DONE]
        await self.keep(**{DONE: {key: done}})
        return replace(decision, lines=lines)

    @property
    def session(self) -> int:
        return self.member.session_id

    async def _data(self) -> Mapping[str, Any]:
        data: dict[str, Any] = await self.state.get_data()
        return data if data.get(SESSION) == self.session else {}
