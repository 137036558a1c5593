"""The second display on the town's side: with its own way back to texts (decision 9)."""

from collections.abc import Iterable

from conversations.screen import Button, Rich, Row, Screen, Table
from conversations.staff.routes import StaffSimply
from conversations.texts import Texts


def in_tables(
    simple: Screen, blocks: Iterable[str | Table], rows: tuple[Row, ...], then: str, t: Texts
) -> Screen:
    """``simple``: the same in the first display. ``then``: the address of this screen."""
    back = Button(t("Affichage simple"), StaffSimply.data(then))
    note = t("Telegram n'a pas accepté les tableaux : voici le texte.")
    shown = Rich(tuple(block for block in blocks if block), (*rows, (back,)), t.is_rtl)
    return Screen(f"{note}\n\n{simple.text}", simple.rows, shown)
