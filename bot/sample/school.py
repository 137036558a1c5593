"""Before, between and after lessons. Hours and prices are the guide's, deadlines are invented."""

from datetime import time

from bot.sample.offer import (
    FRIDAY,
    SCHOOL_WEEK,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Key,
    Offer,
    Rate,
    Share,
)
from domain.activities.absence_billing import FreeIfDeclaredBefore
from domain.activities.hours_model import Choosing
from domain.activities.model import Waitlist
from domain.activities.tariffs import PerSlice
from domain.calendar.deadlines import (
    DaysBefore,
    HoursBefore,
    NoDeadline,
    PerWeekday,
    WeekdayBefore,
    WeekdayOfPreviousWeek,
)

HALF_HOURS = (Rate("0.32", unit=PerSlice(30)),)
CANTEEN_RATES = (
    Rate("2.71", high=500),
    Rate("2.80", low=500, high=800),
    Rate("3.50", low=800, high=1200),
    Rate("4.22", low=1200),
)
WORKING_DAY_BEFORE = DaysBefore(1, time(9), skip_weekends=True, skip_public_holidays=True)
EVENING_BEFORE = HoursBefore(10)
# The town hall is shut from Friday noon to Monday, so the first days of a week close early.
APS_EVENING_TABLE = PerWeekday(
    (
        WeekdayBefore(THURSDAY, time(18)),
        WeekdayBefore(FRIDAY, time(12)),
        NoDeadline(),
        WeekdayBefore(TUESDAY, time(18)),
        WeekdayBefore(WEDNESDAY, time(12)),
        NoDeadline(),
        NoDeadline(),
    )
)

LATE_IN_THE_WEEK = (THURSDAY, FRIDAY)
HALVES = (time(7), time(7, 30))  # the guide's "07:00 ou 07:30"; any five minutes on other days

SCHOOL_OFFERS = (
    Offer(
        Key.CANTEEN,
        "Restauration Scolaire",
        (time(11, 30), time(13, 30)),
        SCHOOL_WEEK,
        WORKING_DAY_BEFORE,
        WORKING_DAY_BEFORE,
        (Share("Restauration scolaire", 26),),
        CANTEEN_RATES,
        Waitlist.AUTOMATIC,
        absences=FreeIfDeclaredBefore(time(8)),  # when the kitchen counts
    ),
    Offer(
        Key.MORNING,
        "Accueil Matin 1/2 heure",
        (time(7), time(8, 20)),
        SCHOOL_WEEK,
        EVENING_BEFORE,
        EVENING_BEFORE,
        (Share("Accueil matin", None),),
        HALF_HOURS,
    ),
    Offer(
        Key.EVENING,
        "Accueil Soir 1/2 heure",
        (time(16, 30), time(17, 30)),
        SCHOOL_WEEK,
        HoursBefore(4),
        NoDeadline(),
        (Share("Accueil soir", None),),
        HALF_HOURS,
        choosing=Choosing(step=30, arrival=False),
    ),
    Offer(
        Key.TIMED_MORNING,
        "Accueil Saisie temps",
        (time(7), time(8, 20)),
        SCHOOL_WEEK,
        DaysBefore(0, time(6)),
        DaysBefore(0, time(6)),
        (Share("Accueil saisie temps", None),),
        (Rate("0.60", unit=PerSlice(30)),),
        choosing=Choosing(
            step=5, departure=False, arrivals=dict.fromkeys(LATE_IN_THE_WEEK, HALVES)
        ),
    ),
    Offer(
        Key.APS_MORNING,
        "APS Matin",
        (time(7, 15), time(8, 15)),
        SCHOOL_WEEK,
        WeekdayOfPreviousWeek(FRIDAY, time(12)),
        DaysBefore(2, time(12), skip_weekends=True),
        (Share("APS matin", 12),),
        (Rate("1.12"),),
        Waitlist.AUTOMATIC,
    ),
    Offer(
        Key.APS_EVENING,
        "APS Soir (sans devoirs surveillés)",
        (time(16, 30), time(19)),
        SCHOOL_WEEK,
        APS_EVENING_TABLE,
        APS_EVENING_TABLE,
        (Share("APS soir", 10),),
        (Rate("2.13"),),
    ),
)
