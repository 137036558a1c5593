"""Sending an announcement again to those where it is uncertain whether it arrived (S2, N7)."""

from conversations.announcing.routes import AskAgain, OpenAnnouncement, SendItAgain
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Texts
from domain.announcements.composed import Fate, Followed


def offered(one: Followed, t: Texts) -> tuple[Row, ...]:
    """Only where there is something to send again."""
    if not one.may_go_again:
        return ()
    label = t("Renvoyer aux incertains ({n})", n=_doubtful(one))
    return ((Button(label, AskAgain(announcement=one.composed.id).pack()),),)


def ask(one: Followed, t: Texts) -> Screen:
    """``one.may_go_again``."""
    id_, n = one.composed.id, _doubtful(one)
    parts = [
        t.html("<b>Renvoyer « {title} » ?</b>", title=one.composed.title),
        t.plural(
            "Dans {n} conversation, Telegram n'a pas répondu ou l'envoi a été interrompu : "
            "l'annonce y est peut-être arrivée, peut-être pas.",
            "Dans {n} conversations, Telegram n'a pas répondu ou l'envoi a été interrompu : "
            "l'annonce y est peut-être arrivée, peut-être pas.",
            n,
        ),
        t(
            "Certaines familles peuvent donc la recevoir <b>deux fois</b>. Les autres, déjà "
            "atteintes, ne reçoivent rien de plus."
        ),
    ]
    go = SendItAgain(announcement=id_, doubts=one.progress.doubts).pack()
    label = t.plural("Renvoyer à {n} conversation", "Renvoyer à {n} conversations", n)
    back = Button(t("Retour"), OpenAnnouncement(announcement=id_).pack())
    rows = ((Button(label, go, Style.DANGER),), (back,), home_row(t))
    return Screen("\n\n".join(parts), rows)


def _doubtful(one: Followed) -> int:
    return one.progress.count(Fate.UNCERTAIN)
