"""Addresses of the agents' announcements (S2). All begin by "gn"."""

from conversations.classes import ClassCode
from conversations.routes import Count, Day, Flag, Hour, Id, Route


class Announcing(Route, prefix="gn"):
    """What is composed and what was sent."""


class Compose(Route, prefix="gnc"):
    """A new draft."""


class OpenAnnouncement(Route, prefix="gno"):
    announcement: Id


class OpenDetail(Route, prefix="gnb"):
    """The same in a new message: the live progress stays where it is."""

    announcement: Id


class Rewrite(Route, prefix="gnw"):
    """Asks for its words, or a file."""

    announcement: Id


class DropAttached(Route, prefix="gnf"):
    announcement: Id


class AskAudience(Route, prefix="gnu"):
    announcement: Id


class ForAll(Route, prefix="gnv"):
    """``everywhere``: of all structures."""

    announcement: Id
    everywhere: Flag


class AskActivities(Route, prefix="gnq"):
    announcement: Id
    page: Count


class ForActivity(Route, prefix="gny"):
    announcement: Id
    activity: Id


class ForGroup(Route, prefix="gng"):
    """``group``: the number of its name, see ``number_of``."""

    announcement: Id
    group: Id


class AskClasses(Route, prefix="gncl"):
    announcement: Id
    page: Count


class ForClass(Route, prefix="gncf"):
    """``school_class``: see ``code_of``."""

    announcement: Id
    school_class: ClassCode


class ForDay(Route, prefix="gnj"):
    announcement: Id
    day: Day


class ForDayIn(Route, prefix="gna"):
    announcement: Id
    day: Day
    activity: Id


class AskTime(Route, prefix="gnt"):
    announcement: Id


class SendAtOnce(Route, prefix="gnr"):
    announcement: Id


class SendAt(Route, prefix="gnd"):
    announcement: Id
    day: Day
    hour: Hour


class ShowFor(Route, prefix="gnx"):
    """How many days on the home screens."""

    announcement: Id
    days: Count


class ShowAlways(Route, prefix="gnn"):
    """Until it is withdrawn."""

    announcement: Id


class Preview(Route, prefix="gnp"):
    """As a parent sees it, with the count, and the button that confirms."""

    announcement: Id


class ConfirmAnnouncement(Route, prefix="gnk"):
    announcement: Id
    version: Count


class SetPause(Route, prefix="gnz"):
    """``live``: pressed under the live progress, which stays what it is."""

    announcement: Id
    wanted: Flag
    live: Flag


class AskWithdraw(Route, prefix="gne"):
    announcement: Id


class WithdrawAnnouncement(Route, prefix="gni"):
    announcement: Id


class SendWords(Route, prefix="gns"):
    """Confirms the new words of what was sent."""

    announcement: Id
    version: Count


class DropWords(Route, prefix="gnh"):
    announcement: Id


class FollowLive(Route, prefix="gnl"):
    announcement: Id


class AskAgain(Route, prefix="gnra"):
    """Whether to send it again to those where it is uncertain."""

    announcement: Id


class SendItAgain(Route, prefix="gnrs"):
    """``doubts``: of ``Progress``, those that were looked at."""

    announcement: Id
    doubts: Id


class ShowMissed(Route, prefix="gnm"):
    """Whom it did not reach, by name."""

    announcement: Id
    page: Count
