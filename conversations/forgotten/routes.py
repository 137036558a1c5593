from conversations.routes import Route


class ForgotPassword(Route, prefix="fp"):
    """Asks for the identifier, then for an e-mail address (A7)."""
