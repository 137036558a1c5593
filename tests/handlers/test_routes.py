"""No button leads nowhere: each address of the conversations has a handler."""

import importlib
import pkgutil
from collections.abc import Iterator

from aiogram import Router
from aiogram.filters.callback_data import CallbackQueryFilter

import conversations
from conversations.routes import Route

for module in pkgutil.walk_packages(conversations.__path__, "conversations."):
    importlib.import_module(module.name)


def answered(router: Router) -> Iterator[type]:
    for handler in router.callback_query.handlers:
        for one in handler.filters or ():
            if isinstance(one.callback, CallbackQueryFilter):
                yield one.callback.callback_data


def test_every_address_has_a_handler(stage):
    found = {one for router in stage.routers for one in answered(router)}

    assert set(Route.__subclasses__()) - found == set()
