"""What was consumed and what was paid, as the guide prints them (M2, M3)."""

from collections.abc import Sequence
from datetime import date, timedelta

from conversations.home.routes import HOME, NOTHING
from conversations.money.routes import (
    Balance,
    ChooseConsumed,
    Consumptions,
    ExportConsumed,
    ExportPaid,
    Payments,
    ThisMonth,
)
from conversations.screen import Button, Row, Screen, Table
from conversations.tables import Format
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import turner
from conversations.widgets.tables import in_tables
from domain.activities.model import Activity
from domain.families.model import Child
from domain.money.model import (
    Asked,
    Consumption,
    ConsumptionsView,
    Payment,
    PaymentsView,
    Wanted,
)

NAME, FIRST_NAME, WORD = 60, 30, 40  # characters
PAID = 20  # payments on a screen; the file has them all


def reserve(t: Texts) -> str:
    return t("Ces informations sont données sous réserve de mise à jour des dernières opérations.")


# -- consumptions --------------------------------------------------------------------------------
def consumptions(view: ConsumptionsView, header: Html, told: str, t: Texts) -> Screen:
    """``told``: the filters, in one line; empty for none."""
    lines = [_consumed(line, t) for line in view.lines]
    parts = [*_above(view, header, told, t), *(lines or [_nothing(view, t)]), *_below(view, t)]
    return Screen("\n\n".join(part for part in parts if part), _rows(view, t))


def consumptions_in_table(view: ConsumptionsView, header: Html, told: str, t: Texts) -> Screen:
    simple = consumptions(view, header, told, t)
    if not view.lines:
        return simple
    columns = (t("Date"), t("Prix"), t("Qté"), t("Total"))
    rows: list[tuple[str, ...] | str] = []
    for line in view.lines:
        rows.append(
            (
                t.short_day(line.day),
                t.money(line.unit_price),
                str(line.quantity),
                t.money(line.total),
            )
        )
        rows.append(_who_and_what(line, t))
    blocks: tuple[str | Table, ...] = (
        *_above(view, header, told, t),
        Table(columns, tuple(rows)),
        *_below(view, t),
    )
    address = Consumptions.of(view.wanted, view.page)
    return in_tables(simple, blocks, simple.rows, address, t)


def _above(view: ConsumptionsView, header: Html, told: str, t: Texts) -> tuple[str, ...]:
    title = t.html(
        "<b>Historique des consommations</b>\n{month}", month=t.month(view.wanted.first)
    )
    return header, title, escaped(told)


def _below(view: ConsumptionsView, t: Texts) -> tuple[str, ...]:
    more = ""
    if view.wanted.words and view.pages > 1:
        more = t("D'autres lignes correspondent : écrivez un mot plus précis.")
    return more, t("TOTAL : {total}", total=t.money(view.total)), f"<i>{reserve(t)}</i>"


def _nothing(view: ConsumptionsView, t: Texts) -> str:
    if view.wanted == Wanted(view.wanted.first):
        return t("Rien n'a été débité ce mois-ci.")
    return t("Aucune ligne ne correspond à vos filtres.")


def _consumed(line: Consumption, t: Texts) -> str:
    return t.html(
        "{day} · {who}\n{unit} × {quantity} = {total}",
        day=t.short_day(line.day),
        who=_who_and_what(line, t),
        unit=t.money(line.unit_price),
        quantity=line.quantity,
        total=t.money(line.total),
    )


def _who_and_what(line: Consumption, t: Texts) -> Html:
    said = t.html(
        "<b>{first_name} {last_name}</b> · {activity}",
        first_name=clipped(line.child.first_name, FIRST_NAME),
        last_name=clipped(line.child.last_name, FIRST_NAME),
        activity=clipped(line.activity, NAME),
    )
    return said if line.quantity else Html(said + " · " + t("absence non facturée"))


def _rows(view: ConsumptionsView, t: Texts) -> tuple[Row, ...]:
    wanted = view.wanted

    def to(page: int) -> str:
        return Consumptions.of(wanted, page)

    # A button cannot hold the words that were typed: what it leads to would be something else.
    whole = view.lines and not wanted.words
    exports = tuple(
        Button(label, ExportConsumed.of(wanted, way)) for label, way in _ways(t) if whole
    )
    return (
        *(turner(view.page, view.pages, to, t) if whole else ()),
        _months(view, t),
        (Button(t("Filtres"), ChooseConsumed.of(wanted)),),
        *((exports,) if exports else ()),
        (Button(t("Règlements"), Payments().pack()), Button(t("Solde"), _balance())),
        (Button(t("Accueil"), HOME),),
    )


def _balance() -> str:
    return Balance.of(Asked())


def _ways(t: Texts) -> tuple[tuple[str, Format], ...]:
    return (t("PDF"), Format.PDF), (t("XLSX"), Format.XLSX), (t("CSV"), Format.CSV)


