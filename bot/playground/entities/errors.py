class CannotParse(Exception):
    """Telegram's complaint about a text, placed by its byte."""

    def __init__(self, complaint: str, source: str, position: int) -> None:
        at = len(source[:position].encode())
        super().__init__(f"{complaint} at byte offset {at}")


class NoEndTag(CannotParse):
    def __init__(self, tag: str) -> None:
        Exception.__init__(self, f'Can\'t find end tag corresponding to start tag "{tag}"')
