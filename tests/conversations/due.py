"""Due notices as the courier claims them."""

from datetime import date, timedelta
from typing import Any

from domain.families.model import Child, ChildId, Display, GuardianId
from domain.notices.model import Channel, Due, Kind, Notice, NoticeId
from tests import builders
from tests.conversations import facts

AMALIA = Child(ChildId(1), "Amalia", "DUPONT")
SECURITY = {Kind.RESET_LINK, Kind.PASSWORD_CHANGED, Kind.NEW_DEVICE, Kind.ACCOUNT_LOCKED}
PAYMENT = {
    "structure": builders.TOWN,
    "wallet": facts.LONG_ACTIVITY,
    "wallet_id": facts.LONGEST_ID,
    "amount": "1250.40",
    "due": "1250.40",
    "mode": "Carte bancaire",
    "number": "ABCDEFGHIJKLMNOPQRST",
    "bank": "Telegram",
    "paid_at": "2026-11-24T18:00:00+00:00",
}
PAOLO = Child(ChildId(2), "Paolo", "DUPONT")


def due(kind: Kind, *, children: tuple[Child, ...] = (AMALIA, PAOLO), **params: Any) -> Due:
    about = {
        "child": AMALIA.id,
        "activity": facts.LONGEST_ID,
        "day": "2026-12-02",
        "arrival": "07:30",
        "departure": "12:00",
        "booking": 9,
        "ticket": 3,
        "until": "2026-11-24T18:00:00+00:00",
    }
    if kind is Kind.WAITING_REMINDER:
        about |= {"why": "clash", "instead": facts.LONGEST_ID}
    if kind in {Kind.PAYMENT_RECEIPT, Kind.PAYMENT_REMINDER}:
        about = PAYMENT
    if kind is Kind.NIGHTLY_REPORT:
        about = {}
    if kind in SECURITY:
        about = {"structure": builders.TOWN, "session": 1, "instant": "2026-11-24T18:00:00+00:00"}
    if kind in {Kind.DRAFT_LAPSED, Kind.EMAIL_CODE, Kind.EMAIL_CHANGED, Kind.ACCESS_ERASED}:
        about = {"structure": builders.TOWN, "lines": 3}
    if kind is Kind.DEADLINE_REMINDER:
        day = "2026-12-02"
        missing = [{"child": AMALIA.id, "activity": facts.LONGEST_ID, "days": [day]}]
        about = {"structure": builders.TOWN, "reminder": 5, "missing": missing}
        about["until"] = "2026-11-24T18:00:00+00:00"
    return Due(
        id=NoticeId(1),
        notice=Notice(
            key="-",
            guardian_id=GuardianId(1),
            channel=Channel.TELEGRAM,
            kind=kind,
            params=about | params,
            at=builders.NOW,
            secret={"code": "ABCD2345", "to": "new@example.org"},
        ),
        attempts=0,
        locale="fr",
        display=Display.CLASSIC,
        addressee="M. DUPONT Jean-Paul",
        children=children,
    )


def report(*groups: dict[str, Any], booked: int, cancelled: int, **changed: Any) -> Due:
    return due(
        Kind.NIGHTLY_REPORT,
        structure=builders.TOWN,
        night="2017-05-04",
        booked=booked,
        cancelled=cancelled,
        groups=list(groups),
        **changed,
    )


def group(state: str, *activities: tuple[int, list[tuple[Child, list[date]]]]) -> dict[str, Any]:
    return {
        "state": state,
        "activities": [
            {
                "activity": activity,
                "children": [
                    {"child": child.id, "days": [day.isoformat() for day in days]}
                    for child, days in children
                ],
            }
            for activity, children in activities
        ],
    }


def longest_report() -> Due:
    """Every child in every activity for a school year, in every state."""
    children, activities = facts.household()
    days = [facts.SIX_WEEKS + timedelta(days=n) for n in range(300)]
    return report(
        *(
            group(state, *((a.id, [(child, days) for child in children]) for a in activities))
            for state in ("waitlisted", "pending", "accepted", "refused", "cancelled")
        ),
        booked=9999,
        cancelled=9999,
        children=children,
    )
