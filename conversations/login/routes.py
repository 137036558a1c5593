from conversations.routes import Route


class StartLogin(Route, prefix="li"):
    """Asks for the identifier."""


class LogOut(Route, prefix="lo"):
    """Ends this device's session."""
