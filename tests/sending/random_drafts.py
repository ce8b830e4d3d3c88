"""Random drafts of every channel, which the sandbox takes or refuses in part: for what holds of any send."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.sending.drafts import PICTURE, WAY_OUT, address, attachment
from tui.api.types import Convert
from tui.core.phone import TEST_NUMBERS
from tui.sandbox.voice import LANGUAGES
from tui.sandbox.world import World
from tui.sending.draft import CampaignDraft, Draft, MessageDraft
from tui.sending.products import CAMPAIGNS, PRODUCTS, Reach
from tui.sending.recipient import Recipient

PHONES = {
    "AU": "+6149157{:04}", "AU landline": "+612555{:05}", "NZ": "+642112{:05}", "US": "+1201555{:04}",
    "CA": "+1416555{:04}", "GB": "+44740012{:04}", "IE": "+35385012{:04}", "SG": "+6581234{:03}",
    "DE": "+4915112{:06}", "FR": "+336123{:05}", "IN": "+919812{:06}", "JP": "+819012{:06}",
    "not enabled": "+2782123{:04}",
}  # fmt: skip
ALPHABETS = ("abc XYZ 019", "héllo €{}[]~\n", "ж привет", "a😀“” \n", "()First Name")
SENDERS = ("", "", "Acme", "+61481070206", "+19403944918", "+61491570110", "+4915112345678")
PAGE = b"/Type /Page\n"


class Drafts:
    """An endless supply, the same for the same seed; no two say the same."""

    def __init__(self, world: World, seed: int) -> None:
        self.chance = Random(seed)
        self.world = world
        self.count = 0
        self._sender = next(each for each in world.email_addresses if each["verified"])
        self._back = next(iter(world.return_addresses))["return_address_id"]
        self._lists = [each["list_id"] for each in world.lists if world.contacts.on_list(each["list_id"])]
        self._areas = range(1, 11)

    def next(self, most: int) -> Draft:
        """A message to at most so many recipients, or now and then a campaign."""
        self.count += 1
        if self.chance.random() < 0.05:
            return self._campaign(self.chance.choice(list(CAMPAIGNS)))
        return self._message(self.chance.choice(list(PRODUCTS)), self.chance.randint(1, most))

    def _message(self, channel: str, count: int) -> MessageDraft:
        product = PRODUCTS[channel]
        who = {Reach.EMAIL: self._mailbox, Reach.POST: self._home, Reach.FAX: self._fax}
        recipients = tuple(who.get(product.reach, self._phone)() for _ in range(count))
        personal = not product.as_a_whole and self.chance.random() < 0.3
        contents: dict[str, Callable[[], dict[str, Any]]] = {
            "sms": self._links, "mms": self._picture, "voice": self._voice, "fax": self._document,
            "email": self._mail, "letter": self._letter, "postcard": self._postcard,
        }  # fmt: skip
        return MessageDraft(
            channel,
            recipients,
            self._body(personal=personal, longest=1200 if channel == "mms" else 1900) if product.body else "",
            self.chance.choice(SENDERS) if product.reach is Reach.PHONE and product.has_sender else "",
            self._schedule() if product.has_schedule else None,
            contents[channel](),
        )

    def _campaign(self, channel: str) -> CampaignDraft:
        content: dict[str, dict[str, Any]] = {
            "sms": {},
            "mms": {"subject": "Sale", "media_file": PICTURE},
            "email": {
                "subject": "Sale",
                "from_email_address_id": self._sender["email_address_id"],
                "from_name": "Acme",
            },
            "direct mail": {
                "size": self.chance.choice(["A5", "DL"]),
                "file_urls": [self._pdf(2)],
                "areas": [
                    {"location_id": area, "quantity": self.chance.randint(5000, 20_000)}
                    for area in self.chance.sample(self._areas, 2)
                ],
            },
        }
        product = CAMPAIGNS[channel]
        return CampaignDraft(
            f"Campaign {self.count}",
            self.chance.choice(self._lists) if product.to_list else 0,
            self.chance.choice(SENDERS) if product.has_sender else "",
            f"{self.count} {WAY_OUT} {'a' * self.chance.randint(0, 400)}" if product.body else "",
            None,
            channel,
            content[channel],
        )

    def _body(self, *, personal: bool, longest: int) -> str:
        letters = self.chance.choice(ALPHABETS)
        most = self.chance.choice([20, 160, 161, 70, 71, 320, longest])
        text = "".join(self.chance.choices(letters, k=self.chance.randint(1, most)))
        return f"{self.count} {'(Story) ' if personal else ''}{text}."

    def _schedule(self) -> int | None:
        return int(self.world.now) + 86_400 if self.chance.random() < 0.2 else None

    def _phone(self) -> Recipient:
        number = self.chance.choice(list(PHONES.values()))
        to = number.format(self.chance.randrange(1000))
        if self.chance.random() < 0.1:
            to = self.chance.choice(sorted(TEST_NUMBERS))
        return Recipient(to, fields={"Story": "ж" if self.chance.random() < 0.2 else "long " * 40})

    def _fax(self) -> Recipient:
        return Recipient(f"+6125550{self.chance.randrange(10_000):04}")

    def _mailbox(self) -> Recipient:
        number = self.chance.randrange(10_000)
        return Recipient(f"test{number % 3 + 1}@test.com" if number < 300 else f"someone{number}@example.com")

    def _home(self) -> Recipient:
        number = self.chance.randrange(10_000)
        if number < 500:
            return address(f"Somebody {number}", address_postal_code="11111")
        where = {"address_country": "XK"} if number < 1000 else {}
        return address(f"Somebody {number}", address_line_1=f"{number} Test Street", **where)

    def _links(self) -> dict[str, Any]:
        return {"shorten_urls": True} if self.chance.random() < 0.2 else {}

    def _picture(self) -> dict[str, Any]:
        return {"subject": f"Sale {self.count}"[:20], "media_file": PICTURE}

    def _voice(self) -> dict[str, Any]:
        language = self.chance.choice(list(LANGUAGES))
        return {"lang": language, "voice": self.chance.choice(LANGUAGES[language][1]), "require_input": True}

    def _document(self) -> dict[str, Any]:
        return {"file_url": self._pdf(self.chance.randint(1, 9), Convert.FAX)}

    def _mail(self) -> dict[str, Any]:
        sender = {"email_address_id": self._sender["email_address_id"]}
        copies = [{"email": f"copy{number}@example.com"} for number in range(self.chance.randint(0, 3))]
        files = [attachment()] if self.chance.random() < 0.3 else []
        return {"sender": sender, "subject": f"No {self.count}", "bcc": copies, "attachments": files}

    def _letter(self) -> dict[str, Any]:
        flags = {name: self.chance.random() < 0.5 for name in ("colour", "duplex", "priority_post")}
        url = self._pdf(self.chance.randint(1, 12), Convert.POST)
        return {"return_address_id": self._back, "file_url": url, **flags}

    def _postcard(self) -> dict[str, Any]:
        return {"return_address_id": self._back, "file_urls": [self._pdf(2, Convert.POSTCARD)]}

    def _pdf(self, pages: int, convert: Convert = Convert.POST) -> str:
        """The address of an upload with so many pages."""
        path = self.world.files.add(b"%PDF-1.4\n" + PAGE * pages, "paper.pdf", convert=convert)
        return f"http://127.0.0.1{path}"
