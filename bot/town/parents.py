"""Everything that a parent may ask."""

from bot.town import (
    absences,
    access,
    bookings,
    documents,
    money,
    payments,
    privacy,
    profile,
    reminders,
)
from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.accounts.login import LogIn
from domain.accounts.service import Identify, SetLocale
from domain.bookings.composing import ListActivities, MarkDays, ShowDetails, ShowMonth
from domain.bookings.confirming import Confirm
from domain.bookings.following import CancelBooking, ShowFollowUp
from domain.bookings.recap import ClearDraft, LinkSiblings, ShowRecap, UndoLine
from domain.sessions.service import EndDevice, LogOut
from domain.waitlist.service import AnswerOffer, LeaveQueue
from handlers.use_cases import UseCases


def for_parents(town: Town) -> UseCases:
    quiet = town.bookings, town.catalogues, town.clock
    telling = Nudging(town.bookings, town.nudge), town.catalogues, town.clock
    return UseCases(
        identify=Identify(town.accounts, town.clock),
        log_in=LogIn(Nudging(town.access, town.nudge), town.passwords, town.clock),
        log_out=LogOut(EndDevice(town.sessions, town.clock)),
        set_locale=SetLocale(town.accounts),
        list_activities=ListActivities(*quiet),
        show_month=ShowMonth(*quiet),
        mark_days=MarkDays(*quiet),
        show_details=ShowDetails(*quiet),
        show_recap=ShowRecap(*quiet),
        undo_line=UndoLine(town.bookings, town.clock),
        clear_draft=ClearDraft(town.bookings),
        confirm=Confirm(*telling),
        show_follow_up=ShowFollowUp(*quiet),
        cancel_booking=CancelBooking(*telling),
        answer_offer=AnswerOffer(*telling),
        leave_queue=LeaveQueue(*telling),
        link_siblings=LinkSiblings(town.bookings),
        overview=bookings.overview(town),
        hours=bookings.hours(town),
        patterns=bookings.patterns(town),
        copying=bookings.copying(town),
        following=bookings.following(town),
        money=money.for_parents(town),
        payments=payments.for_parents(town),
        access=access.for_parents(town),
        documents=documents.for_parents(town),
        profile=profile.for_parents(town),
        privacy=privacy.for_parents(town),
        absences=absences.for_parents(town),
        reminders=reminders.for_parents(town),
    )
