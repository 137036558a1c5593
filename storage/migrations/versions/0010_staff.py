"""Who works for the town, and which of its agents did what (S1)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _create_members()
    _create_entrances()
    _name_agents_in_the_log()


def _choice(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def _create_members() -> None:
    op.create_table(
        "staff_member",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("role", _choice("role", "reader", "agent", "manager"), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("display", _choice("display", "classic", "rich"), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_table(
        "staff_structure",
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        _refers("staff_structure", "staff_id", "staff_member"),
        _refers("staff_structure", "structure_id", "structure"),
        sa.PrimaryKeyConstraint("staff_id", "structure_id", name=op.f("pk_staff_structure")),
    )


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _create_entrances() -> None:
    op.create_table(
        "staff_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("user_id", sa.LargeBinary(), nullable=False),
        sa.Column("user_index", sa.LargeBinary(32), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        _refers("staff_session", "staff_id", "staff_member"),
        _refers("staff_session", "structure_id", "structure"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"])
    op.create_index(
        "uq_staff_session_live",
        "staff_session",
        ["user_index"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.create_table(
        "staff_token",
        sa.Column("id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("expires_at > issued_at", name=op.f("ck_staff_token_window")),
        _refers("staff_token", "staff_id", "staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_staff_token_token_hash")),
    )
    op.create_index(op.f("ix_staff_token_staff_id"), "staff_token", ["staff_id"])


def _name_agents_in_the_log() -> None:
    whole = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    for column, target in (("staff_id", "staff_member"), ("structure_id", "structure")):
        op.execute(
            f"ALTER TABLE audit ADD COLUMN {column} {whole} "
            f"CONSTRAINT fk_audit_{column} REFERENCES {target} (id)"
        )
    op.add_column("audit", sa.Column("reason", sa.LargeBinary()))
    op.add_column("booking", sa.Column("turn", sa.BigInteger()))
    op.create_index("ix_audit_staff_id_at", "audit", ["staff_id", "at"])
    op.create_index("ix_audit_structure_id_at", "audit", ["structure_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_audit_structure_id_at", table_name="audit")
    op.drop_index("ix_audit_staff_id_at", table_name="audit")
    op.drop_column("booking", "turn")
    with op.batch_alter_table("audit") as batch:
        batch.drop_column("reason")
        batch.drop_column("structure_id")
        batch.drop_column("staff_id")
    for table in ("staff_token", "staff_session", "staff_structure", "staff_member"):
        op.drop_table(table)
