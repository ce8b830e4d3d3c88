"""What campaigns of every kind have in common: price, start, change, cancelling, and their journey."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from tui.sandbox.answers import bad_request
from tui.sandbox.collection import Collection, Record
from tui.sandbox.message import FREE
from tui.sandbox.offers import LONGEST_WAIT
from tui.sandbox.prices import CURRENCY, money

if TYPE_CHECKING:
    from tui.sandbox.world import World

_A_SECOND = 50
"""Messages that leave in a second."""
_PENDING = ("Scheduled", "Queued", "Draft", "WaitApproval")


class Priced(Protocol):
    """One message of a campaign, or whatever else it pays for."""

    @property
    def price(self) -> Decimal:
        """What it costs."""


P = TypeVar("P", bound=Priced)


class Campaigns(Collection, Generic[P]):
    """The campaigns of one kind and their journey: Scheduled or Queued, Sending, Sent, or Cancelled."""

    required: ClassVar[tuple[str, ...]]
    """What must be given and not be empty."""

    def __init__(self, world: World, key: str, details: Mapping[str, Any], *, first_id: int) -> None:
        super().__init__(key, details, first_id=first_id)
        self.world = world
        self._plans: dict[int, int] = {}
        """Which plan of each campaign holds: one that was changed or cancelled must not start."""

    def offers(self, campaign: Mapping[str, Any]) -> list[P]:
        """What the campaign would send now, item by item."""
        raise NotImplementedError

    def depart(self, campaign: Record, found: list[P], at: int) -> None:
        """What was paid for leaves."""
        raise NotImplementedError

    def verify(self, values: Mapping[str, Any]) -> None:
        """Refuse what only campaigns of this kind cannot be."""

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse a campaign that lacks something or cannot be sent as it is."""
        problems = {
            name: f"The {name} field is required."
            for name in self.required
            if not str(values.get(name) or "")
        }
        wanted = str(values.get("schedule") or 0)
        if not wanted.isdecimal() or int(wanted) > self.world.now + LONGEST_WAIT:
            problems["schedule"] = "A campaign may be scheduled four months ahead at most."
        if problems:
            raise bad_request(problems)
        self.verify(values)

    def computed(self, campaign: Record) -> Record:
        """What follows from the details of a campaign, whenever they change."""
        return {}

    def shown(self, campaign: Record) -> Record:
        """A campaign as ClickSend tells it."""
        return dict(campaign)

    def preview(self, values: Mapping[str, Any], found: list[P]) -> Record:
        """What a price answer tells of the campaign."""
        raise NotImplementedError

    def totals(self, values: Mapping[str, Any], found: list[P]) -> Record:
        """How much it is and what it costs."""
        total = sum((offer.price for offer in found), FREE)
        shown = None if self.world.account.hides_prices else money(total)
        return {"total_count": len(found), "total_price": shown, "_currency": CURRENCY}

    def quote(self, values: Mapping[str, Any]) -> Record:
        """What such a campaign would cost now."""
        self.check(values)
        found = self.offers({**self.blank, **values})
        return self.totals(values, found) | {"data": self.preview(values, found)}

    def created(self, campaign: Record) -> Record:
        """What creating a campaign answers."""
        return self.shown(campaign)

    def open(self, values: Mapping[str, Any]) -> Record:
        """A new campaign, which starts at once or at its time."""
        self.check(values)
        campaign = self.restore(values, "Queued", int(self.world.now))
        self._plan(campaign)
        return campaign

    def restore(self, values: Mapping[str, Any], status: str, added: int) -> Record:
        """A campaign that is in some state already."""
        account = self.world.account
        campaign = self.create(
            values,
            user_id=account.user_id,
            subaccount_id=account.subaccount_id,
            status=status,
            date_added=added,
        )
        campaign |= self.computed(campaign)
        return campaign

    def change(self, campaign_id: object, values: Mapping[str, Any]) -> Record:
        """A campaign that has not begun, replaced. Without a schedule it starts at once."""
        self._pending(campaign_id, "updated")
        self.check(values)
        campaign = self.update(campaign_id, {"schedule": 0, **values})
        self._plan(campaign)
        return campaign

    def cancel(self, campaign_id: object) -> Record:
        """A campaign that has not begun, called off as a whole."""
        campaign = self._pending(campaign_id, "cancelled")
        campaign["status"] = "Cancelled"
        return campaign

    def _pending(self, campaign_id: object, done: str) -> Record:
        campaign = self.get(campaign_id)
        if campaign["status"] not in _PENDING:
            raise bad_request({"status": f"A campaign that is {campaign['status']} cannot be {done}."})
        return campaign

    def _plan(self, campaign: Record) -> None:
        now = self.world.now
        campaign |= self.computed(campaign)
        later = campaign["schedule"] > now
        campaign["schedule"] = start = campaign["schedule"] if later else int(now)
        campaign["status"] = "Scheduled" if later else "Queued"
        self._plans[campaign[self.key]] = plan = self.changes
        self.world.agenda.add(start + (not later), lambda at: self._start(campaign, plan, at))

    def _start(self, campaign: Record, plan: int, at: int) -> None:
        """Send, unless it was cancelled or planned anew since."""
        if self._plans[campaign[self.key]] != plan or campaign["status"] not in _PENDING:
            return
        account, found = self.world.account, self.offers(campaign)
        price = sum((offer.price for offer in found), FREE)
        if price > account.balance:
            campaign["status"] = "Failed"
            return
        account.balance -= price
        campaign["status"] = "Sending"
        self.depart(campaign, found, at)
        self.world.agenda.add(at + 2 + len(found) // _A_SECOND, lambda _: campaign.update(status="Sent"))


def members(world: World, values: Mapping[str, Any]) -> list[Record]:
    """The contacts on the list that a campaign goes to. Refuses with 404 when there is no such list."""
    return world.contacts.on_list(world.lists.get(values.get("list_id"))["list_id"])
