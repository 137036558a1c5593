"""Puts the conversations together; ``bot`` wires what they need."""

from aiogram import Router
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage

from conversations.texts import TextsByLocale
from domain.activities.ports import Catalogues
from domain.clock import Clock
from handlers.acting import Desk, Recognise
from handlers.answering import AnswerAtOnce
from handlers.booking import BookingHandlers
from handlers.draft import DraftHandlers
from handlers.errors import Guard
from handlers.followup import FollowUpHandlers
from handlers.groups import PrivateOnly
from handlers.home import HomeHandlers
from handlers.login import LoginHandlers
from handlers.show import Show, Wire
from handlers.turns import Turns
from handlers.unknown import UnknownHandlers
from handlers.use_cases import UseCases


def build(
    *,
    use_cases: UseCases,
    wire: Wire,
    texts: TextsByLocale,
    catalogues: Catalogues,
    clock: Clock,
    fsm_storage: BaseStorage,
    isolation: BaseEventIsolation,
) -> Router:
    """For a ``Dispatcher(disable_fsm=True)``: isolation and states are attached here."""
    show, desk = Show(wire), Desk(catalogues, texts)
    home = HomeHandlers(use_cases, show, desk)
    login = LoginHandlers(use_cases, show, desk, home)
    root = Router(name="cartable")
    for observer in (root.callback_query, root.message, root.edited_message):
        observer.outer_middleware(AnswerAtOnce(wire))
        observer.outer_middleware(Guard(show, texts))
        observer.outer_middleware(PrivateOnly(show, texts, fsm_storage))
        observer.outer_middleware(Turns(fsm_storage, isolation))
        observer.outer_middleware(Recognise(use_cases.identify, desk))
    root.include_routers(
        BookingHandlers(use_cases, show, clock).router(),
        DraftHandlers(use_cases, show, home).router(),
        FollowUpHandlers(use_cases, show).router(),
        home.router(),
        home.open_router(),
        login.router(),
        login.typed_router(),
        UnknownHandlers(show, desk, home).router(),
    )
    return root
