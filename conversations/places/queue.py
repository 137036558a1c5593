"""A waitlist for the town: in order, and somebody moved with a reason (S5)."""

from collections.abc import Sequence
from typing import Final

from conversations.places.routes import AskMove, MoveTo, Queue
from conversations.places.views import title, to_day
from conversations.screen import Button, Row, Screen, Style, Table
from conversations.staff.tables import in_tables
from conversations.texts import Html, Texts, clipped, escaped
from conversations.widgets.paging import chosen, sliced, turner
from domain.places.model import QueueView, Waiter
from domain.places.rules import LONGEST, SHORTEST
from domain.staff.model import Right, StaffIdentity

PER_PAGE: Final = 15
NAME: Final = 30  # characters
STEPS: Final = (1, 2, 3, 5, 10)
"""How far up or down a button leads, beside the first and the last rank."""


def screen(view: QueueView, page: int, member: StaffIdentity, t: Texts) -> Screen:
    shown, page = chosen(sliced(view.waiters, PER_PAGE), page)
    head = title(view.activity, view.day, t)
    lines = "\n".join(_line(one, t) for one in shown) or t("Personne n'attend plus.")
    note = t("L'ordre est celui des demandes, sauf pour ceux que la mairie a déplacés (↕).")
    rows = _rows(view, shown, page, member, t)
    simple = Screen("\n\n".join((head, lines, note)), rows)
    if not member.in_tables or not shown:
        return simple
    columns = (t("Enfant"), t("Remarque"), t("Rang"))
    table = Table(columns, tuple(_cells(one, t) for one in shown))
    then = Queue(activity=view.activity.id, day=view.day, page=page).pack()
    return in_tables(simple, (head, table, note), rows, then, t)


def _rows(
    view: QueueView, shown: Sequence[Waiter], page: int, member: StaffIdentity, t: Texts
) -> tuple[Row, ...]:
    where = {"activity": view.activity.id, "day": view.day}
    moves: tuple[Row, ...] = ()
    if member.may(Right.REORDER_WAITLIST) and len(view.waiters) > 1:
        moves = tuple(
            (Button(_to_move(one, t), AskMove(**where, booking=one.booking.id).pack()),)
            for one in shown
        )
    pages = -(-len(view.waiters) // PER_PAGE)
    turn = turner(page, pages, lambda n: Queue(**where, page=n).pack(), t)
    return (*moves, *turn, to_day(view.activity, view.day, t))


def _to_move(one: Waiter, t: Texts) -> str:
    return t("Déplacer {rank}. {child}", rank=one.rank, child=_name(one))


def _name(one: Waiter) -> str:
    return clipped(f"{one.child.first_name} {one.child.last_name}", NAME)


def _line(one: Waiter, t: Texts) -> Html:
    remark = _remark(one, t)
    if remark:
        return t.html("{rank}. {child} ({remark})", rank=one.rank, child=_name(one), remark=remark)
    return t.html("{rank}. {child}", rank=one.rank, child=_name(one))


def _cells(one: Waiter, t: Texts) -> tuple[str, ...]:
    return (escaped(_name(one)), _remark(one, t), str(one.rank))


def _remark(one: Waiter, t: Texts) -> str:
    said = []
    if one.is_moved:
        said.append("↕")
    if one.booking.together is not None:
        said.append(t("avec un frère ou une sœur"))
    if one.in_debt:
        said.append(t("compte débiteur"))
    return ", ".join(said)


# -- moving ------------------------------------------------------------------------------------
def ask_rank(view: QueueView, who: Waiter, t: Texts) -> Screen:
    text = t.html(
        "{title}\n\n<b>{child}</b> est au rang {rank} sur {length}. Quel rang lui donner ? Chaque "
        "famille verra son nouveau rang, et le journal gardera votre motif.",
        title=title(view.activity, view.day, t),
        child=_name(who),
        rank=who.rank,
        length=len(view.waiters),
    )
    where = {"activity": view.activity.id, "day": view.day, "booking": who.booking.id}
    buttons = [
        Button(t("Rang {rank}", rank=rank), MoveTo(**where, rank=rank).pack())
        for rank in _ranks(who.rank, len(view.waiters))
    ]
    rows = tuple(tuple(some) for some in sliced(buttons, 4) if some)
    back = Queue(activity=view.activity.id, day=view.day, page=1).pack()
    return Screen(text, (*rows, (Button(t("Annuler"), back),)))


def _ranks(now: int, length: int) -> list[int]:
    near = {now + way * step for step in STEPS for way in (-1, 1)} | {1, length}
    return sorted(rank for rank in near - {now} if 1 <= rank <= length)


def ask_reason(view: QueueView, who: Waiter, rank: int, t: Texts) -> Screen:
    text = t.html(
        "{title}\n\n<b>{child}</b> : rang {before} → <b>rang {after}</b>\n\nEnvoyez le motif, de "
        "{shortest} à {longest} caractères, sans nom ni information de santé. Le déplacement se "
        "fait à sa réception.",
        title=title(view.activity, view.day, t),
        child=_name(who),
        before=who.rank,
        after=rank,
        shortest=SHORTEST,
        longest=LONGEST,
    )
    back = Queue(activity=view.activity.id, day=view.day, page=1).pack()
    return Screen(text, ((Button(t("Annuler"), back, Style.DANGER),),))


def moved(t: Texts) -> str:
    return t("C'est fait. Les familles voient leur nouveau rang ; le motif est au journal.")
