"""Where this account is connected; each can be ended (A9)."""

from collections.abc import Sequence
from typing import Final

from conversations.login.routes import LogOut
from conversations.profile.routes import EndDevice
from conversations.profile.views import leave
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts
from domain.sessions.model import Device

LISTED: Final = 20


def screen(devices: Sequence[Device], header: Html, t: Texts) -> Screen:
    """Numbered, last seen first: Telegram's names are not kept, so that dates must do."""
    shown = list(enumerate(devices[:LISTED], start=1))
    parts = [
        header,
        t("<b>Appareils connectés</b>"),
        *(_told(number, device, t) for number, device in shown),
        t("Vous ne reconnaissez pas une connexion ? Terminez-la et changez votre mot de passe."),
    ]
    rows = tuple(_row(number, device, t) for number, device in shown)
    return Screen("\n\n".join(parts), (*rows, leave(t)))


def _told(number: int, device: Device, t: Texts) -> Html:
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


def _row(number: int, device: Device, t: Texts) -> Row:
    if device.is_this:
        return (Button(t("{n}. Se déconnecter", n=number), LogOut().pack()),)
    label = t("{n}. Terminer cette connexion", n=number)
    return (Button(label, EndDevice(session=device.session_id).pack(), Style.DANGER),)


def ended(t: Texts) -> str:
    """The note above the list, plain."""
    return t("Cette connexion est terminée. Ses écrans récents ont été effacés.")
