"""What the nights handed over, and tonight's at once (S7)."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from conversations.nights.routes import AskNight, Nights, RunTheNight
from conversations.screen import Button, Row, Screen, Style, Table
from conversations.staff.home import home_row
from conversations.staff.tables import in_tables
from conversations.texts import Html, Texts, escaped
from conversations.widgets.paging import turner
from domain.reports.by_hand import NightsView
from domain.reports.model import Transmission
from domain.staff.model import StaffIdentity

CHECKSUM: Final = 12  # of 64 characters: enough to compare by eye


def screen(view: NightsView, above: Html, member: StaffIdentity, t: Texts) -> Screen:
    head = f"{above}\n\n" + t(
        "<b>Transmissions</b>\nChaque nuit, les réservations et les annulations sont écrites dans "
        "des fichiers pour le logiciel de la mairie."
    )
    waiting = t.plural(
        "{n} mouvement attend la prochaine nuit.",
        "{n} mouvements attendent la prochaine nuit.",
        view.waiting,
    )
    lines = "\n\n".join(_line(one, t) for one in view.transmissions)
    simple = Screen(
        "\n\n".join((head, waiting, lines or t("Aucune nuit encore."))),
        _rows(view, t),
    )
    if not member.in_tables or not view.transmissions:
        return simple
    columns = (t("Nuit"), t("Fichiers"), t("Mouvements"))
    table = Table(columns, tuple(_cells(one, t) for one in view.transmissions))
    then = Nights(page=view.page).pack()
    return in_tables(simple, (head, waiting, table), simple.rows, then, t)


def _line(one: Transmission, t: Texts) -> Html:
    count = t.plural("{n} mouvement", "{n} mouvements", one.movements)
    return t.html(
        "<b>n° {number}</b> · nuit du {night}\n{count} · {state}",
        number=one.number,
        night=t.day(one.night),
        count=count,
        state=_state(one, t),
    )


def _state(one: Transmission, t: Texts) -> str:
    if one.written_at is None or one.checksum is None:
        return t("fichiers en cours d'écriture")
    return t(
        "écrite le {at}, empreinte {checksum}…",
        at=t.instant(one.written_at),
        checksum=one.checksum[:CHECKSUM],
    )


def _cells(one: Transmission, t: Texts) -> tuple[str, ...]:
    night = t("n° {number}, {night}", number=one.number, night=t.short_day(one.night))
    return (escaped(night), escaped(_state(one, t)), str(one.movements))


def _rows(view: NightsView, t: Texts) -> tuple[Row, ...]:
    turn = turner(view.page, view.pages, lambda page: Nights(page=page).pack(), t)
    return (*turn, *_run(view, t), home_row(t))


def _run(view: NightsView, t: Texts) -> Iterator[Row]:
    if view.may_run and view.next_night is not None:
        yield (Button(t("Lancer la nuit maintenant"), AskNight().pack()),)


def ask(night: date, waiting: int, t: Texts) -> Screen:
    count = t.plural(
        "{n} mouvement de cette structure sera transmis.",
        "{n} mouvements de cette structure seront transmis.",
        waiting,
    )
    text = t(
        "<b>Lancer la nuit du {night} maintenant ?</b>\n\n{count} Les fichiers sont écrits pour "
        "toutes les structures, et les familles reçoivent leur compte rendu. Ce qui sera demandé "
        "ensuite partira la nuit suivante : une nuit ne se fait jamais deux fois.",
        night=t.day(night),
        count=count,
    )
    run = RunTheNight(night=night).pack()
    rows = (
        (Button(t("Lancer la nuit"), run, Style.PRIMARY),),
        (Button(t("Annuler"), Nights(page=1).pack()),),
    )
    return Screen(text, rows)


def done(t: Texts) -> str:
    return t("La nuit est faite. Les comptes rendus partent aux familles.")
