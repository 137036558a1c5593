from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData

from storage.columns import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    return Column("id", Id, primary_key=True)


def refers(name: str, table: str, **options: Any) -> Column[int]:
    """A column with a foreign key to that table's ``id``; NOT NULL unless said otherwise."""
    options.setdefault("nullable", False)
    return Column(name, Id, ForeignKey(f"{table}.id"), **options)
