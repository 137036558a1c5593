"""Changing the e-mail addresses: whoever asks has just typed the password again (H3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.accounts.model import Identity
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.emails import notices, rules
from domain.emails.errors import CodeGone, TooManyCodes, WrongCode
from domain.emails.model import Addresses, Event, Pending
from domain.emails.ports import Emails
from domain.work import Transaction

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShowAddresses:
    emails: Transaction[Emails]

    async def __call__(self, who: Identity) -> Addresses:
        return await self.emails.read(lambda tx: tx.addresses(who.guardian.id))


@dataclass(frozen=True, slots=True)
class ChangeAddresses:
    """``typed`` is the whole list. Proved addresses that are in it stay, in the order typed; new
    ones are sent a code; others go, but for the last proved one, which stays until a new one is.

    Raises BadAddresses, TooManyAddresses, NoAddress, TooManyCodes.
    """

    emails: Transaction[Emails]
    clock: Clock
    new_code: Callable[[], str] = rules.new_code

    async def __call__(self, who: Identity, typed: str) -> Addresses:
        wanted = rules.read(typed)
        now, guardian = self.clock(), who.guardian.id

        def work(tx: Emails) -> Addresses:
            before = tx.addresses(guardian, lock=True)
            kept = rules.in_order(wanted, before.verified)
            replaces = bool(before.verified) and not kept
            asked = rules.to_prove(wanted, before, now, replaces=replaces)
            _send_codes(tx, who, asked, self.new_code, now)
            if not replaces and kept != before.verified:
                _set(tx, who, before.verified, kept, now)
            return tx.addresses(guardian)

        return await self.emails.write(work)


@dataclass(frozen=True, slots=True)
class SendCodesAgain:
    """New codes for all that wait; those of before no longer count. Raises TooManyCodes."""

    emails: Transaction[Emails]
    clock: Clock
    new_code: Callable[[], str] = rules.new_code

    async def __call__(self, who: Identity) -> Addresses:
        now, guardian = self.clock(), who.guardian.id

        def work(tx: Emails) -> Addresses:
            waiting = tx.addresses(guardian, lock=True).pending
            rested = max((one.sent_at for one in waiting), default=now - A_DAY) + rules.REST
            if now < rested:
                raise TooManyCodes(until=rested)
            asked = [replace(one, expires_at=now) for one in waiting]
            _send_codes(tx, who, asked, self.new_code, now)
            return tx.addresses(guardian)

        return await self.emails.write(work)


@dataclass(frozen=True, slots=True)
class ProveAddress:
    """The code of any address that waits. Raises WrongCode(left=), CodeGone.

    A wrong code is counted although it is refused: the refusal is raised outside of the work.
    """

    emails: Transaction[Emails]
    clock: Clock

    async def __call__(self, who: Identity, typed: str) -> Addresses:
        now, guardian, code = self.clock(), who.guardian.id, rules.read_code(typed)

        def work(tx: Emails) -> Addresses | WrongCode:
            before = tx.addresses(guardian, lock=True)
            open_ = [p for p in before.pending if rules.is_open(p, now)]
            if not open_:
                raise CodeGone
            proved = next((p for p in open_ if tx.proves(guardian, p, code)), None)
            if proved is None:
                tx.count_tries(guardian)
                tx.note(_entry(who, Event.CODE_FAILED, now))
                return WrongCode(left=max(rules.TRIES - p.tries - 1 for p in open_))
            _prove(tx, who, before, proved, now)
            return tx.addresses(guardian)

        result = await self.emails.write(work)
        if isinstance(result, WrongCode):
            raise result
        return result


@dataclass(frozen=True, slots=True)
class DropPending:
    """Those that wait for a code are given up."""

    emails: Transaction[Emails]

    async def __call__(self, who: Identity) -> None:
        await self.emails.write(lambda tx: tx.put_pending(who.guardian.id, (), ()))


def _send_codes(
    tx: Emails,
    who: Identity,
    asked: Sequence[Pending],
    new_code: Callable[[], str],
    now: datetime,
) -> None:
    """A fresh code for each that has none which counts."""
    codes = ["" if rules.is_open(one, now) else new_code() for one in asked]
    fresh = sum(map(bool, codes))
    if fresh and tx.codes_sent(who.guardian.id, now - A_DAY) + fresh > rules.MOST_A_DAY:
        raise TooManyCodes(until=now + A_DAY)
    sent = [
        replace(one, sent_at=now, expires_at=now + rules.VALID_FOR, tries=0) if code else one
        for one, code in zip(asked, codes, strict=True)
    ]
    tx.put_pending(who.guardian.id, sent, codes)
    tx.post([notices.code(who, p, code) for p, code in zip(sent, codes, strict=True) if code])


def _prove(tx: Emails, who: Identity, before: Addresses, proved: Pending, now: datetime) -> None:
    tx.forget_pending(who.guardian.id, proved.address)
    if proved.replaces:
        rest = [replace(p, replaces=False) for p in before.pending if p != proved]
        tx.put_pending(who.guardian.id, rest, [""] * len(rest))
    _set(tx, who, before.verified, rules.with_proved(before, proved), now)


def _set(
    tx: Emails, who: Identity, before: Sequence[str], after: Sequence[str], now: datetime
) -> None:
    """Old and new ones are told alike: whoever did not ask for it must hear of it."""
    tx.set_verified(who.guardian.id, after)
    tx.note(_entry(who, Event.CHANGED, now, before=len(before), after=len(after)))
    told = dict.fromkeys([*before, *after])
    tx.post(notices.changed(who, tuple(told), now))


def _entry(who: Identity, event: Event, at: datetime, **details: int) -> Entry:
    return Entry(at, Actor.GUARDIAN, event, who.guardian.id, details=details)
