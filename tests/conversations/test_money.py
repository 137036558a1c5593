"""The guide's own balance and histories, as they come out here (M1-M3)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.locales import LOCALES, load
from conversations.money import balance, exports, histories
from conversations.texts import Html
from domain.activities.model import ActivityId
from domain.bookings.model import State
from domain.families.model import Child, ChildId, FamilyId, Wallet, WalletId
from domain.money.model import (
    Asked,
    BalanceView,
    Consumption,
    ConsumptionsView,
    Estimate,
    EstimateLine,
    EstimateView,
    Payment,
    PaymentsView,
    Wanted,
)
from domain.money.reading import is_wanted
from tests import builders
from tests.conversations import facts
from tests.conversations.test_limits import check

ABOVE = Html("Mairie")
NOVEMBER, OCTOBER = date(2019, 11, 1), date(2019, 10, 1)


def paid(on: date, number: str, amount: str) -> Payment:
    return Payment(on, "CBLEUE", number, "Pour", "Par Internet", Decimal(amount))


PAID = (
    paid(date(2019, 11, 12), "12112019105532906", "88.75"),
    paid(date(2019, 10, 24), "906-N°Auto:595926", "59.08"),
    paid(date(2019, 10, 1), "906-N°Auto:434214", "16.88"),
)


def ate(day: int, first_name: str, activity: str, price: str, quantity: int) -> Consumption:
    unit = Decimal(price)
    child = Child(ChildId(1), first_name, "A")
    return Consumption(
        date(2019, 11, day), child, ActivityId(1), activity, unit, quantity, unit * quantity, unit
    )


LINES = (
    ate(14, "Antonin", "Accueil Matin 1/2 heure", "0.32", 3),
    ate(14, "Maxence", "Accueil Soir 1/2 heure", "0.32", 2),
    ate(14, "Maxence", "Restauration Scolaire", "4.22", 1),
)
MONTH = ConsumptionsView(
    Wanted(NOVEMBER), OCTOBER, NOVEMBER, LINES, page=1, pages=1, total=Decimal("224.63")
)
PAYMENTS = PaymentsView(
    OCTOBER, date(2019, 11, 30), PAID, sum((p.amount for p in PAID), Decimal(0))
)


EVERYTHING = Asked()


def wallet(name: str, balance: str) -> Wallet:
    return Wallet(WalletId(1), FamilyId(1), builders.TOWN, name, Decimal(balance))


def view(*estimates: tuple[str, str, str], asked: Asked = EVERYTHING) -> BalanceView:
    held = tuple(Estimate(wallet(name, of), Decimal(cost)) for name, of, cost in estimates)
    return BalanceView(builders.TOWN, asked, date(2019, 11, 15), held)


GUIDE = view(
    ("Services Scolaires et ALSH", "171.80", "0.00"), ("Ecole de musique", "0.00", "0.00")
)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("draw", [balance.screen, balance.in_table])
def test_a_closed_wallet_that_owes_says_who_can_settle_it(t, draw):
    """It bars booking (B1), and nothing can be paid into it."""
    owing, even = view(("Ancien", "-8.10", "0.00"), ("Musique", "0.00", "0.00")).estimates
    shut = [replace(one, wallet=replace(one.wallet, closed=True)) for one in (owing, even)]

    screen = draw(replace(GUIDE, estimates=tuple(shut)), ABOVE, t)

    shown = plain(screen.text)
    assert "Ancien est fermé" in shown.replace("<b>", "").replace("</b>", "")
    assert "Pour régler 8,10 €, adressez-vous à votre mairie" in shown
    assert "Musique est fermé" not in shown.replace("<b>", "").replace("</b>", "")
    assert not any(button.text.startswith("Payer") for row in screen.rows for button in row)


def test_the_guides_balance(t):
    shown = plain(balance.screen(GUIDE, ABOVE, t).text)

    assert "<b>Services Scolaires et ALSH</b>\nSolde 171,80 € · coût estimé 0,00 €" in shown
    assert "<b>Ecole de musique</b>\nSolde 0,00 € · coût estimé 0,00 €" in shown
    assert "Votre crédit 171,80 € − réservations 0,00 € = <b>solde estimé 171,80 €</b>" in shown


def test_a_due_is_read_the_other_way(t):
    owing = view(("Services", "-12.40", "30.00"))

    shown = plain(balance.screen(owing, ABOVE, t).text)

    assert "Montant dû 12,40 € + réservations 30,00 € = <b>à régler 42,40 €</b>" in shown


def test_a_date_goes_by_ends_of_months_and_never_before_this_one(t):
    first = view(("Services", "0.00", "1.00"), asked=Asked(date(2019, 11, 30), pending=True))

    rows = balance.screen(first, ABOVE, t, may_pay=False).rows

    assert [button.text for button in rows[0]] == ["·", "30 nov.", "›"]
    assert rows[0][2].data == "so:1:20191231"
    assert rows[2][0].text.startswith("☑")


def test_the_estimate_is_told_by_day_and_says_what_is_not_sure(t):
    (child, *_), (activity, *_) = facts.household()
    first, second = date(2019, 11, 18), date(2019, 11, 19)
    lines = (
        EstimateLine(first, child, activity, State.ACCEPTED, Decimal("2.71")),
        EstimateLine(first, child, activity, State.PENDING, Decimal("0.64")),
        EstimateLine(second, child, activity, State.ACCEPTED, Decimal("2.71")),
    )

    shown = plain(balance.explained(EstimateView(Asked(), lines, 1, 1, Decimal("6.06")), t).text)

    assert shown.count("<b>lun. 18 nov.</b>") == shown.count("<b>mar. 19 nov.</b>") == 1
    assert shown.count("2,71 €\n") == 2
    assert "0,64 € (" in shown
    assert "(acceptée)" not in shown


def test_the_guides_consumptions(t):
    shown = plain(histories.consumptions(MONTH, ABOVE, "", t).text)

    assert "Historique des consommations</b>\nNovembre 2019" in shown
    assert "<b>Antonin A</b> · Accueil Matin 1/2 heure\n0,32 € × 3 = 0,96 €" in shown
    assert "<b>Maxence A</b> · Restauration Scolaire\n4,22 € × 1 = 4,22 €" in shown
    assert "TOTAL : 224,63 €" in shown
    assert "sous réserve de mise à jour des dernières opérations" in shown


def test_the_arrows_lead_between_the_two_months(t):
    (row,) = (r for r in histories.consumptions(MONTH, ABOVE, "", t).rows if r[0].text == "←")

    assert [button.text for button in row] == ["←", "Nov. 2019", "·"]
    assert row[0].data == "cm:20191001:1::"


def test_an_absence_that_was_not_billed_says_so(t):
    excused = replace(MONTH, lines=(replace(LINES[2], quantity=0, total=Decimal(0)),))

    assert "absence non facturée" in histories.consumptions(excused, ABOVE, "", t).text


def test_the_guides_payments_add_up(t):
    shown = plain(histories.payments(PAYMENTS, ABOVE, t).text)

    assert "Octobre 2019 – Novembre 2019" in shown
    assert "<b>CBLEUE</b> · 88,75 €\n12112019105532906 · Pour · Par Internet" in shown
    assert "TOTAL : 164,71 €" in shown


def test_the_files_have_the_guides_columns(t):
    who, town = facts.parent().guardian, builders.catalogue().structures[builders.TOWN]

    consumed = exports.consumptions(MONTH, who, town, "", builders.NOW, t)
    paper = exports.payments(PAYMENTS, who, town, builders.NOW, t)

    assert consumed.columns[-3:] == ("Prix (€)", "Qté", "Total (€)")
    assert consumed.rows[0][3:] == (
        "Accueil Matin 1/2 heure",
        Decimal("0.32"),
        "3",
        Decimal("0.96"),
    )
    assert (paper.columns[1], paper.columns[-1]) == ("Mode règlement", "Montant (€)")
    assert paper.total == ("TOTAL (€)", Decimal("164.71"))


@pytest.mark.parametrize(
    ("words", "found"),
    [("", 3), ("maxence", 2), ("MAXENCE resto", 0), ("maxence restau", 1), ("14/11/2019", 3)],
)
def test_words_are_looked_for_in_all_of_a_line(words, found):
    wanted = Wanted(NOVEMBER, words=words)

    assert sum(is_wanted(line, wanted) for line in LINES) == found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_screen_of_money_fits_in_both_displays(locale):
    t = load()(locale)
    children, activities = facts.household()
    big, name = Decimal("99999.99"), facts.LONG_ACTIVITY * 3
    held = Wallet(WalletId(1), FamilyId(1), builders.TOWN, name, -big)
    many = replace(
        GUIDE, estimates=(Estimate(held, big),) * 6, asked=Asked(NOVEMBER, pending=True)
    )
    above = Html("x" * 300)
    line = replace(LINES[0], child=children[0], activity=name, unit_price=big, total=big)
    month = replace(MONTH, lines=(line,) * 15, page=2, pages=99)
    many_paid = replace(
        PAYMENTS, lines=(replace(PAID[0], payer=name, bank=name, number=name),) * 40
    )
    wanted = Wanted(NOVEMBER, children[0].id, activities[0].id, "mot " * 15)
    told = histories.told(wanted, children, activities, t)
    lines = (EstimateLine(NOVEMBER, children[0], activities[0], State.PENDING, big),) * 15
    for screen in (
        balance.screen(many, above, t),
        balance.in_table(many, above, t),
        balance.screen(replace(many, estimates=()), above, t),
        balance.ask_until(Asked(NOVEMBER), NOVEMBER, t),
        balance.explained(EstimateView(Asked(), lines, 2, 9, big), t),
        balance.explained(EstimateView(Asked(), (), 1, 1, Decimal(0)), t),
        histories.consumptions(month, above, told, t),
        histories.consumptions_in_table(month, above, told, t),
        histories.consumptions(replace(month, wanted=wanted), above, told, t),
        histories.consumptions(replace(month, lines=()), above, told, t),
        histories.choose(wanted, children, activities, t),
        histories.payments(many_paid, above, t),
        histories.payments_in_table(many_paid, above, t),
        histories.payments(replace(many_paid, lines=()), above, t),
    ):
        check(screen)
