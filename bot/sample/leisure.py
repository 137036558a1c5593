"""Wednesdays, holidays, Saturdays and music. The guide's hours and prices where it has some."""

from datetime import time, timedelta

from bot.sample.offer import (
    FRIDAY,
    SATURDAY,
    THURSDAY,
    WEDNESDAY,
    WORKING_WEEK,
    Age,
    Key,
    Offer,
    Rate,
    Share,
)
from bot.sample.structures import Place
from domain.activities.absence_billing import FreeWithCertificate
from domain.activities.model import Waitlist
from domain.activities.tariffs import DayKind
from domain.calendar.deadlines import (
    DayOfPreviousMonth,
    DaysBefore,
    NoDeadline,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
)

WEDNESDAY_OF_WEEK_BEFORE = WeekdayOfPreviousWeek(WEDNESDAY, time(12))
MORNING_PLACES = Share("ALSH 6-12, matin", 10)
AFTERNOON_PLACES = Share("ALSH 6-12, après-midi", 8)

LEISURE_OFFERS = (
    Offer(
        Key.WEDNESDAY,
        "ALSH 6-12 - Mercredi Journée",
        (time(7, 30), time(18)),
        (WEDNESDAY,),
        WEDNESDAY_OF_WEEK_BEFORE,
        WEDNESDAY_OF_WEEK_BEFORE,
        (MORNING_PLACES, AFTERNOON_PLACES),
        (Rate("14.90", high=500), Rate("24.87", low=500)),
        Waitlist.OFFERED,
        absences=FreeWithCertificate(),
    ),
    Offer(
        Key.WEDNESDAY_MORNING,
        "ALSH 6-12 - Mercredi Matin",
        (time(7, 30), time(12)),
        (WEDNESDAY,),
        WEDNESDAY_OF_WEEK_BEFORE,
        WEDNESDAY_OF_WEEK_BEFORE,
        (MORNING_PLACES,),
        (Rate("7.60", high=500), Rate("12.70", low=500)),
        Waitlist.OFFERED,
    ),
    Offer(
        Key.SMALL_WEDNESDAY,
        "3-6 ans - Mercredi Matin",
        (time(7, 30), time(12)),
        (WEDNESDAY,),
        WeekdayOfPreviousWeek(FRIDAY, time(12)),
        DaysBefore(2, time(9), skip_weekends=True),
        (
            Share("Mercredi 3-6 ans", 8),
            Share("Mercredi 3-4 ans", 4, Age.SMALL),
            Share("Mercredi 5-6 ans", 5, Age.MIDDLE),
        ),
        (Rate("6.90", high=500), Rate("11.40", low=500)),
        Waitlist.AUTOMATIC,
    ),
    Offer(
        Key.HOLIDAYS,
        "ALSH Journée Vacances avec repas",
        (time(9), time(17)),
        WORKING_WEEK,
        WEDNESDAY_OF_WEEK_BEFORE,
        WEDNESDAY_OF_WEEK_BEFORE,
        (Share("ALSH vacances", 14),),
        (Rate("5.21", day_kind=DayKind.HOLIDAY),),
        Waitlist.AUTOMATIC,
        in_holidays=True,
        absences=FreeWithCertificate(),
    ),
    Offer(
        Key.CIRCUS,
        "Atelier Cirque du samedi",
        (time(10), time(12)),
        (SATURDAY,),
        DayOfPreviousMonth(25, time(18)),
        WeekdayBefore(THURSDAY, time(18)),
        (Share("Atelier cirque", 6),),
        (Rate("8.00"),),
        Waitlist.AUTOMATIC,
        approval=True,
        residents_first=timedelta(days=7),
    ),
)

MUSIC_OFFERS = (
    Offer(
        Key.MUSIC,
        "Éveil musical",
        (time(18, 15), time(19)),
        (WEDNESDAY,),
        WeekdayBefore(FRIDAY, time(18)),
        WeekdayBefore(FRIDAY, time(18)),
        (Share("Éveil musical", 8),),
        (Rate("6.50"),),
        Waitlist.AUTOMATIC,
        place=Place.MUSIC_SCHOOL,
    ),
    Offer(
        Key.CHOIR,
        "Chorale des enfants",
        (time(10, 30), time(11, 30)),
        (SATURDAY,),
        NoDeadline(),
        NoDeadline(),
        (Share("Chorale", None),),
        (Rate("3.00"),),
        place=Place.MUSIC_SCHOOL,
    ),
)
