"""The balance as the guide's screen: each wallet, what is booked, what will be left (M1)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from conversations import words
from conversations.home.routes import HOME, NOTHING
from conversations.money.routes import AskBalanceUntil, Balance, Explain, Payments, ThisMonth
from conversations.payments.routes import Pay
from conversations.screen import Button, Row, Screen, Style, Table
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import turner
from conversations.widgets.tables import in_tables
from domain.bookings.model import State
from domain.money.model import Asked, BalanceView, EstimateLine, EstimateView
from domain.money.reading import month_end

NAME, SHORT_NAME = 60, 40  # characters
PAYABLE = 8  # wallets with a button; few families have three
MONTHS = 12  # that may be stepped through


def screen(view: BalanceView, header: Html, t: Texts, *, may_pay: bool = True) -> Screen:
    """``may_pay``: whether the town takes payments here at all."""
    wallets = [_wallet(view, at, t) for at in range(len(view.estimates))]
    parts = [*_above(view, header, t), *(wallets or [_none(t)]), *_below(view, t)]
    return Screen("\n\n".join(parts), (*_to_pay(view, t, may_pay=may_pay), *_rows(view, t)))


def in_table(view: BalanceView, header: Html, t: Texts, *, may_pay: bool = True) -> Screen:
    simple = screen(view, header, t, may_pay=may_pay)
    if not view.estimates:
        return simple
    columns = (t("Porte-monnaie"), t("Solde"), t("Coût estimé"), t("Nouveau solde"))
    rows = tuple(
        (
            escaped(clipped(one.wallet.name, NAME)),
            t.money(one.wallet.balance),
            t.money(one.cost),
            t.money(one.after),
        )
        for one in view.estimates
    )
    blocks: tuple[str | Table, ...] = (
        *_above(view, header, t),
        Table(columns, rows),
        *_below(view, t),
    )
    return in_tables(simple, blocks, simple.rows, Balance.of(view.asked), t)


def _above(view: BalanceView, header: Html, t: Texts) -> tuple[str, ...]:
    return header, t("<b>Solde</b>"), escaped(counted(view.asked, t))


def counted(asked: Asked, t: Texts) -> str:
    """Which bookings the estimate counts."""
    if asked.until is None and asked.pending:
        return t("Toutes vos réservations, confirmées ou en attente de réponse.")
    if asked.until is None:
        return t("Toutes vos réservations confirmées.")
    until = t.day(asked.until)
    if asked.pending:
        return t("Réservations confirmées ou en attente, jusqu'au {until}.", until=until)
    return t("Réservations confirmées, jusqu'au {until}.", until=until)


def _none(t: Texts) -> str:
    return t("Vous n'avez pas encore de porte-monnaie dans cette structure.")


def _wallet(view: BalanceView, at: int, t: Texts) -> str:
    one = view.estimates[at]
    return t.html(
        "<b>{wallet}</b>\nSolde {balance} · coût estimé {cost}\nNouveau solde {after}",
        wallet=clipped(one.wallet.name, NAME),
        balance=t.money(one.wallet.balance),
        cost=t.money(one.cost),
        after=t.money(one.after),
    )


def _below(view: BalanceView, t: Texts) -> Iterator[str]:
    """A closed wallet may owe, which bars booking, and has no button: the town alone can help."""
    for one in view.estimates:
        if one.wallet.closed and one.wallet.balance < 0:
            yield t.html(
                "Le porte-monnaie <b>{wallet}</b> est fermé et ne peut plus être payé ici. Pour "
                "régler {due}, adressez-vous à votre mairie : elle seule peut solder ce compte.",
                wallet=clipped(one.wallet.name, NAME),
                due=t.money(-one.wallet.balance),
            )
    yield _last_line(view, t)


def _last_line(view: BalanceView, t: Texts) -> str:
    """The two readings of the guide: a credit less the bookings, or a due plus the bookings."""
    if view.balance < 0:
        return t.html(
            "Montant dû {due} + réservations {cost} = <b>à régler {total}</b>",
            due=t.money(-view.balance),
            cost=t.money(view.cost),
            total=t.money(-view.estimated),
        )
    return t.html(
        "Votre crédit {credit} − réservations {cost} = <b>solde estimé {total}</b>",
        credit=t.money(view.balance),
        cost=t.money(view.cost),
        total=t.money(view.estimated),
    )


def _to_pay(view: BalanceView, t: Texts, *, may_pay: bool) -> Iterator[Row]:
    """A button for each wallet that takes money; those that owe first, whatever their names."""
    wallets = [one.wallet for one in view.estimates if may_pay and not one.wallet.closed]
    for wallet in sorted(wallets, key=lambda wallet: wallet.balance >= 0)[:PAYABLE]:
        name = clipped(wallet.name, SHORT_NAME)
        data = Pay(wallet=wallet.id).pack()
        style = Style.PRIMARY if wallet.balance < 0 else None
        yield (Button(t("Payer : {wallet}", wallet=name), data, style),)


def _rows(view: BalanceView, t: Texts) -> tuple[Row, ...]:
    asked = view.asked
    box = "☑" if asked.pending else "☐"
    pending = t("{box} Avec ce qui attend une réponse", box=box)
    everything = Button(t("Sans date limite"), Balance.of(Asked(None, asked.pending)))
    explain = Button(t("Le détail de l'estimation"), Explain.of(asked))
    return (
        _until(view, t),
        *(((everything,),) if asked.until is not None else ()),
        (Button(pending, Balance.of(Asked(asked.until, not asked.pending))),),
        *(((explain,),) if view.cost != Decimal(0) else ()),
        (
            Button(t("Consommations"), ThisMonth().pack()),
            Button(t("Règlements"), Payments().pack()),
        ),
        (Button(t("Accueil"), HOME),),
    )


def _until(view: BalanceView, t: Texts) -> Row:
    """By ends of months, from this one on."""
    this = month_end(view.today)
    shown = view.asked.until
    if shown is None:
        label = t("Jusqu'à une date…")
        return (Button(label, Balance.of(Asked(this, view.asked.pending))),)
    before = _end_before(shown)
    after = month_end(shown + timedelta(days=1))
    label = t.short_day(shown).partition(" ")[2]  # "30 nov.": a third of a phone's width
    return (
        _turn("‹", before, view.asked, possible=before >= this),
        Button(label, AskBalanceUntil.of(view.asked, shown)),
        _turn("›", after, view.asked, possible=after <= farthest(view.today)),
    )


def ask_until(asked: Asked, farthest: date, t: Texts) -> Screen:
    text = t.html(
        "<b>Solde</b>\n\nJusqu'à quelle date compter vos réservations ? Écrivez-la, par exemple "
        "15/01 ou 15 janvier (au plus tard le {farthest}).",
        farthest=t.day(farthest),
    )
    return Screen(text, ((Button(t("‹ Solde"), Balance.of(asked)), Button(t("Accueil"), HOME)),))


def not_that_day(t: Texts) -> str:
    return t("Je n'ai pas compris cette date, ou elle est passée ou trop lointaine.")


def farthest(today: date) -> date:
    return today + timedelta(days=31 * MONTHS)


def _end_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _turn(label: str, until: date, asked: Asked, *, possible: bool) -> Button:
    data = Balance.of(Asked(until, asked.pending)) if possible else NOTHING
    return Button(label if possible else "·", data)


# -- the estimate, explained ---------------------------------------------------------------------
def explained(view: EstimateView, t: Texts) -> Screen:
    days = [
        "\n".join((f"<b>{escaped(t.short_day(day))}</b>", *(_counted_line(one, t) for one in of)))
        for day, of in groupby(view.lines, key=attrgetter("day"))
    ]
    parts = [
        t("<b>Le détail de l'estimation</b>") + "\n" + escaped(counted(view.asked, t)),
        *(days or [t("Aucune réservation à débiter.")]),
        t("Total : {total}", total=t.money(view.total)),
        t("Chaque journée est débitée après coup, au tarif de ce jour-là."),
    ]

    def to(page: int) -> str:
        return Explain.of(view.asked, page)

    back = (Button(t("‹ Solde"), Balance.of(view.asked)), Button(t("Accueil"), HOME))
    return Screen("\n\n".join(parts), (*turner(view.page, view.pages, to, t), back))


def _counted_line(line: EstimateLine, t: Texts) -> str:
    told = t.html(
        "{child} · {activity} · {price}",
        child=line.child.first_name,
        activity=clipped(line.activity.name, NAME),
        price=t.money(line.price),
    )
    if line.state is State.ACCEPTED:
        return told
    return f"{told} ({escaped(t(words.STATES[line.state]))})"
