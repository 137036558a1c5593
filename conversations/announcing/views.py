"""Composing, checking, confirming and following an announcement (S2)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from conversations.announcing import progress, resending
from conversations.announcing.routes import (
    Announcing,
    AskAudience,
    AskTime,
    AskWithdraw,
    Compose,
    ConfirmAnnouncement,
    DropAttached,
    DropWords,
    FollowLive,
    OpenAnnouncement,
    Preview,
    Rewrite,
    SendWords,
    ShowMissed,
    WithdrawAnnouncement,
)
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Html, Texts, clipped, escaped
from domain.activities.catalogue import Catalogue
from domain.announcements import rules
from domain.announcements.composed import (
    MISSED,
    TOLD,
    UNSENT,
    Audience,
    Composed,
    Fate,
    Followed,
    Missed,
    Planned,
    Reach,
    Reached,
    Status,
)

LABEL: Final = 40  # characters
NAME: Final = 60
PER_PAGE: Final = 20
MARKS: Final = {
    Status.DRAFT: "✎",
    Status.SCHEDULED: "◷",
    Status.SENDING: "⏳",
    Status.PAUSED: "⏸",
    Status.SENT: "✓",
    Status.WITHDRAWN: "✖",
}


def listed(found: Sequence[Composed], t: Texts, *, may_announce: bool) -> Screen:
    parts = [t("<b>Annonces</b>")]
    if not found:
        parts.append(t("Aucune annonce pour le moment."))
    else:
        parts.append(
            t("✎ brouillon · ◷ programmée · ⏳ en cours d'envoi · ⏸ suspendue · ✓ envoyée")
        )
    rows = [(_to(one, t),) for one in found]
    begin = Button(t("Nouvelle annonce"), Compose().pack(), Style.PRIMARY)
    new = ((begin,),) if may_announce else ()
    return Screen("\n\n".join(parts), (*new, *rows, home_row(t)))


def _to(one: Composed, t: Texts) -> Button:
    title = one.title or t("(sans titre)")
    label = f"{MARKS[one.status]} {clipped(title, LABEL)}"
    return Button(label, OpenAnnouncement(announcement=one.id).pack())


# -- composing ----------------------------------------------------------------------------------
def ask_words(composed: Composed, t: Texts) -> Screen:
    parts = [
        t("<b>Votre annonce</b>"),
        t(
            "Écrivez-la en un seul message : la première ligne est le titre, la suite le texte. "
            "{title} caractères au plus pour le titre, {text} en tout.",
            title=rules.TITLE,
            text=rules.MESSAGE,
        ),
    ]
    if composed.status in UNSENT:
        parts.append(
            t(
                "Vous pouvez aussi envoyer une image ou un document ({most} Mo au plus), avec "
                "l'annonce en légende : {caption} caractères au plus.",
                most=rules.BIGGEST_FILE // rules.MEGABYTE,
                caption=rules.CAPTION,
            )
        )
    else:
        parts.append(
            t("Ce nouveau texte remplacera celui qui a été envoyé, après votre confirmation.")
        )
    back = OpenAnnouncement(announcement=composed.id).pack()
    return Screen("\n\n".join(parts), ((Button(t("Retour"), back),), home_row(t)))


def draft(planned: Planned, catalogue: Catalogue, t: Texts) -> Screen:
    composed, reached = planned.composed, planned.reached
    parts = [
        t.html("<b>{title}</b>", title=composed.title or t("(sans titre)")),
        *([escaped(clipped(composed.text, 900))] if composed.text else []),
        "\n".join(_facts(composed, reached, catalogue, t)),
    ]
    if composed.status is Status.SCHEDULED:
        note = t("◷ Programmée. Toute modification demandera une nouvelle confirmation.")
        parts.append(note)
    return Screen("\n\n".join(parts), _draft_rows(composed, t))


def _facts(composed: Composed, reached: Reached, catalogue: Catalogue, t: Texts) -> list[Html]:
    has_file = composed.file is not None
    left = rules.room(composed.title, has_file=has_file) - rules.length(composed.text)
    file = composed.file.name if composed.file else t("aucune")
    return [
        t.html("Pièce jointe : {file}", file=clipped(file, NAME)),
        t.html("Caractères restants : {left}", left=left),
        t.html("Pour : <b>{audience}</b>", audience=audience(composed, catalogue, t)),
        t.html("{families} · {chats}", families=_families(reached, t), chats=_chats(reached, t)),
        t.html("Envoi : {when}", when=when(composed, t)),
        t.html("Sur l'accueil des familles : {window}", window=window(composed, t)),
    ]


def _draft_rows(composed: Composed, t: Texts) -> tuple[Row, ...]:
    id_ = composed.id
    rows: list[Row] = []
    if composed.title:
        rows.append(
            (Button(t("Aperçu et envoi"), Preview(announcement=id_).pack(), Style.PRIMARY),)
        )
    rows.append((Button(t("Texte ou pièce jointe"), Rewrite(announcement=id_).pack()),))
    if composed.file:
        drop = DropAttached(announcement=id_).pack()
        rows.append((Button(t("Retirer la pièce jointe"), drop),))
    rows.append(
        (
            Button(t("Pour qui"), AskAudience(announcement=id_).pack()),
            Button(t("Quand"), AskTime(announcement=id_).pack()),
        )
    )
    rows.append((Button(t("Supprimer"), AskWithdraw(announcement=id_).pack(), Style.DANGER),))
    return (*rows, *_back(t))


def audience(composed: Composed, catalogue: Catalogue, t: Texts) -> str:
    """Whom it is for; plain."""
    meant = composed.audience
    match meant.reach:
        case Reach.EVERYONE:
            return t("toutes les familles, de toutes les structures")
        case Reach.STRUCTURE:
            structure = catalogue.structures[composed.structure_id].name
            return t("toutes les familles ({structure})", structure=clipped(structure, NAME))
        case Reach.ACTIVITY:
            return t("familles des inscrits : {activity}", activity=_activity(meant, catalogue))
        case Reach.GROUP:
            return t(
                "familles des enfants du groupe {group}", group=clipped(meant.group or "", NAME)
            )
        case Reach.CLASS:
            named = clipped(meant.school_class or "", NAME)
            return t("familles des enfants de la classe {school_class}", school_class=named)
        case Reach.BOOKED:
            said = t("familles attendues le {day}", day=t.day(meant.day or date.min))
            return f"{said}, {_activity(meant, catalogue)}" if meant.activity_id else said


def _activity(meant: Audience, catalogue: Catalogue) -> str:
    known = None if meant.activity_id is None else catalogue.activities.get(meant.activity_id)
    return clipped(known.name, NAME) if known else "?"


def when(composed: Composed, t: Texts) -> str:
    at = composed.scheduled_at
    return t("dès votre confirmation") if at is None else t("le {instant}", instant=t.instant(at))


def window(composed: Composed, t: Texts) -> str:
    if composed.shown_days is None:
        return t("jusqu'à son retrait")
    return t.plural("pendant {n} jour", "pendant {n} jours", composed.shown_days)


def _families(reached: Reached, t: Texts) -> str:
    return t.plural("{n} famille", "{n} familles", reached.families)


def _chats(reached: Reached, t: Texts) -> str:
    return t.plural("{n} conversation", "{n} conversations", reached.chats)


# -- confirming ---------------------------------------------------------------------------------
def confirm(planned: Planned, catalogue: Catalogue, t: Texts) -> Screen:
    """Under the preview: what will happen, in numbers."""
    composed, reached = planned.composed, planned.reached
    guardians = t.plural("{n} responsable", "{n} responsables", reached.guardians)
    parts = [
        t("Voilà ce que les familles verront, ci-dessus."),
        "\n".join(
            (
                t.html("Pour : <b>{audience}</b>", audience=audience(composed, catalogue, t)),
                t.html(
                    "{families}, {guardians}", families=_families(reached, t), guardians=guardians
                ),
                t.html(
                    "{chats} sur Telegram, {mails} par mail",
                    chats=reached.chats,
                    mails=reached.by_mail,
                ),
                t.html("Envoi : {when}", when=when(composed, t)),
            )
        ),
    ]
    if composed.scheduled_at is None:
        label = t("Envoyer à {n}", n=_families(reached, t))
    else:
        label = t("Programmer pour {n}", n=_families(reached, t))
    go = ConfirmAnnouncement(announcement=composed.id, version=composed.version).pack()
    rows = [(Button(label, go, Style.SUCCESS),)] if reached.guardians else []
    if not reached.guardians:
        parts.append(t("Personne ne correspond : choisissez un autre public."))
    back = Button(t("Modifier"), OpenAnnouncement(announcement=composed.id).pack())
    return Screen("\n\n".join(parts), (*rows, (back,), home_row(t)))


def confirm_words(composed: Composed, t: Texts) -> Screen:
    parts = [
        t("Voilà le nouveau texte, ci-dessus."),
        t("Il remplacera l'ancien dans chaque conversation où il est arrivé, et sur l'accueil."),
    ]
    go = SendWords(announcement=composed.id, version=composed.version).pack()
    drop = DropWords(announcement=composed.id).pack()
    rows = (
        (Button(t("Remplacer partout"), go, Style.SUCCESS),),
        (Button(t("Garder l'ancien"), drop),),
        home_row(t),
    )
    return Screen("\n\n".join(parts), rows)


def started(composed: Composed, t: Texts) -> Screen:
    if composed.status is Status.SCHEDULED:
        said = t.html(
            "◷ « {title} » partira {when}.", title=composed.title, when=when(composed, t)
        )
    else:
        said = t.html(
            "✓ « {title} » part maintenant. Son avancement s'affiche ci-dessous.",
            title=composed.title,
        )
    return Screen(said, _back(t))


# -- following ----------------------------------------------------------------------------------
def followed(
    one: Followed, catalogue: Catalogue, t: Texts, *, may_announce: bool, may_name: bool
) -> Screen:
    composed = one.composed
    parts = progress.parts(one, t)
    parts.insert(1, t.html("Pour : {audience}", audience=audience(composed, catalogue, t)))
    if composed.status in TOLD:
        until = composed.ends_at
        ends = (
            t("jusqu'à son retrait")
            if until is None
            else t("jusqu'au {instant}", instant=t.instant(until))
        )
        parts.append(t.html("Sur l'accueil des familles {ends}.", ends=ends))
    rows: list[Row] = []
    if may_announce:
        rows += progress.pause(composed, t, live=False)
        if composed.status in TOLD:
            id_ = composed.id
            rows += resending.offered(one, t)
            if one.progress.fates:  # else it stands on home screens, and nothing leaves
                rows.append((Button(t("Suivre en direct"), FollowLive(announcement=id_).pack()),))
            rows.append(
                (
                    Button(t("Corriger le texte"), Rewrite(announcement=id_).pack()),
                    Button(t("Retirer"), AskWithdraw(announcement=id_).pack(), Style.DANGER),
                )
            )
    if composed.status in progress.ONLY_NOW or one.progress.outdated:
        to = OpenAnnouncement(announcement=composed.id).pack()
        rows.append((Button(t("Actualiser"), to),))
    if may_name and (n := one.progress.count(*MISSED)):
        label = t("Qui n'a pas été joint ({n})", n=n)
        rows.append((Button(label, ShowMissed(announcement=composed.id, page=1).pack()),))
    return Screen("\n\n".join(parts), (*rows, *_back(t)))


def ask_withdraw(composed: Composed, t: Texts) -> Screen:
    said = (
        t.html("Supprimer le brouillon « {title} » ?", title=composed.title or t("(sans titre)"))
        if composed.status in UNSENT
        else t.html(
            "Retirer « {title} » ? Elle disparaîtra de l'accueil et des conversations : les "
            "messages de moins de 48 heures sont effacés, les autres, pièce jointe comprise, sont "
            "remplacés par « annonce retirée ».",
            title=composed.title,
        )
    )
    do = WithdrawAnnouncement(announcement=composed.id).pack()
    back = OpenAnnouncement(announcement=composed.id).pack()
    rows = ((Button(t("Oui, retirer"), do, Style.DANGER),), (Button(t("Retour"), back),))
    return Screen(said, (*rows, home_row(t)))


def missed(composed: Composed, found: Sequence[Missed], total: int, page: int, t: Texts) -> Screen:
    head = t.html(
        "<b>{title}</b>\nResponsables que Telegram n'a pas permis de joindre : {n}",
        title=clipped(composed.title, NAME),
        n=total,
    )
    lines = [
        t.html(
            "• {name} : {why}. {mail}",
            name=clipped(one.name, NAME),
            why=why(one.fate, t),
            mail=mailed(one, t),
        )
        for one in found
    ]
    to = []
    if page > 1:
        to.append(Button("‹", ShowMissed(announcement=composed.id, page=page - 1).pack()))
    if page * PER_PAGE < total:
        to.append(Button("›", ShowMissed(announcement=composed.id, page=page + 1).pack()))
    back = Button(t("Retour"), OpenAnnouncement(announcement=composed.id).pack())
    rows = [tuple(to)] if to else []
    return Screen(
        "\n\n".join([head, "\n".join(lines)] if lines else [head]), (*rows, (back,), home_row(t))
    )


def why(fate: Fate, t: Texts) -> str:
    match fate:
        case Fate.BLOCKED:
            return t("a bloqué la mairie")
        case Fate.FAILED:
            return t("refusée par Telegram")
        case Fate.UNCERTAIN:
            return t("incertain")
        case _:
            return t("pas connecté")


def mailed(one: Missed, t: Texts) -> str:
    """What became of the mail that goes instead."""
    if one.mail is None:
        return t("Pas de mail")
    if not one.emails:
        return t("Pas d'adresse mail")
    return {
        "sent": t("Mail envoyé"),
        "pending": t("Mail à envoyer"),
        "sending": t("Mail à envoyer"),
        "uncertain": t("Mail incertain"),
    }.get(one.mail, t("Mail refusé"))


def days_ahead(today: date, count: int) -> tuple[date, ...]:
    return tuple(today + timedelta(days=n) for n in range(count))


def _back(t: Texts) -> tuple[Row, ...]:
    return ((Button(t("‹ Annonces"), Announcing().pack()),), home_row(t))
