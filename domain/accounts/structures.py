"""The structures of a guardian, and going from one to another (A9)."""

from dataclasses import dataclass

from domain.accounts.model import Identity
from domain.accounts.ports import Accounts
from domain.activities.model import Structure, StructureId
from domain.activities.ports import Catalogues
from domain.errors import NotFound
from domain.work import Transaction


@dataclass(frozen=True, slots=True)
class ListStructures:
    accounts: Transaction[Accounts]
    catalogues: Catalogues

    async def __call__(self, who: Identity) -> tuple[Structure, ...]:
        catalogue = await self.catalogues(who.catalogue_version)
        theirs = await self.accounts.read(lambda tx: tx.structures(who.guardian.id))
        return tuple(catalogue.structures[one] for one in theirs)


@dataclass(frozen=True, slots=True)
class SwitchStructure:
    """For this device alone. Raises NotFound for a structure that is not theirs."""

    accounts: Transaction[Accounts]

    async def __call__(self, who: Identity, structure: StructureId) -> None:
        def work(tx: Accounts) -> None:
            if structure not in tx.structures(who.guardian.id):
                raise NotFound
            tx.switch_structure(who.session_id, structure)

        await self.accounts.write(work)
