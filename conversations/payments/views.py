"""Paying into a wallet: how much, which way, and what stands (M4)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from conversations.home.routes import HOME, OPEN_HOME
from conversations.money.routes import OPEN_BALANCE, Balance
from conversations.payments.routes import (
    AskPaid,
    Pay,
    PayAgain,
    PayAmount,
    PayBy,
    PayOther,
    amount_of,
)
from conversations.screen import Button, Invoice, Row, Screen, Style
from conversations.texts import Html, Texts, clipped
from conversations.words import mark
from domain.families.model import WalletId
from domain.money.model import Asked
from domain.payments.model import Order, OrderState, Paid, Paying, Provider
from domain.payments.rules import EUR

NAME, CURRENCY = 60, 10  # characters
TITLE, DESCRIPTION = 32, 255  # Telegram's own limits of an invoice

WAYS: Final[Mapping[Provider, str]] = {
    Provider.TELEGRAM: mark("Carte bancaire, ici même"),
    Provider.PAYFIP: mark("PayFiP (site du Trésor public)"),
    Provider.SIMULATED: mark("Page de paiement de démonstration"),
}
STANDINGS: Final[Mapping[OrderState, str]] = {
    OrderState.OPEN: mark("En attente : aucun paiement ne nous est encore parvenu."),
    OrderState.CANCELLED: mark("✖ Non payé : le paiement a été abandonné ou refusé."),
    OrderState.EXPIRED: mark(
        "✖ Le délai est passé sans paiement. Si vous avez tout de même payé, la somme sera "
        "créditée dès qu'elle nous parviendra."
    ),
}


# -- how much ------------------------------------------------------------------------------------
def amounts(view: Paying, header: Html, t: Texts) -> Screen:
    parts = [header, _wallet(view, t), *_owed(view, t), t("Combien voulez-vous payer ?")]
    other = Button(t("Autre montant"), PayOther(wallet=view.wallet.id).pack())
    return Screen("\n\n".join(parts), (*_amounts(view, t), (other,), (_to_balance(t), _home(t))))


def _wallet(view: Paying, t: Texts) -> Html:
    return t.html(
        "<b>Payer</b>\n{wallet} · solde {balance}",
        wallet=clipped(view.wallet.name, NAME),
        balance=t.money(view.wallet.balance),
    )


def _owed(view: Paying, t: Texts) -> Iterator[str]:
    if view.due:
        yield t("Montant dû : {due}", due=t.money(-view.wallet.balance))
    if view.due > max(-view.wallet.balance, Decimal(0)):
        yield t("Un paiement est d'au moins {least}.", least=t.money(view.least))
    if view.estimate and view.estimate != view.due:
        yield t("Avec ce qui est réservé : {estimate}", estimate=t.money(view.estimate))
    if not view.due and not view.estimate:
        yield t("Vous ne devez rien. Vous pouvez alimenter ce porte-monnaie à l'avance.")


def _amounts(view: Paying, t: Texts) -> Iterator[Row]:
    if view.due:
        yield (_pay(view, view.due, t(_due_label(view), amount=t.money(view.due))),)
    if view.estimate and view.estimate != view.due:
        label = t("Avec ce qui est réservé : {amount}", amount=t.money(view.estimate))
        yield (_pay(view, view.estimate, label),)


def _due_label(view: Paying) -> str:
    """What is owed may be less, or more, than one payment takes."""
    owed = -view.wallet.balance
    if view.due > owed:
        return mark("Le minimum : {amount}")
    return mark("Le maximum : {amount}") if view.due < owed else mark("Le montant dû : {amount}")


def _pay(view: Paying, amount: Decimal, label: str) -> Button:
    """Straight to the only way there is."""
    if len(view.providers) == 1:
        data = PayBy.of(view.wallet.id, amount, view.providers[0])
    else:
        data = PayAmount.of(view.wallet.id, amount)
    return Button(label, data, Style.PRIMARY)


def ask_amount(view: Paying, t: Texts) -> Screen:
    text = t.html(
        "<b>Autre montant</b>\n{wallet}\n\nEnvoyez le montant à payer, par exemple 25 ou 25,50. "
        "De {least} à {most}.",
        wallet=clipped(view.wallet.name, NAME),
        least=t.money(view.least),
        most=t.money(view.most),
    )
    return Screen(text, ((_back(view.wallet.id, t), _home(t)),))


# -- which way -----------------------------------------------------------------------------------
def ways(view: Paying, amount: Decimal, t: Texts) -> Screen:
    text = t.html(
        "<b>Payer {amount}</b>\n{wallet}\n\nDe quelle façon ?",
        amount=t.money(amount),
        wallet=clipped(view.wallet.name, NAME),
    )
    rows = [
        (Button(t(WAYS[one]), PayBy.of(view.wallet.id, amount, one)),) for one in view.providers
    ]
    return Screen(text, (*rows, (_back(view.wallet.id, t), _home(t))))


def just_paid(said: str, asked: PayBy, t: Texts) -> Screen:
    """``said``: what was paid and when, plain. The first thing to press pays nothing."""
    wallet, amount = WalletId(asked.wallet), amount_of(asked)
    text = t.html("<b>Déjà payé</b>\n{said}", said=said)
    again = Button(
        t("Payer encore {amount}", amount=t.money(amount)),
        PayAgain.of(wallet, amount, asked.provider),
    )
    return Screen(text, ((_to_balance(t),), (again,), (_home(t),)))


# -- the order -----------------------------------------------------------------------------------
def order(of: Order, t: Texts, url: str | None = None) -> Screen:
    """``url``: of the provider's page, where it has one. Nothing redraws this message but its
    order: what leads elsewhere opens below.
    """
    if of.state is OrderState.PAID:
        return paid(of.amount, of.reference, t)
    parts = [
        t.html("<b>Paiement de {amount}</b>", amount=t.money(of.amount)),
        t(STANDINGS[of.state]),
        t.html("Référence : <code>{reference}</code>", reference=of.reference),
    ]
    if of.state is OrderState.OPEN:
        parts.append(t("À payer avant le {until}.", until=t.instant(of.expires_at)))
    return Screen("\n\n".join(parts), _order_rows(of, t, url))


def _order_rows(of: Order, t: Texts, url: str | None) -> tuple[Row, ...]:
    rows: list[Row] = []
    if of.state is OrderState.OPEN:
        if url is not None:
            pay = t("Payer {amount}", amount=t.money(of.amount))
            rows.append((Button(pay, url=url, style=Style.PRIMARY),))
        rows.append((Button(t("J'ai payé"), AskPaid(reference=of.reference).pack()),))
    if of.state in {OrderState.CANCELLED, OrderState.EXPIRED}:
        rows.append((Button(t("Recommencer"), Pay(wallet=of.wallet_id).pack()),))
    return (*rows, _elsewhere(t))


def paid(amount: Decimal, reference: str, t: Texts) -> Screen:
    """In the place of the order."""
    text = t.html(
        "<b>✔ Payé : {amount}</b>\n\nCet ordre est déjà payé : votre porte-monnaie est crédité, "
        "le reçu vous est envoyé. Ne payez pas une seconde fois.\n\n"
        "Référence : <code>{reference}</code>",
        amount=t.money(amount),
        reference=reference,
    )
    return Screen(text, (_elsewhere(t),))


def _elsewhere(t: Texts) -> Row:
    return Button(t("Solde et paiement"), OPEN_BALANCE), Button(t("Accueil"), OPEN_HOME)


def invoice(of: Order, wallet: str, town: str, t: Texts) -> Invoice:
    return Invoice(
        title=clipped(wallet, TITLE),
        description=clipped(
            t(
                "{structure} : paiement dans le porte-monnaie {wallet}.",
                structure=town,
                wallet=wallet,
            ),
            DESCRIPTION,
        ),
        label=t("Paiement"),
        cents=of.cents,
        payload=of.reference,
    )


# -- ways here -----------------------------------------------------------------------------------
def to_pay(wallet: WalletId, label: str) -> Row:
    return (Button(label, Pay(wallet=wallet).pack()),)


def to_balance(t: Texts) -> Row:
    return (_to_balance(t),)


def _to_balance(t: Texts) -> Button:
    return Button(t("Solde et paiement"), Balance.of(Asked()))


def _back(wallet: WalletId, t: Texts) -> Button:
    return Button(t("‹ Montants"), Pay(wallet=wallet).pack())


def _home(t: Texts) -> Button:
    return Button(t("Accueil"), HOME)


# -- money that has moved, and was not simply credited -------------------------------------------
def apart(paid: Paid, t: Texts) -> Screen:
    """Credited to nobody: the town will say whose it is."""
    text = t.html(
        "Votre paiement de {amount} est bien arrivé, mais il n'a pas pu être porté sur "
        "un porte-monnaie. Rien n'est perdu : votre mairie est prévenue et vous répondra. "
        "N° de pièce <code>{number}</code>",
        amount=sum_of(paid.amount, paid.currency, t),
        number=paid.provider_reference,
    )
    return Screen(text, ((Button(t("Accueil"), OPEN_HOME),),))


def sum_of(amount: Decimal, currency: str, t: Texts) -> str:
    """Of any currency: "12,40 €", or "12.40 USD"."""
    return t.money(amount) if currency == EUR else f"{amount} {clipped(currency, CURRENCY)}"


def later(t: Texts) -> Screen:
    text = t(
        "Votre paiement est bien arrivé. Il sera porté sur votre porte-monnaie dans quelques "
        "minutes : le reçu arrivera ici. Ne payez pas une seconde fois."
    )
    return Screen(text, ((Button(t("Accueil"), OPEN_HOME),),))
