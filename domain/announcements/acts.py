"""What the audit log tells of announcements, beyond ``StaffAct`` (S1, S2)."""

from enum import StrEnum


class AnnouncementAct(StrEnum):
    COMPOSED = "announcement_composed"
    PAUSED = "announcement_paused"
    RESUMED = "announcement_resumed"
    SENT_AGAIN = "announcement_sent_again"  # to chats that may have it already
    FOLLOWED_UP = "announcement_missed_viewed"  # names of families were shown
