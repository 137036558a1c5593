"""Addresses of what waits for the town's agents."""

from conversations.routes import Count, Id, Route


class Alerts(Route, prefix="gv"):
    """What is open, newest first."""

    page: Count


class ShowAlert(Route, prefix="gvo"):
    alert: Id


class AlertSeen(Route, prefix="gvs"):
    """Nothing more is to be done."""

    alert: Id


class AskFamily(Route, prefix="gvf"):
    """Whose money it is, is typed next."""

    alert: Id


class AskCredit(Route, prefix="gvc"):
    """What would be credited; nothing is."""

    alert: Id
    family: Id
    wallet: Id


class CreditWallet(Route, prefix="gvw"):
    """Into this wallet; settled before, nothing changes."""

    alert: Id
    wallet: Id


class AskGivenBack(Route, prefix="gvb"):
    alert: Id


class GivenBack(Route, prefix="gvr"):
    """Given back by hand, elsewhere."""

    alert: Id
