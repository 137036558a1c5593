"""Time is an argument (decision 8)."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the current instant, aware."""
