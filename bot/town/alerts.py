from bot.town.parts import Town
from domain.alerts.service import (
    CountAlerts,
    FindFamily,
    ListAlerts,
    NameWallet,
    SettleAlert,
    SettleStrayAlert,
    ShowAlert,
)
from domain.payments.settling import SettleStray
from handlers.use_cases.staff_desk import StaffAlerts


def for_staff(town: Town) -> StaffAlerts:
    alerts, clock = town.alerts, town.clock
    find = FindFamily(alerts, town.households, clock)
    return StaffAlerts(
        count=CountAlerts(alerts),
        list_alerts=ListAlerts(alerts),
        show_alert=ShowAlert(alerts),
        settle=SettleAlert(alerts, clock),
        settle_stray=SettleStrayAlert(alerts, SettleStray(town.payments, town.catalogues, clock)),
        find_family=find,
        name_wallet=NameWallet(find),
    )
