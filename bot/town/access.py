"""Passwords and links: what lets a guardian in (A)."""

from bot.passwords import is_common
from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.accounts.checking import CheckPassword
from domain.accounts.choosing import (
    ChooseByLink,
    ChoosePassword,
    Chooser,
    ConfirmByLink,
    ConfirmPassword,
)
from domain.accounts.forgetting import AskReset
from domain.accounts.links import OpenLink
from handlers.use_cases.access import Access


def for_parents(town: Town) -> Access:
    access = Nudging(town.access, town.nudge)
    chooser = Chooser(access, town.passwords, is_common, town.clock)
    return Access(
        check_password=CheckPassword(town.access, town.passwords, town.clock),
        choose_password=ChoosePassword(chooser),
        confirm_password=ConfirmPassword(chooser),
        open_link=OpenLink(access, town.clock),
        choose_by_link=ChooseByLink(chooser),
        confirm_by_link=ConfirmByLink(chooser),
        ask_reset=AskReset(access, town.clock),
    )
