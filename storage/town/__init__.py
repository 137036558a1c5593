"""Fills a town: for the sample one, for imports and for tests. Inside one writing unit of work."""

from storage.schema import town
from storage.town.activities import Activities
from storage.town.ledger import Ledger
from storage.town.organisation import Organisation
from storage.town.people import People
from storage.upserts import insert_into


class TownWriter(Organisation, Activities, People, Ledger):
    """Adds; ``publish`` comes last, so that running bots read the town again."""

    def publish(self) -> int:
        """The catalogue's new version."""
        raised = {"catalogue_version": town.c.catalogue_version + 1}
        query = insert_into(self._connection, town).values(id=1, catalogue_version=1)
        query = query.on_conflict_do_update(town.primary_key, set_=raised)
        row = self._connection.execute(query.returning(town.c.catalogue_version))
        return int(row.scalar_one())
