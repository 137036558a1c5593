"""Families for the town: found, looked at, invited anew, unlocked (S6). All of it is noted."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from unicodedata import combining, normalize

from domain.accounts.access import Account
from domain.accounts.inviting import Deliver, Invite, Unlock
from domain.activities.model import StructureId
from domain.clock import Clock
from domain.errors import NotFound
from domain.families.errors import LetterMade, TooShort
from domain.families.model import FamilyId, GuardianId
from domain.families.ports import FamiliesTx
from domain.families.sheets import FamilyNames, FamilySheet, Found, Reach
from domain.staff.acts import StaffAct, noted
from domain.staff.model import Right, StaffIdentity
from domain.work import Transaction

SHORTEST: Final = 2  # characters of a search
MOST: Final = 30  # families that a search lists
AT_ONCE: Final = 200
"""Families a unit of work: names are sealed, and opening thousands would keep others waiting."""


@dataclass(frozen=True, slots=True)
class SearchFamilies:
    """By an identifier, exactly; else by names, each word being the beginning of one of a
    guardian or a child. Raises TooShort.
    """

    families: Transaction[FamiliesTx]
    clock: Clock

    async def __call__(self, member: StaffIdentity, asked: str) -> Found:
        member.check(Right.READ_FAMILIES, member.structure_id)
        words = plain(asked).split()
        if len("".join(words)) < SHORTEST:
            raise TooShort(shortest=SHORTEST)
        here = member.structure_id
        exact = await self.families.read(lambda tx: tx.by_identifier(here, asked))
        found = [exact] if exact else await self._by_name(member, words)
        now, count = self.clock(), min(len(found), MOST)
        entry = noted(member, StaffAct.FAMILIES_SEARCHED, now, found=count)
        await self.families.write(lambda tx: tx.note(entry))
        return Found(tuple(found[:MOST]), len(found) > MOST)

    async def _by_name(self, member: StaffIdentity, words: list[str]) -> list[FamilyNames]:
        found: list[FamilyNames] = []
        last, here = FamilyId(0), member.structure_id
        while len(found) <= MOST:
            chunk = await self.families.read(partial(_names, here, last))
            found += [one for one in chunk if matches(one, words)]
            if len(chunk) < AT_ONCE:
                break
            last = chunk[-1].family_id
        return found


@dataclass(frozen=True, slots=True)
class ListUnreachable:
    """Families of whom nobody can be reached: no chat left, and no address. At most ``MOST``."""

    families: Transaction[FamiliesTx]
    clock: Clock

    async def __call__(self, member: StaffIdentity) -> tuple[Reach, ...]:
        member.check(Right.READ_FAMILIES, member.structure_id)
        found: list[Reach] = []
        last, here = FamilyId(0), member.structure_id
        while len(found) < MOST:
            chunk = await self.families.read(partial(_reach, here, last))
            found += [one for one in chunk if not one.chats and not one.emails]
            if len(chunk) < AT_ONCE:
                break
            last = chunk[-1].names.family_id
        entry = noted(member, StaffAct.UNREACHABLE_VIEWED, self.clock(), found=len(found))
        await self.families.write(lambda tx: tx.note(entry))
        return tuple(found[:MOST])


@dataclass(frozen=True, slots=True)
class ShowFamily:
    """Raises NotFound; each look is noted."""

    families: Transaction[FamiliesTx]
    clock: Clock

    async def __call__(self, member: StaffIdentity, family: FamilyId) -> FamilySheet:
        member.check(Right.READ_FAMILIES, member.structure_id)
        now = self.clock()

        def work(tx: FamiliesTx) -> FamilySheet:
            found = tx.sheet(member.structure_id, family)
            if found is None:
                raise NotFound
            tx.note(noted(member, StaffAct.FAMILY_VIEWED, now, family=family))
            return found

        return await self.families.write(work)


@dataclass(frozen=True, slots=True)
class NameForLetter:
    """Whose letter would be made; raises NotFound."""

    families: Transaction[FamiliesTx]

    async def __call__(self, member: StaffIdentity, guardian: GuardianId) -> Account:
        member.check(Right.INVITE_FAMILIES, member.structure_id)
        return await _account(self.families, member, guardian)


@dataclass(frozen=True, slots=True)
class WriteLetter:
    """A new letter: what they had before no longer lets in, devices included.

    ``asked_at``: when the button was shown; pressed again, it makes no second letter. Raises
    NotFound, LetterMade.
    """

    families: Transaction[FamiliesTx]
    invite: Invite

    async def __call__(
        self, member: StaffIdentity, guardian: GuardianId, asked_at: datetime, deliver: Deliver
    ) -> None:
        member.check(Right.INVITE_FAMILIES, member.structure_id)
        await _account(self.families, member, guardian)
        if await self.families.read(lambda tx: tx.letters_since(guardian, asked_at)):
            raise LetterMade
        await self.invite(guardian, deliver, member)


@dataclass(frozen=True, slots=True)
class UnlockGuardian:
    """New devices may log in again (A8). Raises NotFound."""

    families: Transaction[FamiliesTx]
    unlock: Unlock

    async def __call__(self, member: StaffIdentity, guardian: GuardianId) -> FamilyId:
        member.check(Right.INVITE_FAMILIES, member.structure_id)
        account = await _account(self.families, member, guardian)
        await self.unlock(account.identifier, member)
        return account.guardian.family_id


async def _account(
    families: Transaction[FamiliesTx], member: StaffIdentity, guardian: GuardianId
) -> Account:
    here = member.structure_id
    found = await families.read(lambda tx: tx.account_here(here, guardian))
    if found is None:
        raise NotFound
    return found


def _names(here: StructureId, after: FamilyId, tx: FamiliesTx) -> tuple[FamilyNames, ...]:
    return tx.names(here, after, AT_ONCE)


def _reach(here: StructureId, after: FamilyId, tx: FamiliesTx) -> tuple[Reach, ...]:
    return tx.reach(here, after, AT_ONCE)


def matches(names: FamilyNames, words: list[str]) -> bool:
    of = [part for name in (*names.guardians, *names.children) for part in _parts(name)]
    return all(any(part.startswith(word) for part in of) for word in words)


def _parts(name: str) -> list[str]:
    return plain(name).replace("-", " ").replace("'", " ").split() + plain(name).split()


def plain(text: str) -> str:
    """Without case and accents: "Éloïse" is found by "eloise"."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
