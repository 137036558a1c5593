"""One's own account: what is chosen, and where to change it (H3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.documents.routes import Sheets
from conversations.first_connection.routes import ChangePassword
from conversations.home.routes import HOME, Languages
from conversations.privacy.views import own_rows
from conversations.profile.routes import (
    ChooseDisplay,
    Devices,
    Emails,
    Notices,
    Profile,
    QuietHours,
    Structures,
    SwitchTo,
    TidyScreens,
)
from conversations.screen import Button, Row, Screen
from conversations.texts import Html, Texts
from domain.activities.model import Structure, StructureId
from domain.choices.model import Choices
from domain.emails.rules import masked
from domain.families.model import Display
from domain.notices.quiet import Quiet

YES, NO = "✓", "✗"


@dataclass(frozen=True, slots=True)
class Account:
    choices: Choices
    addresses: tuple[str, ...]
    structures: int


def profile(account: Account, header: Html, t: Texts) -> Screen:
    choices = account.choices
    lines = [
        t("<b>Profil</b>"),
        t.html("Adresses de messagerie : {addresses}", addresses=_addresses(account, t)),
        t("Heures calmes : {hours}", hours=quiet(choices.quiet, t)),
        t("Affichage : {display}", display=_display(choices.display, t)),
    ]
    rows = (
        (Button(t("Changer de mot de passe"), ChangePassword().pack()),),
        (Button(t("Adresses de messagerie"), Emails().pack()),),
        (
            Button(t("Alertes"), Notices().pack()),
            Button(t("Heures calmes"), QuietHours().pack()),
        ),
        (
            Button(t("Langue"), Languages().pack()),
            Button(t("Appareils connectés"), Devices().pack()),
        ),
        (_show(choices.display, t),),
        (_tidy(t, wanted=choices.tidy_screens),),
        *_structures(account, t),
        (Button(t("Fiches signées"), Sheets().pack()),),
        *own_rows(t),
        (Button(t("Accueil"), HOME),),
    )
    return Screen("\n".join([header, "", *lines, "", _explained(t)]), rows)


def _addresses(account: Account, t: Texts) -> str:
    return ", ".join(map(masked, account.addresses)) or t("aucune")


def _explained(t: Texts) -> str:
    return t(
        "Avec « Effacer mes écrans avant 48 h », les écrans de cette conversation sont supprimés "
        "avant la limite de Telegram. L'affichage en tableaux change le récapitulatif, les "
        "résultats, le suivi, la feuille d'un jour, le solde et les historiques. Certaines "
        "applications ne savent pas le montrer : si un message vous paraît vide, envoyez /simple."
    )


def quiet(hours: Quiet | None, t: Texts) -> str:
    if hours is None:
        return t("aucune")
    return t("de {start} à {until}", start=t.clock(hours.start), until=t.clock(hours.until))


def _display(display: Display, t: Texts) -> str:
    return t("simple") if display is Display.CLASSIC else t("en tableaux")


def _show(now: Display, t: Texts) -> Button:
    """Says what it would lead to."""
    other = Display.RICH if now is Display.CLASSIC else Display.CLASSIC
    label = t("Préférer l'affichage {display}", display=_display(other, t))
    return Button(label, ChooseDisplay(display=other).pack())


def _tidy(t: Texts, *, wanted: bool) -> Button:
    mark = "☑" if wanted else "☐"
    label = t("{mark} Effacer mes écrans avant 48 h", mark=mark)
    return Button(label, TidyScreens(wanted=not wanted).pack())


def _structures(account: Account, t: Texts) -> tuple[Row, ...]:
    if account.structures < 2:
        return ()
    return ((Button(t("Changer de structure"), Structures().pack()),),)


def structures(of: Sequence[Structure], now: StructureId, t: Texts) -> Screen:
    """The one shown now is marked."""
    rows = tuple(
        (
            Button(
                f"{YES} {one.name}" if one.id == now else one.name,
                SwitchTo(structure=one.id).pack(),
            ),
        )
        for one in of
    )
    return Screen(t("Quelle structure souhaitez-vous voir ?"), (*rows, leave(t)))


def leave(t: Texts) -> Row:
    return (Button(t("‹ Profil"), Profile().pack()), Button(t("Accueil"), HOME))
