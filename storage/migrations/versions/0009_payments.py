"""Orders to pay, money that no wallet could take, and what the town must look at (M4, N6)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | Sequence[str] | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
EXACT = sa.Numeric().with_variant(sa.String(40), "sqlite")


def _words(name: str, *words: str, check: bool = True) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=check, length=32)


PROVIDER = _words("provider", "telegram", "payfip", "simulated", check=False)


def upgrade() -> None:
    op.add_column("wallet", sa.Column("closed_at", INSTANT, nullable=True))
    op.add_column("wallet", sa.Column("reminded_at", INSTANT, nullable=True))
    with op.batch_alter_table("structure") as structure:
        structure.add_column(
            sa.Column("debt_reminder_days", sa.Integer(), server_default="14", nullable=False)
        )
        structure.create_check_constraint(op.f("ck_structure_reminded"), "debt_reminder_days > 0")
    _create_orders()
    _create_strays()
    _create_alerts()


def _create_orders() -> None:
    op.create_table(
        "payment_order",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("family_id", ID, nullable=False),
        sa.Column("guardian_id", ID, nullable=False),
        sa.Column("structure_id", ID, nullable=False),
        sa.Column("wallet_id", ID, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("provider", PROVIDER, nullable=False),
        sa.Column("provider_token", sa.String(64), nullable=True),
        sa.Column(
            "state", _words("state", "open", "paid", "cancelled", "expired"), nullable=False
        ),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("asks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ask_at", INSTANT, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_order_amount")),
        sa.CheckConstraint("expires_at > created_at", name=op.f("ck_payment_order_lasting")),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=op.f(f"fk_payment_order_{table}_id")
            )
            for table in ("family", "guardian", "structure", "wallet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_order")),
        sa.UniqueConstraint("reference", name=op.f("uq_payment_order_reference")),
        sa.UniqueConstraint(
            "provider", "provider_token", name=op.f("uq_payment_order_provider_provider_token")
        ),
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "uq_payment_order_open",
        "payment_order",
        ["guardian_id", "wallet_id", "provider", "amount"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "ix_payment_order_due",
        "payment_order",
        ["ask_at"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    is_expired = sa.text("state = 'expired'")
    op.create_index(
        "ix_payment_order_late",
        "payment_order",
        ["expires_at"],
        sqlite_where=is_expired,
        postgresql_where=is_expired,
    )


def _create_strays() -> None:
    op.create_table(
        "stray_payment",
        sa.Column("id", ID, nullable=False),
        sa.Column("provider", PROVIDER, nullable=False),
        sa.Column("provider_reference", sa.Text(), nullable=False),
        sa.Column("order_reference", sa.Text(), nullable=False),
        sa.Column("amount", EXACT, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("paid_at", INSTANT, nullable=False),
        sa.Column("payer", sa.LargeBinary(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("why", _words("why", "unknown", "currency", "amount", "closed"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stray_payment")),
        sa.UniqueConstraint(
            "provider",
            "provider_reference",
            name=op.f("uq_stray_payment_provider_provider_reference"),
        ),
    )


def _create_alerts() -> None:
    op.create_table(
        "staff_alert",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("structure_id", ID, nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name=op.f("fk_staff_alert_structure_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_staff_alert_key")),
    )
    is_open = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_staff_alert_open",
        "staff_alert",
        ["at"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    op.drop_table("staff_alert")
    op.drop_table("stray_payment")
    op.drop_table("payment_order")
    with op.batch_alter_table("structure") as structure:
        structure.drop_constraint(op.f("ck_structure_reminded"), type_="check")
        structure.drop_column("debt_reminder_days")
    op.drop_column("wallet", "reminded_at")
    op.drop_column("wallet", "closed_at")
