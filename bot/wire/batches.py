"""Telegram deletes at most a hundred messages at once."""

from collections.abc import Iterator, Sequence
from typing import Final

MOST: Final = 100


def batched(message_ids: Sequence[int]) -> Iterator[list[int]]:
    return (list(message_ids[at : at + MOST]) for at in range(0, len(message_ids), MOST))
