"""Families: who they are, where they are enrolled, what they hold."""

from collections.abc import Iterable

from domain.activities.model import StructureId
from domain.activities.tariffs import Quotient
from domain.families.model import ChildId, Display, Enrolment, FamilyId, GuardianId
from storage.columns import keyring_of
from storage.lookups import identifier_index
from storage.schema import (
    child,
    child_family,
    enrolment,
    family,
    family_quotient,
    guardian,
    guardian_structure,
)
from storage.town.rows import Rows


class People(Rows):
    def family(self, *, is_resident: bool = True) -> FamilyId:
        return FamilyId(self._add(family, is_resident=is_resident))

    def quotients(self, family: FamilyId, quotients: Iterable[Quotient]) -> None:
        rows = [
            {
                "family_id": family,
                "valid_from": q.valid_from,
                "valid_to": q.valid_to,
                "value": q.value,
            }
            for q in quotients
        ]
        self._add_all(family_quotient, rows)

    def guardian(
        self,
        family: FamilyId,
        structures: Iterable[StructureId],
        *,
        identifier: str,
        password_hash: str,
        first_name: str,
        last_name: str,
        civility: str = "",
        emails: Iterable[str] = (),
        locale: str = "fr",
        display: Display = Display.CLASSIC,
    ) -> GuardianId:
        """``password_hash`` is argon2id."""
        keyring = keyring_of(self._connection.dialect)
        added = self._add(
            guardian,
            family_id=family,
            civility=civility,
            first_name=first_name,
            last_name=last_name,
            emails=list(emails),
            identifier=identifier,
            identifier_index=identifier_index(keyring, identifier),
            password_hash=password_hash,
            locale=locale,
            display=display,
        )
        rows = [{"guardian_id": added, "structure_id": structure} for structure in structures]
        self._add_all(guardian_structure, rows)
        return GuardianId(added)

    def child(
        self,
        *families: FamilyId,
        first_name: str,
        last_name: str,
        school_class: str | None = None,
    ) -> ChildId:
        """Of two families where the parents live apart (A11)."""
        named = {"first_name": first_name, "last_name": last_name}
        added = self._add(child, **named, school_class=school_class)
        self._add_all(child_family, [{"family_id": f, "child_id": added} for f in families])
        return ChildId(added)

    def kin(self, family: FamilyId, child: ChildId) -> None:
        """One more family of a child that is there already (A11)."""
        self._add_all(child_family, [{"family_id": family, "child_id": child}])

    def enrolments(self, enrolments: Iterable[Enrolment]) -> None:
        rows = [
            {
                "child_id": e.child_id,
                "activity_id": e.activity_id,
                "valid_from": e.valid_from,
                "valid_to": e.valid_to,
                "age_group": e.group,
            }
            for e in enrolments
        ]
        self._add_all(enrolment, rows)
