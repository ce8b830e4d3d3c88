"""Everything one account has at ClickSend, and how it changes as time passes."""

from __future__ import annotations

import string
from collections import defaultdict
from random import Random
from typing import Any

from tui.core.clock import Clock, SystemClock
from tui.sandbox.account import OPENING_BALANCE, Account
from tui.sandbox.agenda import Agenda
from tui.sandbox.alpha_tags import AlphaTags
from tui.sandbox.archive import Archive
from tui.sandbox.automations import Automations
from tui.sandbox.billing import Billing
from tui.sandbox.collection import Collection
from tui.sandbox.contacts import Contacts
from tui.sandbox.default_senders import DefaultSenders
from tui.sandbox.delivery_issues import DeliveryIssues
from tui.sandbox.direct_mail import DirectMail
from tui.sandbox.email_addresses import EmailAddresses
from tui.sandbox.email_campaigns import EmailCampaigns
from tui.sandbox.email_templates import EmailTemplates
from tui.sandbox.faults import Faults
from tui.sandbox.files import Files
from tui.sandbox.links import Links
from tui.sandbox.log import MessageLog
from tui.sandbox.message import FREE, Identity
from tui.sandbox.notices import Notice
from tui.sandbox.numbers import Numbers
from tui.sandbox.office import furnish
from tui.sandbox.outgoing import ChannelLog
from tui.sandbox.own_numbers import OwnNumbers
from tui.sandbox.people import Person
from tui.sandbox.polling import PollQueue
from tui.sandbox.population import populate
from tui.sandbox.prices import DEDICATED, SELECTED
from tui.sandbox.reseller import Reseller
from tui.sandbox.return_addresses import ReturnAddresses
from tui.sandbox.selection import CountrySelection
from tui.sandbox.text_campaigns import MmsCampaigns, SmsCampaigns
from tui.sandbox.traffic import Traffic
from tui.sandbox.webhooks import Webhooks

MESSAGES = 400
"""How much history a world has when nothing else is asked for."""

INBOUND_RULE: dict[str, Any] = {
    "dedicated_number": "*",
    "rule_name": "",
    "message_search_type": 0,
    "message_search_term": "",
    "action": "POLL",
    "action_address": "",
    "body": None,
    "enabled": 1,
    "webhook_type": None,
}
FAX_INBOUND_RULE: dict[str, Any] = {
    "dedicated_number": "*",
    "rule_name": "",
    "action": "POLL",
    "action_address": "",
    "enabled": 1,
}
ALLOWED_ADDRESS: dict[str, Any] = {
    "email_address": "",
    "from": "",
    "from_fax": "",
    "voice": "female",
    "lang": "en-au",
}
RECEIPT_RULE: dict[str, Any] = {
    "rule_name": "",
    "match_type": 0,
    "action": "POLL",
    "action_address": "",
    "enabled": 1,
}
REFERRAL: dict[str, Any] = {"refered_user_id": 0, "date_referred": 0, "percentage_referral": 0}


