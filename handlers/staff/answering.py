"""The town's answers, one or many at a time (S3).

What is ticked, gathered and written as a reason is kept in the state, by numbers. A confirmation
names it by its key, so that it confirms what was read and nothing else.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from conversations.requests import views
from conversations.requests.routes import (
    AcceptOne,
    AnswerAll,
    AskWhy,
    AskWhyOne,
    Gather,
    GatherTicked,
    GiveReason,
    Requests,
    Tick,
    TypeReason,
)
from conversations.requests.states import RequestSteps
from conversations.screen import noted
from domain.bookings.model import BookingId
from domain.requests.model import LONGEST_REASON, Query, Request, Verdict
from domain.staff.model import Right
from handlers.show import Show
from handlers.staff.door import Door, StaffActing
from handlers.staff.gathered import GATHERED, REASON, TICKED, VERDICT, Kept
from handlers.staff.requests import RequestHandlers
from handlers.use_cases.desk import StaffRequests

NOT_A_COMMAND: Final = ~F.text.startswith("/")


@dataclass(frozen=True, slots=True)
class AnsweringHandlers:
    use_cases: StaffRequests
    show: Show
    door: Door
    queue: RequestHandlers

    def router(self) -> Router:
        router, decide = Router(name=__name__), self.door.needs(Right.DECIDE_REQUESTS)
        read = self.door.needs(Right.READ_REQUESTS)
        router.callback_query.register(self.gather, Gather.filter(), read)
        for route, handler in (
            (Tick, self.tick),
            (GatherTicked, self.gather_ticked),
            (AcceptOne, self.accept_one),
            (AskWhyOne, self.ask_why_one),
            (AskWhy, self.ask_why),
            (GiveReason, self.give_reason),
            (TypeReason, self.type_reason),
            (AnswerAll, self.answer_all),
        ):
            router.callback_query.register(handler, route.filter(), decide)
        typed = StateFilter(RequestSteps.reason), F.text & NOT_A_COMMAND
        router.message.register(self.typed, *typed, decide)
        return router

    # -- gathering -------------------------------------------------------------------------
    async def tick(
        self, event: CallbackQuery, callback_data: Tick, agent: StaffActing, state: FSMContext
    ) -> None:
        kept = Kept(state, agent.member)
        ticked = set(await kept.numbers(TICKED))
        change = ticked.add if callback_data.wanted else ticked.discard
        change(BookingId(callback_data.number))
        await kept.keep(**{TICKED: sorted(ticked)})
        await self.show(event, await self.queue.listed(callback_data.shown, agent, kept))

    async def gather(
        self, event: CallbackQuery, callback_data: Gather, agent: StaffActing, state: FSMContext
    ) -> None:
        found = await self.use_cases.gather(agent.member, callback_data.query)
        await self._recap(event, found, agent, Kept(state, agent.member))

    async def gather_ticked(
        self, event: CallbackQuery, agent: StaffActing, state: FSMContext
    ) -> None:
        kept = Kept(state, agent.member)
        found = await self.use_cases.gather(agent.member, await kept.numbers(TICKED))
        await self._recap(event, found, agent, kept)

    async def _recap(
        self, event: CallbackQuery, found: Sequence[Request], agent: StaffActing, kept: Kept
    ) -> None:
        await kept.keep(**{GATHERED: [request.booking.id for request in found]})
        may, offer = agent.member.may(Right.DECIDE_REQUESTS), agent.catalogue.activities
        await self.show(event, views.gathered(found, offer, agent.texts, may_decide=may))

    # -- why -------------------------------------------------------------------------------
    async def ask_why_one(
        self,
        event: CallbackQuery,
        callback_data: AskWhyOne,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        kept = Kept(state, agent.member)
        await kept.keep(**{GATHERED: [callback_data.number]})
        await self._ask(event, callback_data.verdict, agent, kept)

    async def ask_why(
        self, event: CallbackQuery, callback_data: AskWhy, agent: StaffActing, state: FSMContext
    ) -> None:
        await self._ask(event, callback_data.verdict, agent, Kept(state, agent.member))

    async def _ask(
        self, event: CallbackQuery, verdict: Verdict, agent: StaffActing, kept: Kept
    ) -> None:
        await kept.state.set_state(None)
        found = await self.use_cases.gather(agent.member, await kept.numbers(GATHERED))
        if not found:
            await self._outdated(event, agent, kept)
            return
        offer = agent.catalogue.activities
        await self.show(event, views.ask_why(found, verdict, offer, agent.texts))

    async def give_reason(
        self,
        event: CallbackQuery,
        callback_data: GiveReason,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        kept, reason = Kept(state, agent.member), views.REASONS[callback_data.usual]
        await self._confirm(event, callback_data.verdict, reason, agent, kept)

    async def type_reason(
        self,
        event: CallbackQuery,
        callback_data: TypeReason,
        agent: StaffActing,
        state: FSMContext,
    ) -> None:
        await Kept(state, agent.member).keep(**{VERDICT: callback_data.verdict.value})
        await state.set_state(RequestSteps.reason)
        await self.show(event, views.type_reason(callback_data.verdict, agent.texts))

    async def typed(self, event: Message, agent: StaffActing, state: FSMContext) -> None:
        kept = Kept(state, agent.member)
        verdict = await kept.word(VERDICT)
        await state.set_state(None)
        if not verdict:
            await self._outdated(event, agent, kept)
            return
        reason = " ".join((event.text or "").split())[:LONGEST_REASON]
        await self._confirm(event, Verdict(verdict), reason, agent, kept)

    async def _confirm(
        self,
        event: CallbackQuery | Message,
        verdict: Verdict,
        reason: str,
        agent: StaffActing,
        kept: Kept,
    ) -> None:
        """What was answered since it was gathered is not confirmed."""
        found = await self.use_cases.gather(agent.member, await kept.numbers(GATHERED))
        if not found:
            await self._outdated(event, agent, kept)
            return
        numbers = [request.booking.id for request in found]
        await kept.keep(**{REASON: reason, GATHERED: numbers})
        offer = agent.catalogue.activities
        await self.show(event, views.confirm(found, verdict, reason, offer, agent.texts))

    # -- answering -------------------------------------------------------------------------
    async def accept_one(
        self, event: CallbackQuery, callback_data: AcceptOne, agent: StaffActing, state: FSMContext
    ) -> None:
        numbers, kept = [BookingId(callback_data.number)], Kept(state, agent.member)
        await self._decide(event, numbers, Verdict.ACCEPT, "", agent, kept)

    async def answer_all(
        self, event: CallbackQuery, callback_data: AnswerAll, agent: StaffActing, state: FSMContext
    ) -> None:
        kept, verdict = Kept(state, agent.member), callback_data.verdict
        numbers = await kept.numbers(GATHERED)
        reason = "" if verdict is Verdict.ACCEPT else await kept.word(REASON)
        if not numbers or callback_data.key != views.key_of(numbers, verdict, reason):
            await self._outdated(event, agent, kept)
            return
        await self._decide(event, numbers, verdict, reason, agent, kept)

    async def _decide(
        self,
        event: CallbackQuery,
        numbers: Collection[BookingId],
        verdict: Verdict,
        reason: str,
        agent: StaffActing,
        kept: Kept,
    ) -> None:
        decision = await self.use_cases.decide(agent.member, numbers, verdict, reason)
        key = views.key_of(numbers, verdict, reason)
        decision = await kept.as_the_first_time(decision, key)
        await kept.keep(**{TICKED: []})
        await self.show(event, views.answered(decision, agent.catalogue.activities, agent.texts))

    async def _outdated(
        self, event: CallbackQuery | Message, agent: StaffActing, kept: Kept
    ) -> None:
        first = Requests.unpack(Requests.of(Query()))
        screen = await self.queue.listed(first, agent, kept)
        await self.show(event, noted(screen, views.outdated(agent.texts)))
