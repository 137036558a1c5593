"""Home, and what a guardian chooses for themselves: devices, structure, notices, addresses."""

from bot.town.nudging import Nudging
from bot.town.parts import Town
from domain.accounts.service import SetDisplay
from domain.accounts.structures import ListStructures, SwitchStructure
from domain.announcements.service import FetchAttachment, ListAnnouncements, ReadAnnouncement
from domain.choices.service import ChooseNotice, SetQuiet, SetTidyScreens, ShowChoices
from domain.emails.service import (
    ChangeAddresses,
    DropPending,
    ProveAddress,
    SendCodesAgain,
    ShowAddresses,
)
from domain.home.service import ShowHome
from domain.sessions.service import EndDevice, ListDevices
from handlers.use_cases.profile import Profile


def for_parents(town: Town) -> Profile:
    home = town.home, town.catalogues, town.clock
    emails = Nudging(town.emails, town.nudge)
    return Profile(
        show_home=ShowHome(*home),
        list_announcements=ListAnnouncements(*home),
        read_announcement=ReadAnnouncement(*home),
        fetch_attachment=FetchAttachment(*home),
        list_devices=ListDevices(town.sessions),
        end_device=EndDevice(town.sessions, town.clock),
        list_structures=ListStructures(town.accounts, town.catalogues),
        switch_structure=SwitchStructure(town.accounts),
        show_choices=ShowChoices(town.choices),
        choose_notice=ChooseNotice(town.choices),
        set_quiet=SetQuiet(town.choices),
        set_tidy_screens=SetTidyScreens(town.choices),
        set_display=SetDisplay(town.accounts),
        show_addresses=ShowAddresses(town.emails),
        change_addresses=ChangeAddresses(emails, town.clock),
        prove_address=ProveAddress(emails, town.clock),
        send_codes_again=SendCodesAgain(emails, town.clock),
        drop_pending=DropPending(town.emails),
    )
