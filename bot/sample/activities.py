"""What can be booked in the sample town.

Between them the deadlines show every kind of rule that a town can choose (B9).
"""

from bot.sample.leisure import LEISURE_OFFERS, MUSIC_OFFERS
from bot.sample.offer import Key
from bot.sample.school import SCHOOL_OFFERS

OFFERS = SCHOOL_OFFERS + LEISURE_OFFERS + MUSIC_OFFERS

EXCLUSIONS = (
    (Key.MORNING, Key.APS_MORNING),
    (Key.MORNING, Key.TIMED_MORNING),
    (Key.EVENING, Key.APS_EVENING),
)
