from domain.errors import DomainError


class NothingSaid(DomainError):
    """No title: the first line is missing."""

    code = "announcements.nothing_said"


class TitleTooLong(DomainError):
    """``longest`` and ``has``: in characters, as Telegram counts them."""

    code = "announcements.title_too_long"


class TextTooLong(DomainError):
    """``longest`` with what is beside it, ``over``: how many too many; as Telegram counts them."""

    code = "announcements.text_too_long"


class CaptionTooLong(DomainError):
    """The same, under a picture or a document."""

    code = "announcements.caption_too_long"


class FileTooBig(DomainError):
    """``most``: in megabytes."""

    code = "announcements.file_too_big"


class AnnouncementChanged(DomainError):
    """What was confirmed is not what is there: it must be looked at again."""

    code = "announcements.changed"


class NobodyToTell(DomainError):
    """The audience is empty."""

    code = "announcements.nobody"


class TooLate(DomainError):
    """The instant chosen is over."""

    code = "announcements.too_late"


class FileStays(DomainError):
    """Of what was sent, only the words can change."""

    code = "announcements.file_stays"
