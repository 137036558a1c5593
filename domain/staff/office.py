"""Who works for the town: invited, listed, given a role, disabled. By the command line (S1)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.activities.model import StructureId
from domain.audit.model import Actor, Entry
from domain.clock import Clock
from domain.errors import NotFound
from domain.staff.acts import StaffAct
from domain.staff.invitations import FOR, Invitation, Member, new_token
from domain.staff.model import Role, StaffId
from domain.staff.ports import StaffTx
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class InviteStaff:
    """A new link for somebody, who is made known where nobody at work has that name.

    Role and structures become those given; older links end. Raises NotFound for a structure that
    is not there, or for none.
    """

    staff: Transaction[StaffTx]
    clock: Clock
    new_token: Callable[[], str] = new_token

    async def __call__(
        self, name: str, role: Role, structures: tuple[StructureId, ...], locale: str = "fr"
    ) -> Invitation:
        now, token, name = self.clock(), self.new_token(), " ".join(name.split())

        def work(tx: StaffTx) -> Invitation:
            _check(tx, structures)
            member = _named(tx, name)
            if member is None:
                member = Member(tx.add_member(name, role, locale, now), name, role, (), now)
            _give_role(tx, member, role, structures, now)
            tx.issue(member.id, token, at=now, until=now + FOR)
            tx.note(_entry(StaffAct.STAFF_INVITED, member, now))
            changed = replace(member, role=role, structures=structures)
            return Invitation(changed, token, now + FOR)

        return await self.staff.write(work)


@dataclass(frozen=True, slots=True)
class ListStaff:
    staff: Transaction[StaffTx]

    async def __call__(self) -> tuple[Member, ...]:
        return await self.staff.read(lambda tx: tx.members())


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """No structures given: they keep theirs. Raises NotFound."""

    staff: Transaction[StaffTx]
    clock: Clock

    async def __call__(
        self, member: StaffId, role: Role, structures: tuple[StructureId, ...] = ()
    ) -> None:
        now = self.clock()

        def work(tx: StaffTx) -> None:
            found = _at_work(tx, member)
            wanted = structures or found.structures
            _check(tx, wanted)
            _give_role(tx, found, role, wanted, now)

        await self.staff.write(work)


@dataclass(frozen=True, slots=True)
class DisableStaff:
    """Their sessions end at once; their name stays in the audit log. Raises NotFound."""

    staff: Transaction[StaffTx]
    clock: Clock

    async def __call__(self, member: StaffId) -> None:
        now = self.clock()

        def work(tx: StaffTx) -> None:
            found = _at_work(tx, member)
            tx.disable(found.id, now)
            tx.note(_entry(StaffAct.STAFF_DISABLED, found, now))

        await self.staff.write(work)


def _check(tx: StaffTx, structures: tuple[StructureId, ...]) -> None:
    if not structures or not set(structures) <= set(tx.structures()):
        raise NotFound


def _named(tx: StaffTx, name: str) -> Member | None:
    """Names are sealed, so that they are compared here; a town has a few agents."""
    wanted = name.casefold()
    at_work = (one for one in tx.members() if one.disabled_at is None)
    return next((one for one in at_work if one.name.casefold() == wanted), None)


def _at_work(tx: StaffTx, member: StaffId) -> Member:
    for one in tx.members():
        if one.id == member and one.disabled_at is None:
            return one
    raise NotFound


def _give_role(
    tx: StaffTx, member: Member, role: Role, structures: tuple[StructureId, ...], at: datetime
) -> None:
    if member.role is role and member.structures == structures:
        return
    tx.set_role(member.id, role, structures)
    about = {"before": _told(member.role, member.structures), "after": _told(role, structures)}
    tx.note(_entry(StaffAct.STAFF_ROLE_CHANGED, member, at, **about))


def _told(role: Role, structures: tuple[StructureId, ...]) -> str:
    return " ".join((role.value, *(str(one) for one in structures)))


def _entry(act: StaffAct, member: Member, at: datetime, **about: str) -> Entry:
    """By the command line: whose access it is, not who changed it, is what is known."""
    return Entry(at, Actor.SYSTEM, act, details={"member": member.id, **about})
