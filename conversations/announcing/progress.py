"""How far an announcement has come: under the agent's eyes, and in the list (S2)."""

from typing import Final

from conversations.announcing.routes import OpenDetail, SetPause
from conversations.screen import Button, Row, Screen, Style
from conversations.texts import Html, Texts, clipped
from domain.announcements.composed import OPEN, Composed, Fate, Followed, Progress, Status

BAR: Final = 10
TITLE: Final = 60  # characters
ONLY_NOW: Final = frozenset({Status.SENDING, Status.PAUSED})


def screen(followed: Followed, t: Texts) -> Screen:
    """The live one: its buttons leave it what it is."""
    detail = OpenDetail(announcement=followed.composed.id).pack()
    rows = (*pause(followed.composed, t, live=True), (Button(t("Détails"), detail),))
    return Screen("\n\n".join(parts(followed, t)), rows)


def pause(composed: Composed, t: Texts, *, live: bool) -> tuple[Row, ...]:
    if composed.status not in ONLY_NOW:
        return ()
    wanted = composed.status is Status.SENDING
    to = SetPause(announcement=composed.id, wanted=wanted, live=live).pack()
    if wanted:
        return ((Button(t("⏸ Suspendre l'envoi"), to),),)
    return ((Button(t("▶ Reprendre l'envoi"), to, Style.PRIMARY),),)


def parts(followed: Followed, t: Texts) -> list[str]:
    """Paragraphs of Telegram HTML."""
    composed, progress = followed.composed, followed.progress
    said: list[str] = [
        t.html(
            "<b>{title}</b>\n{state}",
            title=clipped(composed.title, TITLE),
            state=state(followed, t),
        )
    ]
    if composed.status in ONLY_NOW:
        said.append(_bar(progress))
    lines = counts(progress, t)
    if lines:
        said.append("\n".join(lines))
    return said


def state(followed: Followed, t: Texts) -> str:
    composed, progress = followed.composed, followed.progress
    done = progress.total - progress.count(*OPEN)
    match composed.status:
        case Status.SENDING:
            return t("⏳ Envoi en cours : {done} sur {total}", done=done, total=progress.total)
        case Status.PAUSED:
            return t("⏸ Envoi suspendu : {done} sur {total}", done=done, total=progress.total)
        case Status.WITHDRAWN if progress.outdated:
            return t("⏳ Retrait en cours, conversations à effacer : {n}", n=progress.outdated)
        case Status.WITHDRAWN:
            return t("✖ Retirée")
        case _ if progress.outdated:
            return t(
                "⏳ Correction en cours, conversations à mettre à jour : {n}", n=progress.outdated
            )
        case _ if not progress.fates:
            return t("✓ Sur l'accueil, sans envoi")
        case _:
            return t("✓ Envoi terminé")


def counts(progress: Progress, t: Texts) -> list[Html]:
    """Only what happened; each mark reads without colour."""
    told = (
        (t("✓ Remise : {n}"), progress.count(Fate.SENT)),
        (t("✖ Retirée des conversations : {n}"), progress.count(Fate.WITHDRAWN)),
        (t("… À envoyer : {n}"), progress.count(*OPEN)),
        (t("⊘ Ont bloqué la mairie : {n}"), progress.count(Fate.BLOCKED)),
        (t("✗ Refusée par Telegram : {n}"), progress.count(Fate.FAILED)),
        (t("? Incertain, pas renvoyé d'office : {n}"), progress.count(Fate.UNCERTAIN)),
        (t("○ Pas connectés : {n}"), progress.count(Fate.NO_CHAT)),
        (t("– N'en veulent pas par Telegram : {n}"), progress.count(Fate.MUTED)),
        (t("– Non envoyée, car retirée avant : {n}"), progress.count(Fate.CANCELLED)),
        (t("! N'a pas pu être corrigée ou retirée : {n}"), progress.stuck),
        (t("✉ Par mail : {n}"), progress.mails),
    )
    return [Html(words.format(n=n)) for words, n in told if n]


def _bar(progress: Progress) -> str:
    if not progress.total:
        return "█" * BAR
    done = (progress.total - progress.count(*OPEN)) * BAR // progress.total
    return "█" * done + "░" * (BAR - done)
