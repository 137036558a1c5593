"""Writes the families, and keeps what the scene needs of their children."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.sample.families import Household, Kid, Parent, School
from bot.sample.offer import Age, Key
from bot.sample.register import Town
from bot.sample.structures import WALLETS
from domain.activities.tariffs import Quotient
from domain.families.model import ChildId, Enrolment, FamilyId, GuardianId
from storage.town import TownWriter

EVERYBODY = (Key.CANTEEN, Key.HOLIDAYS)
BY_SCHOOL = {
    School.JULES_FERRY: (Key.APS_MORNING, Key.APS_EVENING),
    School.LES_TILLEULS: (Key.MORNING, Key.EVENING),
}
BY_AGE = {
    Age.SMALL: (Key.SMALL_WEDNESDAY,),
    Age.MIDDLE: (Key.SMALL_WEDNESDAY,),
    Age.BIG: (Key.WEDNESDAY, Key.WEDNESDAY_MORNING),
}


CLASSES = {
    (School.JULES_FERRY, Age.SMALL): "MS – Mme Colin",
    (School.JULES_FERRY, Age.MIDDLE): "CP A – Mme Martin",
    (School.JULES_FERRY, Age.BIG): "CE1 B",
    (School.LES_TILLEULS, Age.SMALL): "PS Tilleuls",
    (School.LES_TILLEULS, Age.MIDDLE): "GS Tilleuls",
    (School.LES_TILLEULS, Age.BIG): "CM1 Tilleuls",
}


@dataclass(frozen=True, slots=True)
class Resident:
    """A child with all that a request for it needs."""

    kid: Kid
    household: Household
    child_id: ChildId
    family_id: FamilyId
    guardian_id: GuardianId  # the parent who does the booking
    quotient: Decimal | None

    @property
    def group(self) -> str:
        return self.kid.age.value

    def is_enrolled(self, key: Key) -> bool:
        return key in enrolled_in(self.kid)


@dataclass(frozen=True, slots=True)
class Registered:
    residents: tuple[Resident, ...]
    families: Mapping[FamilyId, Household]  # also those whose child belongs to another household


def enrolled_in(kid: Kid) -> tuple[Key, ...]:
    return EVERYBODY + BY_SCHOOL[kid.school] + BY_AGE[kid.age] + kid.also


def register_families(
    writer: TownWriter, town: Town, households: Iterable[Household], hashes: Mapping[str, str]
) -> Registered:
    """``hashes`` by password; the empty one is for those who have none to give."""
    residents: list[Resident] = []
    families: dict[FamilyId, Household] = {}
    for household in households:
        added = _register_household(writer, town, household, hashes)
        families[added.family_id] = household
        known = {resident.kid: resident.child_id for resident in residents}
        for kid in household.shares:
            writer.kin(added.family_id, known[kid])
        residents += added.residents
    writer.enrolments(_enrolments(town, residents))
    return Registered(tuple(residents), families)


@dataclass(frozen=True, slots=True)
class _Added:
    family_id: FamilyId
    residents: tuple[Resident, ...]


def _register_household(
    writer: TownWriter, town: Town, household: Household, hashes: Mapping[str, str]
) -> _Added:
    family = writer.family(is_resident=household.is_resident)
    quotient = None if household.quotient is None else Decimal(household.quotient)
    if quotient is not None:
        writer.quotients(family, [Quotient(town.window.first, None, quotient)])
    for place, structure in town.structures.items():
        writer.wallet(family, structure, WALLETS[place], Decimal(0))  # see ``accounts``
    guardians = [
        _register_parent(writer, town, family, parent, hashes) for parent in household.parents
    ]
    residents = (
        Resident(
            kid=kid,
            household=household,
            child_id=_register_kid(writer, family, household, kid),
            family_id=family,
            guardian_id=guardians[0],
            quotient=quotient,
        )
        for kid in household.kids
    )
    return _Added(family, tuple(residents))


def _register_parent(
    writer: TownWriter, town: Town, family: FamilyId, parent: Parent, hashes: Mapping[str, str]
) -> GuardianId:
    login = parent.login
    return writer.guardian(
        family,
        town.structures.values(),
        identifier=login.identifier if login else f"FAMILLE{family}",
        password_hash=hashes[login.password if login else ""],
        first_name=parent.first_name,
        last_name=parent.last_name,
        civility=parent.civility,
        emails=parent.emails,
        locale=parent.locale,
    )


def _register_kid(writer: TownWriter, family: FamilyId, household: Household, kid: Kid) -> ChildId:
    last_name = kid.last_name or household.name
    known = CLASSES[kid.school, kid.age] if kid.school_class == "" else kid.school_class
    return writer.child(family, first_name=kid.first_name, last_name=last_name, school_class=known)


def _enrolments(town: Town, residents: Iterable[Resident]) -> list[Enrolment]:
    window = town.window
    return [
        Enrolment(r.child_id, town.activities[key], window.first, window.last, r.group)
        for r in residents
        for key in enrolled_in(r.kid)
    ]