class World:
    """One account with its messages, contacts, campaigns, templates and rules.

    The same `seed` makes the same world, with times relative to the clock. `messages=0` is a new account
    that owns nothing. `rules=False` leaves out the POLL rules; `traffic=False` keeps strangers from writing.
    """

    def __init__(
        self,
        *,
        seed: int = 1,
        messages: int = MESSAGES,
        clock: Clock | None = None,
        rules: bool = True,
        traffic: bool = True,
        username: str = "demo",
        key: str = "demo",
        user_id: int | None = None,
    ) -> None:
        self.clock = clock or SystemClock()
        self.seed = seed
        self.chance = Random(seed)  # noqa: S311 - a world to look at, no secrets
        self.agenda = Agenda()
        self.account = Account(
            username,
            key,
            user_id=38_190 + seed % 1000 if user_id is None else user_id,
            created=int(self.now) - 900 * 86_400,
            balance=OPENING_BALANCE,
        )
        self.account.is_new = not messages
        self.notices: list[Notice] = []
        """What ClickSend sent to the account's own people, newest last."""
        self.faults = Faults()
        """What goes wrong with the next calls, for tests."""
        self._open_business()
        self._open_contacts()
        self._open_rules()
        self._open_texts()
        self._open_other_channels()
        self._open_senders()
        if messages:
            populate(self, messages, rules=rules)
            furnish(self)
        if messages and traffic:
            self.replies.start()

    def _open_business(self) -> None:
        """What the account pays with, whom it brought along, and who works beneath it."""
        self.billing = Billing()
        self.referrals = Collection("referral_rule_id", REFERRAL, first_id=1)
        self.reseller = Reseller(self.account.user_id)

    def _open_contacts(self) -> None:
        self.lists = Collection("list_id", {"list_name": ""}, first_id=428)
        self.contacts = Contacts(first_id=552_786)
        self.opt_out_list: int | None = None
        self.regulars: list[Person] = []
        """Those who write by themselves."""

    def _open_rules(self) -> None:
        """What is done with what comes in, by channel."""
        self.inbound_rules = Collection("inbound_rule_id", INBOUND_RULE, first_id=110)
        self.fax_inbound_rules = Collection("inbound_rule_id", FAX_INBOUND_RULE, first_id=110)
        self.receipt_rules = Collection("receipt_rule_id", RECEIPT_RULE, first_id=60)
        self.voice_receipt_rules = Collection("receipt_rule_id", RECEIPT_RULE, first_id=60)
        self.fax_receipt_rules = Collection("receipt_rule_id", RECEIPT_RULE, first_id=60)
        self.email_receipt_rules = Collection("receipt_rule_id", RECEIPT_RULE, first_id=60)
        self.automations = Automations(self)
        """What all these rules do."""
        self.webhooks = Webhooks()
        self.stripped_strings = Collection("rule_id", {"strip_string": ""}, first_id=18)
        sender = {**ALLOWED_ADDRESS, "subaccount_id": self.account.subaccount_id}
        self.allowed_addresses = Collection("email_address_id", sender, first_id=6)

    def _open_texts(self) -> None:
        self.messages = MessageLog(Archive(), Identity(self.seed))
        self.templates = Collection("template_id", {"template_name": "", "body": ""}, first_id=6_320)
        self.campaigns = SmsCampaigns(self, first_id=7_031)
        self.inbound = PollQueue()
        self.receipts = PollQueue()
        self.replies = Traffic(self)
        """What people answer and write; `replies.receive` lets a message come in."""
        self.links = Links(self.chance)
        self.delivery_issues = DeliveryIssues(self, first_id=1)

    def _open_other_channels(self) -> None:
        self.channels: defaultdict[str, ChannelLog] = defaultdict(ChannelLog)
        """What was sent by other means than SMS, by the name of the channel."""
        self.mms_campaigns = MmsCampaigns(self, first_id=96)
        self.email_campaigns = EmailCampaigns(self, first_id=64)
        self.email_templates = EmailTemplates(first_id=281)
        self.email_addresses = EmailAddresses(self, first_id=6)
        self.direct_mail = DirectMail(self, first_id=34)
        self.return_addresses = ReturnAddresses(self, first_id=14)
        self.files = Files(self.chance, self.clock)

    def _open_senders(self) -> None:
        """The numbers and names that messages come from, and the countries that they go to."""
        is_new = self.account.is_new
        self.numbers = Numbers(self, {} if is_new else DEDICATED)
        self.own_numbers = OwnNumbers(self)
        self.alpha_tags = AlphaTags(self)
        self.default_senders = DefaultSenders(self)
        self.countries = CountrySelection(SELECTED, None if is_new else self.account.created)

    @property
    def now(self) -> float:
        """Unix seconds."""
        return self.clock.now()

    def catch_up(self) -> None:
        """Let everything happen that was due until now."""
        self.agenda.run(self.now)

    def other(self, username: str, key: str, user_id: int) -> World:
        """Another account at the same time: a new one, without credit."""
        world = World(seed=user_id, messages=0, clock=self.clock, username=username, key=key, user_id=user_id)
        world.account.balance = FREE
        details = {"account_name": username, "user_email": f"{username}@example.com"}
        world.account.update({**details, "user_phone": "+61491570737"})
        return world

    def add_list(self, name: str) -> dict[str, Any]:
        """A new contact list, with the address that ClickSend gives it."""
        code = "".join(self.chance.choices(string.ascii_uppercase + string.digits, k=16))
        return self.lists.create(
            {"list_name": name}, list_email_id=code, _import_in_progress=0, _optout_in_progress=0
        )

    def opt_out(self, number: str, at: int) -> None:
        """Move the contacts with this number to the opt-out list, if the account has one."""
        if self.opt_out_list is None:
            return
        self.move_contacts(number, self.opt_out_list, at)

    def move_contacts(self, number: str, list_id: int, at: int) -> int:
        """Move the contacts with this number, wherever they are, to one list; how many there are."""
        found = [contact for contact in self.contacts if contact["phone_number"] == number]
        for contact in found:
            self.contacts.update(contact["contact_id"], {}, list_id=list_id, date_updated=at)
        return len(found)
