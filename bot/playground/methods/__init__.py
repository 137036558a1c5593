"""The Bot API, one small function a method."""

from collections.abc import Mapping

from bot.playground.methods import (
    callbacks,
    chats,
    deletions,
    edits,
    media,
    messages,
    payments,
    presentation,
    receiving,
)
from bot.playground.methods.call import Call, Method

METHODS: Mapping[str, Method] = {
    name.lower(): method
    for module in (
        callbacks,
        chats,
        deletions,
        edits,
        media,
        messages,
        payments,
        presentation,
        receiving,
    )
    for name, method in module.METHODS.items()
}

__all__ = ["METHODS", "Call", "Method"]