def _months(view: ConsumptionsView, t: Texts) -> Row:
    """The arrows of the guide, between the two months that are told."""
    first, wanted = view.wanted.first, view.wanted
    before = (first - timedelta(days=1)).replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)

    def turn(label: str, to: date) -> Button:
        if not view.earliest <= to <= view.latest:
            return Button("·", NOTHING)
        return Button(label, Consumptions.of(Wanted(to, wanted.child, wanted.activity)))

    label = t.short_month(first)
    return turn("←", before), Button(label, Consumptions.of(wanted)), turn("→", after)


def choose(
    wanted: Wanted, children: Sequence[Child], activities: Sequence[Activity], t: Texts
) -> Screen:
    """A child, an activity, or a word that is typed."""

    def pick(label: str, to: Wanted, *, chosen: bool) -> Row:
        return (Button(("☑ " if chosen else "☐ ") + label, Consumptions.of(to)),)

    first = wanted.first
    theirs = [
        pick(
            clipped(child.first_name, FIRST_NAME),
            Wanted(first, child.id, wanted.activity),
            chosen=wanted.child == child.id,
        )
        for child in children
    ]
    about = [
        pick(
            clipped(activity.name, NAME),
            Wanted(first, wanted.child, activity.id),
            chosen=wanted.activity == activity.id,
        )
        for activity in activities
    ]
    text = t(
        "<b>Filtrer les consommations</b>\nTouchez un enfant ou une activité, ou écrivez un mot : "
        "un prénom, une activité, une date."
    )
    every = Button(t("Tout montrer"), Consumptions.of(Wanted(first)))
    back = Button(t("‹ Consommations"), Consumptions.of(wanted))
    return Screen(text, (*theirs, *about, (every,), (back, Button(t("Accueil"), HOME))))


def told(
    wanted: Wanted, children: Sequence[Child], activities: Sequence[Activity], t: Texts
) -> str:
    """The filters in one line; empty for none."""
    child = next((one.first_name for one in children if one.id == wanted.child), "")
    activity = next((one.name for one in activities if one.id == wanted.activity), "")
    parts = [clipped(child, FIRST_NAME), clipped(activity, NAME), clipped(wanted.words, WORD)]
    said = ", ".join(part for part in parts if part)
    return t("Filtres : {filters}", filters=said) if said else ""


# -- payments ------------------------------------------------------------------------------------
def payments(view: PaymentsView, header: Html, t: Texts) -> Screen:
    lines = [_paid(line, t) for line in view.lines[:PAID]]
    parts = [*_period(view, header, t), *(lines or [_none(t)]), *_sum(view, t)]
    return Screen("\n\n".join(part for part in parts if part), _payment_rows(view, t))


def payments_in_table(view: PaymentsView, header: Html, t: Texts) -> Screen:
    simple = payments(view, header, t)
    if not view.lines:
        return simple
    columns = (t("Date"), t("Mode"), t("Montant"))
    rows: list[tuple[str, ...] | str] = []
    for line in view.lines[:PAID]:
        rows += [(t.short_day(line.day), escaped(line.mode), t.money(line.amount)), _by(line, t)]
    blocks: tuple[str | Table, ...] = (
        *_period(view, header, t),
        Table(columns, tuple(rows)),
        *_sum(view, t),
    )
    return in_tables(simple, blocks, simple.rows, Payments().pack(), t)


def _period(view: PaymentsView, header: Html, t: Texts) -> tuple[str, ...]:
    title = t.html(
        "<b>Historique des règlements</b>\n{first} – {last}",
        first=t.month(view.first),
        last=t.month(view.last),
    )
    return header, title


def _sum(view: PaymentsView, t: Texts) -> tuple[str, ...]:
    return t("TOTAL : {total}", total=t.money(view.total)), f"<i>{reserve(t)}</i>"


def _none(t: Texts) -> str:
    return t("Aucun règlement ces deux derniers mois.")


def _paid(line: Payment, t: Texts) -> str:
    return t.html(
        "{day} · <b>{mode}</b> · {amount}\n{by}",
        day=t.short_day(line.day),
        mode=clipped(line.mode, WORD),
        amount=t.money(line.amount),
        by=_by(line, t),
    )


def _by(line: Payment, t: Texts) -> Html:
    parts = [clipped(part, WORD) for part in (line.number, line.payer, line.bank) if part]
    return escaped(" · ".join(parts))


def _payment_rows(view: PaymentsView, t: Texts) -> tuple[Row, ...]:
    exports = tuple(Button(label, ExportPaid(format=way).pack()) for label, way in _ways(t))
    return (
        *((exports,) if view.lines else ()),
        (Button(t("Consommations"), ThisMonth().pack()), Button(t("Solde"), _balance())),
        (Button(t("Accueil"), HOME),),
    )
