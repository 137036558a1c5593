"""What is known of a person, given out and erased: ``domain.privacy.ports``."""

from storage.privacy.aging import SqlAging
from storage.privacy.repository import SqlPrivacy
from storage.privacy.screens import SqlOldScreens

__all__ = ["SqlAging", "SqlOldScreens", "SqlPrivacy"]
