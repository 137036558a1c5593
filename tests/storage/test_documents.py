"""Documents, consents and signatures, alike in memory and in both databases (A5, A6)."""

from datetime import timedelta

import pytest

from domain.accounts.model import Gate
from domain.documents.errors import DocumentNotOpened
from domain.documents.model import DocumentId, DocumentKind
from domain.documents.service import (
    GiveConsent,
    ListConsents,
    ListSheets,
    OpenDocument,
    PublishDocument,
    SignHouseRules,
)
from domain.errors import NotFound
from domain.families.model import ChildId
from tests.builders import TOWN, identity
from tests.storage.towns import NOW, town

PHONE = 700
LATER = NOW + timedelta(hours=1)


class Desk:
    """The use cases over one town; ``who`` is family 1 with two children, unless told."""

    def __init__(self, at) -> None:
        self.at, self.now = at, NOW
        clock = lambda: self.now  # noqa: E731
        self.list, self.sheets = ListConsents(at.documents), ListSheets(at.documents)
        self.open, self.give = OpenDocument(at.documents, clock), GiveConsent(at.documents, clock)
        self.publish_ = PublishDocument(at.documents, clock)
        self.sign_ = SignHouseRules(at.documents, clock)
        self.who = identity(1, 1, 4)

    async def publish(self, kind, body="Texte", structure=TOWN):
        return await self.publish_(structure, kind, title="Titre", body=body)

    async def agree(self, document):
        await self.open(self.who, document.id)
        await self.give(self.who, document.id, PHONE)

    async def sign(self, child=1, who=None, name="Anne DUPONT"):
        return await self.sign_(
            who or self.who, ChildId(child), name=name, place="CarteVille", telegram_user=PHONE
        )

    async def connected(self, guardian=1):
        await self.at.accounts.write(lambda tx: tx.open_session(guardian, TOWN, PHONE, NOW))
        return await self.at.accounts.read(lambda tx: tx.identity(PHONE))


@pytest.fixture
async def desk(world):
    data = town()
    data.child(1, 4)
    return Desk(await world(data))


async def test_what_is_asked_comes_in_order_and_is_ticked_once_opened(desk):
    terms = await desk.publish(DocumentKind.TERMS)
    privacy = await desk.publish(DocumentKind.PRIVACY)
    await desk.publish(DocumentKind.HOUSE_RULES)

    before = await desk.list(desk.who)
    await desk.agree(privacy)
    desk.now = LATER
    await desk.agree(privacy)

    assert [(s.document, s.opened_at, s.given_at) for s in before] == [
        (privacy, None, None),
        (terms, None, None),
    ]
    after = await desk.list(desk.who)
    assert [(s.opened_at, s.given_at) for s in after] == [(NOW, NOW), (None, None)]


async def test_nobody_agrees_to_what_was_not_opened(desk):
    privacy = await desk.publish(DocumentKind.PRIVACY)

    with pytest.raises(DocumentNotOpened):
        await desk.give(desk.who, privacy.id, PHONE)


async def test_a_new_version_is_asked_again_and_the_old_one_is_gone(desk):
    old = await desk.publish(DocumentKind.PRIVACY)
    await desk.agree(old)

    new = await desk.publish(DocumentKind.PRIVACY, "Nouveau texte")

    assert (old.version, new.version) == (1, 2)
    assert [(s.document, s.given_at) for s in await desk.list(desk.who)] == [(new, None)]
    with pytest.raises(NotFound):
        await desk.open(desk.who, old.id)


async def test_a_document_that_is_not_asked_is_not_there(desk):
    await desk.publish(DocumentKind.PRIVACY)

    with pytest.raises(NotFound):
        await desk.give(desk.who, DocumentId(999), PHONE)


async def test_the_identity_knows_what_holds_it(desk):
    held = await desk.connected()
    privacy = await desk.publish(DocumentKind.PRIVACY)
    rules = await desk.publish(DocumentKind.HOUSE_RULES)
    waiting = await desk.connected()
    await desk.agree(privacy)
    await desk.agree(rules)
    await desk.sign(4)

    free = await desk.connected()

    assert (held.gate, held.unsigned) == (None, frozenset())
    assert (waiting.gate, waiting.unsigned) == (Gate.CONSENT, {1, 4})
    assert (free.gate, free.unsigned) == (None, {1})


async def test_a_sheet_is_signed_once_with_its_evidence(desk):
    rules = await desk.publish(DocumentKind.HOUSE_RULES)
    await desk.agree(rules)
    first = await desk.sign(1)
    desk.now = LATER

    second = await desk.sign(1, name="Quelqu'un d'autre")

    signed = first.signature
    assert second == first
    assert (signed.name, signed.place, signed.signed_at) == ("Anne DUPONT", "CarteVille", NOW)
    assert (signed.telegram_user, signed.fingerprint) == (PHONE, rules.fingerprint)
    sheets = await desk.sheets(desk.who)
    assert [(s.child.id, s.signature is not None) for s in sheets] == [(1, True), (4, False)]


async def test_rules_that_were_not_ticked_cannot_be_signed(desk):
    rules = await desk.publish(DocumentKind.HOUSE_RULES)
    await desk.open(desk.who, rules.id)

    with pytest.raises(DocumentNotOpened):
        await desk.sign(1)


async def test_nobody_signs_for_another_familys_child(desk):
    rules = await desk.publish(DocumentKind.HOUSE_RULES)
    await desk.agree(rules)

    with pytest.raises(NotFound):
        await desk.sign(2)


async def test_without_house_rules_there_is_nothing_to_sign(desk):
    assert await desk.sheets(desk.who) == ()
    with pytest.raises(NotFound):
        await desk.sign(1)


async def test_each_family_of_a_child_signs_for_itself(world):
    data = town()
    data.child(2, 1)
    desk = Desk(await world(data))
    rules = await desk.publish(DocumentKind.HOUSE_RULES)
    await desk.agree(rules)
    await desk.sign(1)

    other = await desk.connected(guardian=2)

    assert other.unsigned == {1, 2}
    assert (await desk.sheets(other))[0].signature is None
