"""Numbers and names to send from: renting, registering, verifying, and which one is used."""
# mypy: disable-error-code="empty-body"

from __future__ import annotations

from tui.api import operation as op
from tui.api import types as t
from tui.api.models import numbers as m
from tui.api.models import senders as s
from tui.api.models.base import Page
from tui.api.operation import Effect


@op.get("/numbers", title="Dedicated numbers", paged=True)
def list_(
    q: t.Search | None = None,
    q2: t.Search | None = None,
    excluding_number_type: t.ExcludedNumberType | None = None,
    exclude_10dlc_campaign: t.Exclude10DlcCampaign | None = None,
) -> Page[m.DedicatedNumber]:
    """The numbers that belong to the account."""


@op.get("/numbers/search/{country}", title="Numbers for sale", paged=True)
def search(
    country: t.CountryCode,
    search: t.NumberSearch | None = None,
    search_type: t.NumberSearchType | None = None,
) -> Page[m.NumberForSale]:
    """The numbers of a country that can be rented, with what they cost at once and every month."""


@op.post("/numbers/buy/{dedicated_number}", title="Buy number", effect=Effect.SPEND, listed_by=search)
def buy(
    dedicated_number: t.NumberForSale,
    type: t.RentedFor,
    registration_data: t.Registration[m.Registration] | None = None,
) -> m.BoughtNumber:
    """Rent a number. It is paid from the balance now, and every month until it is given up."""


@op.post(
    "/numbers/registrations/number-types/{number_type}/country/{country_code}",
    title="Register number",
    effect=Effect.WRITE,
)
def register(
    number_type: t.RegisteredNumberType,
    country_code: t.CountryCode,
    full_name: t.FullName,
    company_name: t.LegalName,
    email: t.Email,
    website_url: t.Website,
    sample_message: t.SampleMessage,
    primary_use_case: t.UseCase,
    company_number: t.CompanyNumber,
    area_code: t.AreaCodes,
) -> None:
    """Ask for a number that has to be registered, as of now Canadian 10DLC alone."""


@op.get("/alpha-tags", title="Alpha tags", cursor="offset", envelope=False)
def alpha_tags_list(
    sort_direction: t.SortDirection | None = None,
    offset: t.Offset | None = None,
    page_size: t.AlphaTagPageSize | None = None,
) -> s.AlphaTags:
    """The names that messages may come from, and whether they are approved."""


@op.post("/alpha-tags", title="Request alpha tag", effect=Effect.WRITE, envelope=False)
def alpha_tags_request(
    alpha_tag: t.AlphaTag,
    reason: t.AlphaTagReason | None = None,
    countries: t.AlphaTagCountries | None = None,
    businesses: t.AlphaTagBusinesses[s.TagBusiness] | None = None,
) -> s.AlphaTag:
    """Ask to send from a name. ClickSend reviews it; for Australia it asks whose the name is."""


@op.get("/alpha-tags/{alpha_tag_id}", title="One alpha tag", envelope=False)
def alpha_tags_get(alpha_tag_id: t.AlphaTagId) -> s.AlphaTag:
    """One name, and whether it is approved."""


@op.delete(
    "/alpha-tags/{alpha_tag_id}",
    title="Delete alpha tag",
    loses="The name cannot be sent from; asking for it again means another review.",
    envelope=False,
)
def alpha_tags_delete(alpha_tag_id: t.AlphaTagId) -> None:
    """Give up a name."""


@op.get("/own-numbers", title="Own numbers", cursor="offset", envelope=False)
def own_numbers_list(
    status: t.OwnNumberStatuses = None,
    sort_by: t.SortBy | None = None,
    sort_direction: t.SortDirection | None = None,
    offset: t.Offset | None = None,
    page_size: t.CursorPageSize | None = None,
) -> s.OwnNumbers:
    """The phones of yours that messages may come from. What people answer goes to the phone, not here."""


@op.get("/own-numbers/{own_number_id}", title="One own number", envelope=False)
def own_numbers_get(own_number_id: t.OwnNumberId) -> s.OwnNumber:
    """One phone of yours, and whether its verification will lapse soon."""


@op.patch("/own-numbers/{own_number_id}", title="Label own number", effect=Effect.WRITE, envelope=False)
def own_numbers_update(own_number_id: t.OwnNumberId, label: t.OwnNumberLabel | None = None) -> s.OwnNumber:
    """Give a phone of yours another label."""


@op.delete(
    "/own-numbers/{own_number_id}",
    title="Delete own number",
    loses="The phone's number cannot be sent from until it is verified again.",
    envelope=False,
)
def own_numbers_delete(own_number_id: t.OwnNumberId) -> s.OwnNumber:
    """Take a phone off the senders."""


@op.post(
    "/own-numbers/verifications",
    title="Send code to own number",
    effect=Effect.SEND,
    unpriced="ClickSend does not say what the message with the code costs.",
    envelope=False,
)
def own_numbers_request_otp(
    phone_number: t.Phone, label: t.OwnNumberLabel | None = None, country: t.CountryCode | None = None
) -> s.OwnNumberVerification:
    """Add a phone of yours: a code is sent to it, which verifies that it is yours."""


@op.post(
    "/own-numbers/verifications/{verification_id}/verify",
    title="Verify own number",
    effect=Effect.WRITE,
    envelope=False,
)
def own_numbers_verify_otp(
    verification_id: t.VerificationId,
    code: t.VerificationCode,
    phone_number: t.Phone,
    country: t.CountryCode | None = None,
) -> s.OwnNumberVerification:
    """Enter the code that was sent to a phone of yours. Only a few attempts are allowed."""


@op.get("/senders/default-senders", title="Default senders", cursor="offset")
def default_senders_list(
    sort_by: t.SortBy | None = None,
    sort_direction: t.SortDirection | None = None,
    offset: t.Offset | None = None,
    per_page: t.CursorPageSize | None = None,
) -> s.DefaultSenders:
    """What messages come from that name no sender, country by country."""


@op.post("/senders/default-senders", title="Create default sender", effect=Effect.WRITE)
def default_senders_create(
    country_code: t.CountryCode,
    default_sender_strategies: t.Strategies[s.Strategy],
    product_type: t.Product = t.ProductKind.SMS,
) -> s.DefaultSender:
    """Say what messages to a country come from when they name no sender."""


@op.get("/senders/default-senders/{default_sender_id}", title="One default sender")
def default_senders_get(default_sender_id: t.DefaultSenderId) -> s.DefaultSender:
    """What messages to one country come from when they name no sender."""


@op.patch("/senders/default-senders/{default_sender_id}", title="Update default sender", effect=Effect.WRITE)
def default_senders_update(
    default_sender_id: t.DefaultSenderId, default_sender_strategies: t.Strategies[s.Strategy]
) -> s.DefaultSender:
    """Change what messages to a country come from when they name no sender."""


@op.delete(
    "/senders/default-senders/{default_sender_id}",
    title="Delete default sender",
    loses="Messages that name no sender come from whatever ClickSend chooses.",
)
def default_senders_delete(default_sender_id: t.DefaultSenderId) -> None:
    """Let ClickSend choose the sender of messages to a country again."""


@op.get("/senders/compliant-sender-types", title="Allowed sender types")
def compliant_sender_types(
    product_type: t.FilteredProduct, country_codes: t.FilteredCountries = None
) -> s.CompliantSenders:
    """Which kinds of sender the countries allow. Without countries: all of them."""
