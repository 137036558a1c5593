"""What may be paid, said as it is owed (M4)."""

from decimal import Decimal

import pytest

from conversations.payments import views
from conversations.texts import Html
from domain.families.model import FamilyId, StructureId, Wallet, WalletId
from domain.payments.model import Paying, Provider

HEADER = Html("Mairie")


def paying(balance: str, due: str) -> Paying:
    return Paying(
        wallet=Wallet(WalletId(1), FamilyId(1), StructureId(1), "Cantine", Decimal(balance)),
        due=Decimal(due),
        estimate=Decimal(due),
        least=Decimal(1),
        most=Decimal(2000),
        providers=(Provider.TELEGRAM,),
    )


@pytest.mark.parametrize(
    ("balance", "due", "owed", "button"),
    [
        ("-12.40", "12.40", "12,40", "Le montant dû : 12,40"),
        ("-0.40", "1.00", "0,40", "Le minimum : 1,00"),
        ("-2500.00", "2000.00", "2\u202f500,00", "Le maximum : 2\u202f000,00"),
    ],
)
def test_what_is_owed_is_told_as_it_is_and_the_button_says_what_can_be_paid(
    t, balance, due, owed, button
):
    screen = views.amounts(paying(balance, due), HEADER, t)

    assert f"Montant dû : {owed}" in screen.text
    assert screen.rows[0][0].text.startswith(button)
    assert ("au moins 1,00" in screen.text) == (balance == "-0.40")
