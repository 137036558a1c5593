"""Who may ask for anything new at all; cancelling is always possible (B1, B2).

Asked on every path that drafts. What may have changed since is asked again at confirmation, by
``judging``.
"""

from domain.accounts.model import Identity
from domain.bookings.errors import FamilyInDebt
from domain.documents.errors import HouseRulesUnsigned
from domain.families.model import ChildId


def check_may_book(who: Identity, child: ChildId) -> None:
    """Raises FamilyInDebt, HouseRulesUnsigned."""
    check_debt(who)
    if child in who.unsigned:
        raise HouseRulesUnsigned(child=child)


def check_debt(who: Identity) -> None:
    """Raises FamilyInDebt."""
    if who.debt is not None:
        raise FamilyInDebt(wallet=who.debt.wallet, balance=who.debt.balance)
