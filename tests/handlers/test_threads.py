"""aiogram runs a plain function in a thread: as a filter, it would cost every tap a hop there."""

from collections.abc import Iterator

from aiogram import Router
from aiogram.dispatcher.event.handler import CallableObject

from tests.handlers.stage import Stage


def test_no_filter_and_no_handler_of_a_tap_needs_a_thread(stage: Stage) -> None:
    met = [part for router in stage.routers for part in met_by_a_tap(router)]

    assert met
    assert [part.callback for part in met if not part.awaitable] == []


def met_by_a_tap(router: Router) -> Iterator[CallableObject]:
    observer = router.callback_query
    yield from observer._handler.filters or ()
    for handler in observer.handlers:
        yield handler
        yield from handler.filters or ()
