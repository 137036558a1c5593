"""Choosing how to be told, and when (H3, N7)."""

from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.choices.errors import LastChannel
from domain.choices.model import Choices
from domain.choices.ports import ChoicesTx
from domain.errors import NotFound
from domain.notices.choosing import CHOOSABLE, is_wanted
from domain.notices.model import URGENT, Channel, Kind
from domain.notices.quiet import Quiet
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class ShowChoices:
    choices: Transaction[ChoicesTx]

    async def __call__(self, who: Identity) -> Choices:
        return await self.choices.read(lambda tx: tx.choices(who.guardian.id))


@dataclass(frozen=True, slots=True)
class ChooseNotice:
    """Raises NotFound for what cannot be chosen (security notices always go out), LastChannel
    for the last way by which something urgent reaches them.
    """

    choices: Transaction[ChoicesTx]

    async def __call__(self, who: Identity, kind: Kind, channel: Channel, *, wanted: bool) -> None:
        if channel not in CHOOSABLE.get(kind, ()):
            raise NotFound
        guardian = who.guardian.id

        def work(tx: ChoicesTx) -> None:
            chosen = tx.choices(guardian, lock=True).wanted
            others = (way for way in CHOOSABLE[kind] if way is not channel)
            left = wanted or any(is_wanted(kind, way, chosen) for way in others)
            if kind in URGENT and not left:
                raise LastChannel
            tx.choose_notice(guardian, kind, channel, wanted=wanted)

        await self.choices.write(work)


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """None: no quiet hours."""

    choices: Transaction[ChoicesTx]

    async def __call__(self, who: Identity, quiet: Quiet | None) -> None:
        await self.choices.write(lambda tx: tx.set_quiet(who.guardian.id, quiet))


@dataclass(frozen=True, slots=True)
class SetTidyScreens:
    choices: Transaction[ChoicesTx]

    async def __call__(self, who: Identity, *, wanted: bool) -> None:
        await self.choices.write(lambda tx: tx.set_tidy_screens(who.guardian.id, wanted=wanted))
