"""The agents' home: who is connected, for which structure, and where they may go (S1)."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from conversations.home.views import LANGUAGE_NAMES
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.routes import (
    EndStaffDevice,
    ShowTown,
    StaffAccess,
    StaffHome,
    StaffLanguage,
    StaffLogOut,
    StaffTables,
)
from conversations.texts import Html, Texts, clipped, escaped
from conversations.words import mark
from domain.activities.model import Structure
from domain.staff.devices import StaffDevice
from domain.staff.model import Right, Role, StaffIdentity

NAME: Final = 60  # characters
DEVICES: Final = 20
ROLES: Final[Mapping[Role, str]] = {
    Role.READER: mark("lecture seule"),
    Role.AGENT: mark("agent"),
    Role.MANAGER: mark("responsable"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the town's side: ``label`` is a message, ``data`` the address of its first screen.

    ``count``: how much waits there in the structure shown; None where nothing is to be counted.
    """

    label: str
    data: str
    right: Right
    count: Callable[[StaffIdentity], Awaitable[int]] | None = None


Counted = tuple[Area, int]


def screen(
    member: StaffIdentity,
    town: Structure,
    others: Sequence[Structure],
    areas: Iterable[Counted],
    t: Texts,
) -> Screen:
    """``areas``: those that the role may use. ``others``: structures to switch to."""
    shown = list(areas)
    waiting = [t.html("• {area} : <b>{n}</b>", area=t(area.label), n=n) for area, n in shown if n]
    parts = [
        header(member, town, t),
        "\n".join([t("<b>À traiter</b>"), *waiting]) if waiting else t("Rien n'attend."),
        t("Que souhaitez-vous faire ?"),
    ]
    rows = (
        *((_to(area, n, t),) for area, n in shown),
        *((_switch(one, t),) for one in others),
        (Button(t("Mon accès"), StaffAccess().pack()),),
    )
    return Screen("\n\n".join(parts), rows)


def _to(area: Area, n: int, t: Texts) -> Button:
    label = t(area.label)
    return Button(f"{label} ({n})", area.data, Style.PRIMARY) if n else Button(label, area.data)


def _switch(structure: Structure, t: Texts) -> Button:
    label = t("Passer à : {structure}", structure=clipped(structure.name, NAME))
    return Button(label, ShowTown(structure=structure.id).pack())


def header(member: StaffIdentity, town: Structure, t: Texts) -> Html:
    """Who acts, for which structure, and how fresh the town's data is (A9)."""
    return t.html(
        "<b>{structure}</b> · agents\n{name}, {role} · données du {updated}",
        structure=clipped(town.name, NAME),
        name=clipped(member.name, NAME),
        role=t(ROLES[member.role]),
        updated=t.instant(town.updated_at),
    )


def home_row(t: Texts) -> Row:
    """The way back from everywhere on the town's side."""
    return (Button(t("Accueil des agents"), StaffHome().pack()),)


def refused(sentence: str, t: Texts) -> Screen:
    """``sentence`` is plain."""
    return Screen(escaped(sentence), (home_row(t),))


# -- one's own access ---------------------------------------------------------------------------
def access(
    member: StaffIdentity, town: Structure, devices: Sequence[StaffDevice], t: Texts
) -> Screen:
    shown = list(enumerate(devices[:DEVICES], start=1))
    parts = [
        header(member, town, t),
        t("<b>Appareils connectés</b>"),
        *(_told(number, device, t) for number, device in shown),
        t("Vous ne reconnaissez pas une connexion ? Terminez-la et prévenez votre responsable."),
    ]
    rows = (
        *((_end(number, device, t),) for number, device in shown if not device.is_this),
        (_display(member, t),),
        tuple(
            Button(name, StaffLanguage(language=language).pack())
            for language, name in LANGUAGE_NAMES.items()
            if language != t.locale
        ),
        (Button(t("Se déconnecter comme agent"), StaffLogOut().pack()),),
        home_row(t),
    )
    return Screen("\n\n".join(parts), rows)


def _told(number: int, device: StaffDevice, t: Texts) -> Html:
    opened, seen = t.instant(device.opened_at), t.instant(device.seen_at)
    if device.is_this:
        return t.html(
            "{number}. <b>Cet appareil</b>\nconnecté le {opened}", number=number, opened=opened
        )
    return t.html(
        "{number}. Autre compte Telegram\nconnecté le {opened}, vu le {seen}",
        number=number,
        opened=opened,
        seen=seen,
    )


def _end(number: int, device: StaffDevice, t: Texts) -> Button:
    label = t("{n}. Terminer cette connexion", n=number)
    return Button(label, EndStaffDevice(session=device.session_id).pack(), Style.DANGER)


def _display(member: StaffIdentity, t: Texts) -> Button:
    label = t("Afficher en texte simple") if member.in_tables else t("Afficher en tableaux")
    return Button(label, StaffTables(wanted=not member.in_tables).pack())


def logged_out(t: Texts) -> Screen:
    return Screen(
        t(
            "Vous n'êtes plus connecté(e) comme agent. Pour revenir, il faut une nouvelle "
            "invitation. Les écrans récents sont effacés de cette conversation ; effacez "
            "vous-même ceux de plus de deux jours qui nomment des familles."
        )
    )


def welcomed(name: str, t: Texts) -> str:
    """The note above the first home screen; plain."""
    return t("Bonjour {name}, vous êtes connecté(e) comme agent.", name=name)
