"""Bookings, drafts, places and movements in SQL, a module a kind of question."""

from storage.bookings.repository import SqlBookings

__all__ = ["SqlBookings"]
