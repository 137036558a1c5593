"""Orders and what was paid: ``domain.payments.ports.PaymentsTx``."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Integer, Row, exists, func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from domain.activities.model import StructureId
from domain.families.model import FamilyId, GuardianId, Wallet, WalletId
from domain.money.model import EntryKind
from domain.notices.model import FamilyNotice, Notice
from domain.payments import rules
from domain.payments.errors import WalletClosed
from domain.payments.model import (
    Checkout,
    Held,
    Kept,
    Order,
    OrderId,
    OrderState,
    Paid,
    Provider,
    Stray,
    StrayId,
    Why,
)
from domain.staff.model import StaffId
from storage.alerts import SqlAlerts
from storage.audit import SqlAuditLog
from storage.columns import Id, UtcDateTime, keyring_of
from storage.lookups import telegram_index
from storage.outbox import SqlOutbox
from storage.schema import (
    guardian,
    ledger_entry,
    order_message,
    payment,
    payment_order,
    stray_payment,
    telegram_session,
    wallet,
)
from storage.upserts import insert_into

_order, _wallet, _stray, _session = (
    payment_order.c,
    wallet.c,
    stray_payment.c,
    telegram_session.c,
)
ORDER: Final = (
    _order.id,
    _order.reference,
    _order.family_id,
    _order.guardian_id,
    _order.structure_id,
    _order.wallet_id,
    _order.amount,
    _order.provider,
    _order.state,
    _order.created_at,
    _order.expires_at,
)
WALLET: Final = (
    _wallet.id,
    _wallet.family_id,
    _wallet.structure_id,
    _wallet.name,
    _wallet.balance,
)
KEPT: Final = (
    select(*ORDER, _wallet.name, _wallet.closed_at, guardian.c.last_name, guardian.c.first_name)
    .join_from(payment_order, wallet, _wallet.id == _order.wallet_id)
    .join(guardian, guardian.c.id == _order.guardian_id)
)


class SqlPayments(SqlAlerts, SqlAuditLog):
    # -- before paying -----------------------------------------------------------------------
    def wallet(self, family: FamilyId, structure: StructureId, wallet: WalletId) -> Wallet | None:
        query = select(*WALLET, _wallet.closed_at).where(
            _wallet.id == wallet, _wallet.family_id == family, _wallet.structure_id == structure
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.closed_at is not None:
            raise WalletClosed
        return Wallet(*row[:5])

    def open_order(self, order: Order) -> Order:
        same = (
            _order.guardian_id == order.guardian_id,
            _order.wallet_id == order.wallet_id,
            _order.provider == order.provider,
            _order.amount == order.amount,
        )
        is_over = (_order.state == OrderState.OPEN, _order.expires_at <= order.created_at)
        over = update(payment_order).where(*same, *is_over)
        self._connection.execute(over.values(state=OrderState.EXPIRED))
        query = insert_into(self._connection, payment_order).on_conflict_do_nothing()
        self._connection.execute(query.values(_order_row(order)))
        # The newest, open or not: what stood in the way may have been paid since.
        newest = select(*ORDER).where(*same).order_by(_order.id.desc()).limit(1)
        return Order(*self._connection.execute(newest).one())

    def keep_shown(
        self, order: OrderId, telegram_user: int, message: int, at: datetime
    ) -> OrderState:
        held = select(_order.state).where(_order.id == order).with_for_update()
        state = OrderState(self._connection.execute(held).scalar_one())
        index = telegram_index(keyring_of(self._connection.dialect), telegram_user)
        here = select(
            literal(order, Id), _session.id, literal(message, Integer), literal(at, UtcDateTime)
        ).where(_session.user_index == index, _session.ended_at.is_(None))
        query = insert_into(self._connection, order_message).from_select(
            ["order_id", "session_id", "message_id", "sent_at"], here
        )
        kept = query.on_conflict_do_update(order_message.primary_key, set_={"sent_at": at})
        self._connection.execute(kept)
        return state

    def paid_since(self, wallet: WalletId, amount: Decimal, since: datetime) -> datetime | None:
        of = ledger_entry.c
        as_much = (of.kind == EntryKind.PAYMENT, of.amount == amount, of.at >= since)
        query = select(func.max(of.at)).where(of.wallet_id == wallet, *as_much)
        paid_at: datetime | None = self._connection.scalar(query)
        return paid_at

    def order(self, reference: str) -> Order | None:
        query = select(*ORDER).where(_order.reference == reference)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else Order(*row)

    def checkout(self, reference: str, telegram_user: int) -> Checkout | None:
        index = telegram_index(keyring_of(self._connection.dialect), telegram_user)
        is_payer = exists().where(
            _session.user_index == index,
            _session.ended_at.is_(None),
            guardian.c.id == _session.guardian_id,
            guardian.c.family_id == _order.family_id,
        )
        query = KEPT.add_columns(is_payer).where(_order.reference == reference)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else Checkout(_kept(row), bool(row[-1]))

    # -- what was paid -----------------------------------------------------------------------
    def lock(self, reference: str) -> Kept | None:
        ours = (payment_order, wallet)
        query = KEPT.where(_order.reference == reference).with_for_update(of=ours)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _kept(row)

    def is_told(self, paid: Paid) -> bool:
        credited = select(payment.c.entry_id).where(
            payment.c.provider == paid.provider, payment.c.reference == paid.provider_reference
        )
        apart = select(_stray.id).where(
            _stray.provider == paid.provider,
            _stray.provider_reference == paid.provider_reference,
        )
        query = select(or_(credited.exists(), apart.exists()))
        return bool(self._connection.scalar(query))

    def credit(self, wallet: WalletId, paid: Paid, day: date, at: datetime) -> Held | None:
        """The entry has to go again when its payment is there already, and entries never go: so
        both are in a savepoint.
        """
        try:
            with self._connection.begin_nested():
                if (held := self._adopt(paid)) is None:
                    self._write(wallet, paid, day, at)
        except IntegrityError:
            if not self._is_credited(paid):
                raise
            return None
        return held or Held(wallet, paid.amount)

    def _adopt(self, paid: Paid) -> Held | None:
        """What the town has told of this order, and no provider yet: this is it."""
        its = (payment.c.number == paid.order_reference, payment.c.provider.is_(None))
        query = (
            update(payment)
            .where(*its, payment.c.nth.isnot(None))
            .values(provider=paid.provider, reference=paid.provider_reference)
            .returning(payment.c.entry_id)
        )
        entry = self._connection.scalar(query)
        if entry is None:
            return None
        where = select(ledger_entry.c.wallet_id, ledger_entry.c.amount)
        row = self._connection.execute(where.where(ledger_entry.c.id == entry)).one()
        return Held(WalletId(row[0]), row[1], by_town=True)

    def _write(self, wallet: WalletId, paid: Paid, day: date, at: datetime) -> None:
        entry = insert(ledger_entry).values(
            wallet_id=wallet, kind=EntryKind.PAYMENT, day=day, at=at, amount=paid.amount
        )
        key = self._connection.scalar(entry.returning(ledger_entry.c.id))
        self._connection.execute(
            insert(payment).values(
                entry_id=key,
                mode=paid.mode,
                number=paid.order_reference,
                payer=paid.payer,
                bank=paid.bank,
                provider=paid.provider,
                reference=paid.provider_reference,
                nth=self._nth(paid.order_reference),
            )
        )

    def _nth(self, order_reference: str) -> int | None:
        """The database refuses a number that another has taken meanwhile."""
        if not order_reference:
            return None
        last = select(func.max(payment.c.nth)).where(payment.c.number == order_reference)
        return (self._connection.scalar(last) or 0) + 1

    def _is_credited(self, paid: Paid) -> bool:
        query = select(payment.c.entry_id).where(
            payment.c.provider == paid.provider, payment.c.reference == paid.provider_reference
        )
        return self._connection.scalar(query) is not None

    def end(self, order: OrderId, state: OrderState) -> None:
        query = update(payment_order).where(_order.id == order)
        self._connection.execute(query.values(state=state))

    def keep_apart(self, paid: Paid, why: Why, at: datetime) -> bool:
        query = insert_into(self._connection, stray_payment).on_conflict_do_nothing()
        kept = query.values(
            provider=paid.provider,
            provider_reference=paid.provider_reference,
            order_reference=paid.order_reference,
            amount=paid.amount,
            currency=paid.currency,
            paid_at=paid.paid_at,
            payer=paid.payer,
            mode=paid.mode,
            bank=paid.bank,
            why=why,
            at=at,
        ).returning(_stray.id)
        return self._connection.scalar(kept) is not None

    def has_chat(self, guardian: GuardianId) -> bool:
        query = select(_session.id).where(
            _session.guardian_id == guardian,
            _session.ended_at.is_(None),
            _session.blocked_at.is_(None),
        )
        return self._connection.scalars(query.limit(1)).first() is not None

    def post(self, notices: Sequence[Notice]) -> None:
        SqlOutbox(self._connection).post(notices)

    # -- money that no wallet could take -------------------------------------------------------
    def lock_stray(self, stray: StrayId) -> Stray | None:
        query = select(stray_payment).where(_stray.id == stray).with_for_update()
        row = self._connection.execute(query).one_or_none()
        return None if row is None else stray_of(row)

    def lock_wallet(self, wallet: WalletId) -> tuple[Wallet, bool] | None:
        query = select(*WALLET, _wallet.closed_at).where(_wallet.id == wallet)
        row = self._connection.execute(query.with_for_update()).one_or_none()
        return None if row is None else (Wallet(*row[:5]), row.closed_at is not None)

    def settle_stray(self, stray: StrayId, by: StaffId, at: datetime, note: str) -> None:
        query = update(stray_payment).where(_stray.id == stray)
        self._connection.execute(query.values(settled_at=at, settled_by=by, settled_note=note))

    # -- what is due every hour ----------------------------------------------------------------
    def to_ask(
        self, providers: Sequence[Provider], now: datetime, limit: int
    ) -> tuple[Order, ...]:
        query = (
            select(*ORDER, _order.asks)
            .where(
                or_(
                    _order.state == OrderState.OPEN,
                    _order.state.in_([OrderState.EXPIRED, OrderState.CANCELLED])
                    & (_order.expires_at > now - rules.STILL_ASKED),
                ),
                _order.ask_at <= now,
                _order.provider.in_(providers),
            )
            .order_by(_order.ask_at, _order.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows: Sequence[Any] = self._connection.execute(query).all()
        for asks in sorted({row.asks for row in rows}):  # a few, however many orders
            these = [row.id for row in rows if row.asks == asks]
            put_off = update(payment_order).where(_order.id.in_(these))
            later = now + rules.wait(asks + 1)
            self._connection.execute(put_off.values(asks=asks + 1, ask_at=later))
        return tuple(Order(*row[: len(ORDER)]) for row in rows)

    def expire(self, now: datetime, asked_until: datetime) -> int:
        is_over = or_(
            (_order.provider == Provider.TELEGRAM) & (_order.expires_at <= now),
            _order.expires_at <= asked_until,
        )
        over = select(_order.id).where(_order.state == OrderState.OPEN, is_over)
        # Whoever holds one is crediting it, or ends it as well.
        free = over.with_for_update(skip_locked=True).cte("free")
        query = update(payment_order).where(_order.id.in_(select(free.c.id)))
        ended = query.values(state=OrderState.EXPIRED).returning(_order.id)
        return len(self._connection.execute(ended).all())

    def owing(
        self, structure: StructureId, below: Decimal, told_before: datetime, at: datetime
    ) -> tuple[Wallet, ...]:
        theirs = (
            select(_wallet.id)
            .where(
                _wallet.structure_id == structure,
                _wallet.balance < below,
                _wallet.closed_at.is_(None),
                or_(_wallet.reminded_at.is_(None), _wallet.reminded_at <= told_before),
            )
            .with_for_update(skip_locked=True)
            .cte("owing")
        )
        query = (
            update(wallet)
            .where(_wallet.id.in_(select(theirs.c.id)))
            .values(reminded_at=at)
            .returning(*WALLET)
        )
        found = (Wallet(*row) for row in self._connection.execute(query))
        return tuple(sorted(found, key=lambda one: one.id))

    def post_to_families(self, notices: Sequence[FamilyNotice]) -> None:
        if notices:
            SqlOutbox(self._connection).post_to_families(notices)


def _kept(row: Any) -> Kept:
    """``row``: one of ``KEPT``."""
    payer = f"{row.last_name.upper()} {row.first_name}"
    return Kept(Order(*row[:11]), row[11], row[12] is not None, payer)


def _order_row(order: Order) -> dict[str, object]:
    return {
        "reference": order.reference,
        "family_id": order.family_id,
        "guardian_id": order.guardian_id,
        "structure_id": order.structure_id,
        "wallet_id": order.wallet_id,
        "amount": order.amount,
        "provider": order.provider,
        "state": order.state,
        "created_at": order.created_at,
        "expires_at": order.expires_at,
        "ask_at": order.created_at + rules.FIRST_ASKED,
    }


def stray_of(row: Row[Any]) -> Stray:
    paid = Paid(
        provider=row.provider,
        provider_reference=row.provider_reference,
        order_reference=row.order_reference,
        amount=row.amount,
        currency=row.currency,
        paid_at=row.paid_at,
        payer=row.payer,
        mode=row.mode,
        bank=row.bank,
    )
    return Stray(StrayId(row.id), paid, row.why, row.settled_at is not None)
