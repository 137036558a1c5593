"""``/sim/``: the side of the people, for the chat page and for tests."""
