"""B4: one mark a day is what the sheet of that day says, whatever happens there."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.bookings.model import BookingId
from domain.bookings.overview import ShowDaySheet, ShowOverview
from domain.families.model import ChildId
from tests.builders import identity
from tests.crowded_month import INSTANTS, MONTH, crowded_month, mark_of
from tests.fakes.town import FakeTown


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(INSTANTS), st.booleans())
async def test_each_mark_of_a_month_is_what_the_sheet_of_its_day_says(seed, now, resident):
    data, bookings = crowded_month(seed, activities=3)
    for number, booking in enumerate(bookings, start=1):
        data.bookings[BookingId(number)] = replace(booking, id=BookingId(number))
    for booking in bookings[::6]:  # closed since
        key = booking.slot.activity_id, booking.slot.day
        data.openings[key] = replace(data.openings[key], is_open=False)
    town = FakeTown(data)
    ports = town.bookings, town.catalogues, lambda: now
    who, child = replace(identity(1, 1), is_resident=resident), ChildId(1)

    view = await ShowOverview(*ports)(who, child, MONTH[0])

    sheets = [await ShowDaySheet(*ports)(who, child, day) for day in MONTH]
    assert view.days == tuple(mark_of(sheet) for sheet in sheets if sheet.lines)
