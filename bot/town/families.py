"""Families as agents see them, and the letters that let guardians in (S6)."""

from collections.abc import Awaitable, Callable

from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.accounts.inviting import Invite, Letter, Unlock
from domain.families.service import (
    ListUnreachable,
    NameForLetter,
    SearchFamilies,
    ShowFamily,
    UnlockGuardian,
    WriteLetter,
)
from handlers.use_cases.staff_families import StaffFamilies

PrintLetter = Callable[[Letter], Awaitable[bytes]]


def for_staff(town: Town, print_letter: PrintLetter) -> StaffFamilies:
    families, clock = town.households, town.clock
    access = Nudging(town.access, town.nudge)
    return StaffFamilies(
        search=SearchFamilies(families, clock),
        list_unreachable=ListUnreachable(families, clock),
        show_family=ShowFamily(families, clock),
        name_for_letter=NameForLetter(families),
        write_letter=WriteLetter(families, Invite(access, town.passwords, clock)),
        unlock=UnlockGuardian(families, Unlock(access, clock)),
        print_letter=print_letter,
    )
