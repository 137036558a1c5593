"""A new password, typed twice (A4, A7, H3). Between the two only a hash of it is kept.

Whoever is connected chooses by their session; whoever forgot theirs, by the link of a mail.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.accounts import guessable, notices, passwords
from domain.accounts.access import AccessTx, Choice
from domain.accounts.errors import ChoiceDiffers, ChoiceGone, LinkRefused
from domain.accounts.events import Event
from domain.accounts.guessable import IsCommon
from domain.accounts.model import Identity, SessionId
from domain.accounts.passwords import Judgement, normalised
from domain.accounts.ports import Passwords
from domain.accounts.tokens import Link, LinkId, Purpose
from domain.activities.model import StructureId
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.families.model import GuardianId
from domain.work import Transaction

TYPE_AGAIN_WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Chooser:
    """What all of them do."""

    access: Transaction[AccessTx]
    passwords: Passwords
    is_common: IsCommon
    clock: Clock

    async def choose(self, guardian: GuardianId, typed: str) -> Judgement:
        """Kept, as a hash, when it keeps all the rules."""
        chosen, now = normalised(typed), self.clock()
        about = await self.access.read(lambda tx: tx.about(guardian))
        too_long = len(chosen) > passwords.LONGEST
        is_same = not too_long and await self.passwords.verify(chosen, about.password_hash)
        towns = (word for name in about.structures for word in guessable.town_words(name))
        judged = passwords.judge(
            chosen, (*about.persons, *towns), is_common=self.is_common, is_same=is_same
        )
        if judged.passed:
            choice = Choice(await self.passwords.hash(chosen), now)
            await self.access.write(lambda tx: tx.put_choice(guardian, choice))
        return judged

    async def confirmed(self, guardian: GuardianId, typed: str) -> Choice:
        """Raises ChoiceGone, and ChoiceDiffers, after which it is chosen anew."""
        choice = await self.access.read(lambda tx: tx.choice(guardian))
        if choice is None or self.clock() - choice.chosen_at > TYPE_AGAIN_WITHIN:
            raise ChoiceGone
        if not await self.passwords.verify(normalised(typed), choice.password_hash):
            await self.access.write(lambda tx: tx.forget_choice(guardian))
            raise ChoiceDiffers
        return choice


@dataclass(frozen=True, slots=True)
class ChoosePassword:
    chooser: Chooser

    async def __call__(self, who: Identity, typed: str) -> Judgement:
        return await self.chooser.choose(who.guardian.id, typed)


@dataclass(frozen=True, slots=True)
class ConfirmPassword:
    """Ends the sessions of all other devices, and answers how many.

    Raises ChoiceGone, ChoiceDiffers.
    """

    chooser: Chooser

    async def __call__(self, who: Identity, typed: str) -> int:
        guardian, now = who.guardian.id, self.chooser.clock()
        choice = await self.chooser.confirmed(guardian, typed)
        return await self.chooser.access.write(
            lambda tx: _change(tx, guardian, who.structure_id, choice, now, keep=who.session_id)
        )


@dataclass(frozen=True, slots=True)
class ChooseByLink:
    """Raises LinkRefused."""

    chooser: Chooser

    async def __call__(self, link: LinkId, telegram_user: int, typed: str) -> Judgement:
        found = await _open(self.chooser, link, telegram_user)
        return await self.chooser.choose(found.guardian_id, typed)


@dataclass(frozen=True, slots=True)
class ConfirmByLink:
    """Uses the link up, ends all sessions, unlocks; logs nobody in.

    Raises LinkRefused, ChoiceGone, ChoiceDiffers.
    """

    chooser: Chooser

    async def __call__(self, link: LinkId, telegram_user: int, typed: str) -> None:
        found = await _open(self.chooser, link, telegram_user)
        guardian, now = found.guardian_id, self.chooser.clock()
        choice = await self.chooser.confirmed(guardian, typed)

        def work(tx: AccessTx) -> None:
            account = tx.account(guardian)
            tx.forget_failures(telegram_user, account.identifier)
            tx.lock_account(account.identifier)
            if not tx.use_link(link, now):
                raise LinkRefused
            _change(tx, guardian, account.structure_id, choice, now, keep=None)
            used = {"link": link}
            tx.note(Entry(now, Actor.GUARDIAN, Event.LINK_USED, guardian, telegram_user, used))

        await self.chooser.access.write(work)


async def _open(chooser: Chooser, link: LinkId, telegram_user: int) -> Link:
    found = await chooser.access.read(lambda tx: tx.link(link, telegram_user))
    usable = found is not None and found.lets_in(chooser.clock())
    if found is None or not usable or found.purpose is not Purpose.RESET:
        raise LinkRefused
    return found


def _change(
    tx: AccessTx,
    guardian: GuardianId,
    structure: StructureId,
    choice: Choice,
    now: datetime,
    *,
    keep: SessionId | None,
) -> int:
    """Whoever types it twice at once changes it once."""
    tx.set_password(guardian, choice.password_hash, temporary_until=None)
    tx.revoke_links(guardian, now)
    if not tx.take_choice(guardian, choice):
        raise ChoiceGone
    ended = tx.end_sessions(guardian, now, but=keep)
    tx.tell(guardian, notices.password_changed(guardian, structure, keep, now))
    tx.note(Entry(now, Actor.GUARDIAN, Event.PASSWORD_CHANGED, guardian))
    return ended
