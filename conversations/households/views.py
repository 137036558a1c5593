"""Families for the town: found, looked at, invited anew (S6)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from conversations.households.routes import (
    AskLetter,
    Families,
    Family,
    MakeLetter,
    UnlockAccess,
    Unreachable,
)
from conversations.screen import Button, Row, Screen, Style
from conversations.staff.home import home_row
from conversations.texts import Html, Texts, clipped, escaped
from domain.accounts.access import Account
from domain.families.model import Child
from domain.families.sheets import FamilyNames, FamilySheet, Found, GuardianSheet, Reach
from domain.staff.model import Right, StaffIdentity

NAME: Final = 40  # characters
LABEL: Final = 50
NAMED: Final = 4  # people of a family, in a button


def ask(above: Html, t: Texts) -> Screen:
    text = t(
        "<b>Familles</b>\nEnvoyez un identifiant, ou le début de noms et de prénoms (parent ou "
        "enfant). Chaque recherche et chaque fiche ouverte est notée au journal."
    )
    rows = ((Button(t("Familles injoignables"), Unreachable().pack()),), home_row(t))
    return Screen(f"{above}\n\n{text}", rows)


def found(of: Found, t: Texts) -> Screen:
    if not of.families:
        text = t("Aucune famille trouvée. Envoyez d'autres mots.")
    else:
        text = t.plural("{n} famille trouvée.", "{n} familles trouvées.", len(of.families))
    if of.is_more:
        text += " " + t("Il y en a d'autres : précisez.")
    rows = tuple(_to_family(one, t) for one in of.families)
    return Screen(text, (*rows, *_back(t)))


def unreachable(families: Sequence[Reach], t: Texts) -> Screen:
    text = t(
        "<b>Familles injoignables</b>\nPersonne n'y est connecté, ou le bot y est bloqué, et "
        "aucune adresse mail n'est connue. Une nouvelle lettre peut aider."
    )
    if not families:
        text = t("<b>Familles injoignables</b>\nToutes les familles peuvent être jointes.")
    rows = tuple(_to_family(one.names, t, blocked=one.blocked) for one in families)
    return Screen(text, (*rows, *_back(t)))


def _to_family(of: FamilyNames, t: Texts, *, blocked: int = 0) -> Row:
    people = (*of.guardians, *of.children)
    label = clipped(", ".join(people[:NAMED]), LABEL) or t("Famille {number}", number=of.family_id)
    if blocked:
        label = t("{family} (bloqué)", family=label)
    return (Button(label, Family(family=of.family_id).pack()),)


def _back(t: Texts) -> tuple[Row, ...]:
    return ((Button(t("‹ Familles"), Families().pack()),), home_row(t))


# -- a family --------------------------------------------------------------------------------
def sheet(of: FamilySheet, member: StaffIdentity, t: Texts) -> Screen:
    guardians = of.guardians[:6]
    parts = [
        t.html("<b>Famille {number}</b>", number=of.family_id),
        *([] if of.is_reachable else [t("<b>Personne ne peut être joint.</b>")]),
        *("\n".join(_guardian(one, t)) for one in guardians),
        _children(of, t),
        _wallets(of, t),
    ]
    acts = _acts(guardians, t) if member.may(Right.INVITE_FAMILIES) else ()
    return Screen("\n\n".join(part for part in parts if part), (*acts, *_back(t)))


def _guardian(of: GuardianSheet, t: Texts) -> Iterator[Html]:
    yield t.html("<b>{name}</b>", name=clipped(of.name, NAME))
    yield t.html("Identifiant : {identifier}", identifier=clipped(of.identifier, NAME))
    if of.devices and of.seen_at is not None:
        yield t.html("Connecté(e) sur Telegram, vu(e) le {seen}", seen=t.instant(of.seen_at))
    elif of.blocked:
        yield escaped(t("A bloqué le bot sur Telegram"))
    else:
        yield escaped(t("Pas connecté(e) sur Telegram"))
    if of.emails:
        mails = ", ".join(clipped(one, NAME) for one in of.emails[:5])
        yield t.html("Mail : {mails}", mails=mails)
    else:
        yield escaped(t("Aucune adresse mail"))
    if of.has_temporary_password:
        yield escaped(t("N'a pas encore choisi son mot de passe"))
    if of.is_locked:
        yield escaped(t("Identifiant verrouillé : trop de mots de passe faux"))


def _children(of: FamilySheet, t: Texts) -> Html:
    names = ", ".join(map(_child, of.children[:12]))
    return t.html("Enfants : {names}", names=names) if names else escaped(t("Aucun enfant"))


def _child(of: Child) -> str:
    named = clipped(f"{of.first_name} {of.last_name}", NAME)
    return f"{named} ({of.school_class})" if of.school_class else named


def _wallets(of: FamilySheet, t: Texts) -> Html:
    lines = [
        t.html(
            "{wallet} : {balance}", wallet=clipped(one.name, NAME), balance=t.money(one.balance)
        )
        for one in of.wallets[:8]
    ]
    return Html("\n".join(lines))


def _acts(guardians: Sequence[GuardianSheet], t: Texts) -> tuple[Row, ...]:
    rows: list[Row] = []
    for one in guardians:
        name = clipped(one.name, 30)
        if one.is_locked:
            label = t("Déverrouiller {name}", name=name)
            rows.append((Button(label, UnlockAccess(guardian=one.id).pack()),))
        label = t("Nouvelle lettre pour {name}", name=name)
        rows.append((Button(label, AskLetter(guardian=one.id).pack()),))
    return tuple(rows)


def unlocked(t: Texts) -> str:
    return t("C'est fait : de nouveaux appareils peuvent se connecter.")


# -- a letter --------------------------------------------------------------------------------
def ask_letter(of: Account, now: datetime, t: Texts) -> Screen:
    guardian = of.guardian
    name = f"{guardian.civility} {guardian.first_name} {guardian.last_name}".strip()
    text = t.html(
        "<b>{name}</b>\n\nUne nouvelle lettre porte un code et un mot de passe provisoire, "
        "valables 30 jours. Dès qu'elle est faite, l'ancien mot de passe et les appareils "
        "connectés de cette personne n'entrent plus.\n\nLa lettre arrivera ici en PDF : "
        "imprimez-la, puis effacez le message.",
        name=clipped(name, NAME),
    )
    make = MakeLetter(guardian=guardian.id, since=int(now.timestamp())).pack()
    return Screen(
        text,
        (
            (Button(t("Faire la lettre"), make, Style.DANGER),),
            (Button(t("Annuler"), Family(family=guardian.family_id).pack()),),
        ),
    )


def caption(t: Texts) -> str:
    return t("Cette lettre porte un mot de passe : imprimez-la, puis effacez ce message.")


def made(family: int, t: Texts) -> Screen:
    back = Button(t("‹ La famille"), Family(family=family).pack())
    return Screen(t("La lettre est faite, ci-dessus."), ((back,), home_row(t)))
