"""Who of the sample town has read and signed, and who has not yet: a family in each situation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.sample.families import ALLARD, LENOIR, ROUSSEAU, Household
from bot.sample.legal import ASKED, RULES
from bot.sample.neighbours import GUIDE_FAMILIES
from bot.sample.structures import Place
from domain.activities.model import StructureId
from domain.documents.model import DocumentKind, LegalDocument, Signature
from domain.families.model import ChildId, FamilyId, GuardianId
from storage.documents import SqlDocuments
from storage.schema import child, child_family, guardian

READS_LATER = ROUSSEAU
"""Has logged in, and not read the documents yet."""
SIGNS_LATER = (ALLARD, "Maxence")
"""Has signed for one child, and not for the other."""
NEVER_CAME = LENOIR
"""Has the town's letter, and never opened the bot."""
PHONE = 700_000_000  # the Telegram user of what was agreed to before the demo begins
AGO = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class _Parent:
    id: GuardianId
    family_id: FamilyId
    name: str
    household: Household
    children: Mapping[ChildId, str]


def register_documents(
    connection: Connection, structures: Mapping[Place, StructureId], now: datetime
) -> None:
    documents, at = SqlDocuments(connection), now - AGO
    parents = _parents(connection)
    for place, structure in structures.items():
        asked = [
            documents.publish(structure, kind, title, body, at)
            for kind, (title, body) in ASKED.items()
        ]
        title, body = RULES[place]
        rules = documents.publish(structure, DocumentKind.HOUSE_RULES, title, body, at)
        for parent in parents:
            _settle(documents, parent, [*asked, rules], at + timedelta(days=1))


def _settle(
    documents: SqlDocuments, parent: _Parent, published: list[LegalDocument], at: datetime
) -> None:
    if parent.household in (READS_LATER, NEVER_CAME):
        return
    for document in published:
        documents.note_opened(parent.id, document.id, at)
        documents.note_given(parent.id, document, PHONE, at)
    rules = published[-1]
    for child_id, first_name in parent.children.items():
        if (parent.household, first_name) == SIGNS_LATER:
            continue
        signed = Signature(
            document=rules,
            child_id=child_id,
            name=parent.name,
            place="CarteVille",
            signed_at=at,
            telegram_user=PHONE,
            fingerprint=rules.fingerprint,
        )
        documents.sign(parent.family_id, parent.id, signed)


def _parents(connection: Connection) -> list[_Parent]:
    """Those whom the demo lets one play; the neighbours come by no phone."""
    logins = {
        parent.login.identifier: household
        for household in GUIDE_FAMILIES
        for parent in household.parents
        if parent.login is not None
    }
    kin = connection.execute(
        select(child_family.c.family_id, child.c.id, child.c.first_name).join(child)
    ).all()
    return [
        _Parent(
            id=GuardianId(row.id),
            family_id=FamilyId(row.family_id),
            name=f"{row.first_name} {row.last_name}",
            household=logins[row.identifier],
            children={
                ChildId(of.id): of.first_name for of in kin if of.family_id == row.family_id
            },
        )
        for row in connection.execute(select(guardian).order_by(guardian.c.id))
        if row.identifier in logins
    ]
