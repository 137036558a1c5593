"""What waits for the town's agents: the list, one alert, money to give to a family."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from conversations.alerts import words
from conversations.alerts.routes import (
    Alerts,
    AlertSeen,
    AskCredit,
    AskFamily,
    AskGivenBack,
    CreditWallet,
    GivenBack,
    ShowAlert,
)
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import turner
from domain.activities.catalogue import Catalogue
from domain.alerts.model import Alert, AlertId, AlertKind, Noted
from domain.alerts.service import AlertsView, AlertView
from domain.families.model import Wallet
from domain.families.sheets import FamilySheet

NAME: Final = 40  # characters
TOLD: Final = 3  # kinds named in the message to an agent
WALLETS: Final = 20


def screen(view: AlertsView, above: Html, catalogue: Catalogue, t: Texts) -> Screen:
    lines: list[str] = [_line(one.alert, catalogue, t) for one in view.alerts]
    parts: list[str] = [
        above,
        t("<b>À voir</b>"),
        *(lines or [t("Rien à voir : tout est réglé.")]),
    ]
    rows = tuple(_open(one, t) for one in view.alerts)
    turn = turner(view.page, view.pages, lambda page: Alerts(page=page).pack(), t)
    return Screen("\n\n".join(parts), (*rows, *turn, home_row(t)))


def _line(of: Alert, catalogue: Catalogue, t: Texts) -> Html:
    return t.html(
        "<b>{title}</b> · {about}\n{at}{structure}",
        title=words.title(of, t),
        about=words.about(of, t),
        at=t.instant(of.at),
        structure=_structure(of, catalogue),
    )


def _structure(of: Alert, catalogue: Catalogue) -> str:
    found = catalogue.structures.get(of.structure_id) if of.structure_id else None
    return f" · {clipped(found.name, NAME)}" if found is not None else ""


def _open(of: Noted, t: Texts) -> Row:
    label = f"{words.title(of.alert, t)} · {words.about(of.alert, t)}"
    return (Button(clipped(label, 60), ShowAlert(alert=of.id).pack()),)


def one(view: AlertView, catalogue: Catalogue, t: Texts) -> Screen:
    of = view.noted
    parts: list[str] = [_line(of.alert, catalogue, t), words.meaning(of.alert, t)]
    details = "\n".join(_details(view, t))
    if details:
        parts.append(Html(details))
    if of.is_settled:
        parts.append(t("<b>Réglé.</b>"))
    acts = () if of.is_settled else tuple(_acts(view, t))
    return Screen("\n\n".join(parts), (*acts, back(t), home_row(t)))


def _details(view: AlertView, t: Texts) -> Iterator[Html]:
    of, told = view.noted.alert, view.noted.alert.details
    if of.kind not in {AlertKind.PAYMENT_STRAY, AlertKind.PAYMENT_ODD}:
        return
    yield t.html("Payé le {at}", at=t.instant(words.paid_at(of)))
    if "ordered" in told:
        yield t.html("Demandé : {amount}", amount=t.money(Decimal(str(told["ordered"]))))
    if "credited" in told:
        yield t.html("Crédité : {amount}", amount=t.money(Decimal(str(told["credited"]))))
    yield t.html("Référence : {reference}", reference=clipped(str(told["order_reference"]), NAME))
    yield t.html(
        "Référence du paiement : {reference}", reference=clipped(str(told["reference"]), NAME)
    )
    if view.stray is not None and view.stray.paid.payer:
        yield t.html("Payé par : {payer}", payer=clipped(view.stray.paid.payer, NAME))


def _acts(view: AlertView, t: Texts) -> Iterator[Row]:
    alert = view.noted.id
    if view.stray is None:
        yield (Button(t("Marquer comme vu"), AlertSeen(alert=alert).pack(), Style.SUCCESS),)
        return
    yield (Button(t("Créditer une famille"), AskFamily(alert=alert).pack(), Style.PRIMARY),)
    yield (Button(t("Remboursé à la main"), AskGivenBack(alert=alert).pack()),)


def back(t: Texts) -> Row:
    return (Button(t("‹ À voir"), Alerts(page=1).pack()),)


def _to_alert(alert: AlertId, t: Texts) -> Row:
    return (Button(t("‹ Retour"), ShowAlert(alert=alert).pack()),)


# -- money to a family ----------------------------------------------------------------------------
def ask_family(view: AlertView, t: Texts) -> Screen:
    text = t.html(
        "<b>Créditer {amount}</b>\nEnvoyez le numéro de la famille, ou l'identifiant d'un de ses "
        "responsables.",
        amount=words.about(view.noted.alert, t),
    )
    return Screen(text, (_to_alert(view.noted.id, t), home_row(t)))


def not_found(alert: AlertId, t: Texts) -> Screen:
    text = t("Aucune famille n'a ce numéro ni cet identifiant ici. Envoyez-en un autre.")
    return Screen(text, (_to_alert(alert, t), home_row(t)))


def wallets(view: AlertView, of: FamilySheet, t: Texts) -> Screen:
    alert, family = view.noted.id, of.family_id
    ask = t("Quel porte-monnaie créditer ?")
    if not of.wallets:
        ask = t("Cette famille n'a pas de porte-monnaie ici.")
    parts = [_family(of, t), escaped(ask)]
    rows = tuple(
        (_choose(wallet, AskCredit(alert=alert, family=family, wallet=wallet.id), t),)
        for wallet in of.wallets[:WALLETS]
    )
    return Screen("\n\n".join(parts), (*rows, _to_alert(alert, t), home_row(t)))


def _choose(wallet: Wallet, to: AskCredit, t: Texts) -> Button:
    label = f"{clipped(wallet.name, NAME)} · {t.signed_money(wallet.balance)}"
    return Button(label, to.pack())


def _family(of: FamilySheet, t: Texts) -> Html:
    names = ", ".join(clipped(one.name, NAME) for one in of.guardians[:6])
    return t.html("<b>Famille {number}</b>\n{names}", number=of.family_id, names=names)


def recap(view: AlertView, of: FamilySheet, wallet: Wallet, t: Texts) -> Screen:
    alert = view.noted.id
    text = t.html(
        "<b>Créditer {amount} ?</b>\n\n{family}\n\nPorte-monnaie : {wallet}, solde {balance}",
        amount=words.about(view.noted.alert, t),
        family=_family(of, t),
        wallet=clipped(wallet.name, NAME),
        balance=t.signed_money(wallet.balance),
    )
    give = Button(t("Créditer"), CreditWallet(alert=alert, wallet=wallet.id).pack(), Style.SUCCESS)
    return Screen(text, ((give,), _to_alert(alert, t), home_row(t)))


def ask_given_back(view: AlertView, t: Texts) -> Screen:
    text = t.html(
        "<b>{amount} remboursé à la main ?</b>\nCartable ne rembourse rien lui-même : notez-le "
        "ici une fois que c'est fait.",
        amount=words.about(view.noted.alert, t),
    )
    alert = view.noted.id
    done = Button(t("C'est remboursé"), GivenBack(alert=alert).pack(), Style.SUCCESS)
    return Screen(text, ((done,), _to_alert(alert, t), home_row(t)))


def seen(t: Texts) -> str:
    return t("C'est noté : réglé.")


def credited(t: Texts) -> str:
    return t("C'est crédité.")


# -- the message to an agent ------------------------------------------------------------------
def told(alerts: Sequence[Alert], t: Texts) -> Screen:
    """No amount and no name: it may be read on a locked phone."""
    kinds = list(dict.fromkeys(words.title(one, t) for one in alerts))
    lines = [t.html("• {what}", what=one) for one in kinds[:TOLD]]
    head = t.plural("<b>{n} chose à voir</b>", "<b>{n} choses à voir</b>", len(alerts))
    row = (Button(t("Voir"), Alerts(page=1).pack(), Style.PRIMARY),)
    return Screen("\n".join([head, *lines]), (row,))
