"""Documents and signed sheets as papers."""

from collections.abc import Mapping
from typing import Final

from conversations.printed import Printed
from conversations.texts import Texts
from conversations.words import mark
from domain.activities.model import Structure
from domain.documents.model import DocumentKind, LegalDocument, Sheet, Signature

FILES: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.PRIVACY: mark("donnees-personnelles"),
    DocumentKind.TERMS: mark("conditions"),
    DocumentKind.TELEGRAM: mark("telegram"),
    DocumentKind.HOUSE_RULES: mark("reglement"),
}


def document(told: LegalDocument, town: Structure, t: Texts) -> Printed:
    return Printed(
        template="document",
        title=told.title,
        locale=t.locale,
        facts={**_of(told, town, t), "fingerprint_label": t("Empreinte du document")},
        file_name=f"{t(FILES[told.kind])}-{told.version}.pdf",
    )


def signed_sheet(sheet: Sheet, signature: Signature, town: Structure, t: Texts) -> Printed:
    """What the town can show: who agreed to what, where, when, from which account (A6)."""
    at = signature.signed_at.astimezone(town.zone)
    child = sheet.child
    return Printed(
        template="signature",
        title=t(
            "{title} : fiche signée pour {child}",
            title=sheet.document.title,
            child=child.first_name,
        ),
        locale=t.locale,
        facts={
            **_of(sheet.document, town, t),
            "declaration": t(
                "Je soussigné(e) {name} déclare avoir pris connaissance de ce règlement et "
                "m'engage à le respecter.",
                name=signature.name,
            ),
            "evidence": [
                [t("Enfant"), f"{child.first_name} {child.last_name}"],
                [t("Signé par"), signature.name],
                [t("Fait à"), signature.place],
                [t("Date et heure"), f"{t.day(at.date())} {at.year}, {at:%H:%M:%S} ({at:%Z})"],
                [t("Identifiant Telegram"), str(signature.telegram_user)],
                [t("Empreinte du document"), signature.fingerprint],
            ],
        },
        file_name=t(
            "reglement-{version}-fiche-{child}.pdf", version=sheet.document.version, child=child.id
        ),
    )


def _of(told: LegalDocument, town: Structure, t: Texts) -> dict[str, object]:
    published = told.published_at.astimezone(town.zone)
    return {
        "structure": town.name,
        "heading": told.title,
        "version": t(
            "Version {version}, publiée le {day}",
            version=told.version,
            day=f"{t.day(published.date())} {published.year}",
        ),
        "body": told.body,
        "fingerprint": told.fingerprint,
    }
