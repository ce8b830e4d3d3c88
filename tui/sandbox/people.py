"""Who Acme's customers are: names, numbers that look real, and what a number's last digits mean.

Numbers that end in 99 cannot be reached and fail; those ending in 98 never report a final state; a person
whose number ends in 97 answers STOP. Every other number works.
"""

from __future__ import annotations

from typing import NamedTuple

_FIRST = (
    *(
        "Aisha",
        "Liam",
        "Mei",
        "Oliver",
        "Priya",
        "Jack",
        "Fatima",
        "Noah",
        "Linh",
        "Charlotte",
        "Kofi",
        "Isla",
    ),
    *(
        "Diego",
        "Amelia",
        "Hana",
        "William",
        "Leilani",
        "Ethan",
        "Ngozi",
        "Grace",
        "Arjun",
        "Matilda",
        "Yusuf",
    ),
    *(
        "Ruby",
        "Tomasz",
        "Sophie",
        "Tane",
        "Chloe",
        "Omar",
        "Harper",
        "Wei",
        "Lucas",
        "Aroha",
        "Ella",
        "Sanjay",
    ),
    *("Zara", "Mateo", "Evie", "Kwame", "Freya", "Hiroshi", "Poppy", "Giulia", "Archie", "Noor", "Callum"),
    *("Anika", "Theo", "Soraya", "Finn", "Talia", "Marcus"),
)
_LAST = (
    *("Nguyen", "Smith", "Patel", "Wilson", "Chen", "O'Brien", "Kowalski", "Williams", "Singh", "Tamihana"),
    *("Brown", "Haddad", "Jones", "Okafor", "Taylor", "Rossi", "Kaur", "Martin", "Papadopoulos", "Anderson"),
    *(
        "Garcia",
        "White",
        "Tanaka",
        "Thompson",
        "Mensah",
        "Walker",
        "Ali",
        "Harris",
        "Fernandez",
        "Lee",
        "Ryan",
    ),
    *("Schneider", "Campbell", "Yilmaz", "Edwards", "Costa", "Murphy", "Ito", "Hughes", "Petrov", "Kelly"),
)
_COMPANIES = (
    *("Harbour Cafe", "Newtown Physio", "Bluegum Childcare", "Inner West Plumbing", "Saltbush Landscapes"),
    *("Kirra Surf School", "Tui & Co Architects", "Northside Vets", "Golden Wattle Bakery", "Yarra Strata"),
)
_CITIES = {
    "AU": (("Marrickville", "NSW", "2204"), ("Newtown", "NSW", "2042"), ("Brunswick", "VIC", "3056")),
    "NZ": (("Auckland", "AUK", "1010"), ("Wellington", "WGN", "6011"), ("Nelson", "NSN", "7010")),
    "US": (("Portland", "OR", "97205"), ("Austin", "TX", "78701"), ("San Diego", "CA", "92101")),
    "GB": (
        ("Bristol", "Avon", "BS1 4DJ"),
        ("Leeds", "West Yorkshire", "LS1 3AB"),
        ("Bath", "Somerset", "BA1 1LZ"),
    ),
}
_COUNTRIES = ("AU", "AU", "AU", "NZ", "AU", "AU", "US", "AU", "GB", "AU")
_AREA_CODES = (503, 512, 619, 206, 312, 415, 617, 720, 303, 404, 602, 702, 813, 919, 971)


class Person(NamedTuple):
    """A customer. `number` is E.164."""

    first_name: str
    last_name: str
    number: str
    country: str

    @property
    def email(self) -> str:
        """An address that belongs to nobody."""
        name = f"{self.first_name}.{self.last_name}".lower().replace("'", "")
        return f"{name}@example.com"


def person(index: int, shift: int = 0) -> Person:
    """The customer with this index, always the same; distinct indexes have distinct numbers."""
    mixed = index * 7 + shift
    first = _FIRST[mixed % len(_FIRST)]
    last = _LAST[(mixed // len(_FIRST) * 3 + index) % len(_LAST)]
    return Person(first, last, _number(index), _country(index))


def index_of(number: str) -> int | None:
    """The index of the customer with this number; None if it is nobody's."""
    for series in _SERIES.values():
        place = series.place(number)
        if place is not None:
            inverse: int = pow(series.factor, -1, series.size)
            index = (place - _OFFSET) * inverse % series.size
            return index if _number(index) == number else None
    return None


def contact_fields(who: Person, index: int) -> dict[str, str | None]:
    """What Acme has noted of a customer, under ClickSend's names."""
    city, state, postcode = _CITIES[who.country][index % 3]
    return {
        "phone_number": who.number,
        "first_name": who.first_name,
        "last_name": who.last_name,
        "email": who.email if index % 3 else "",
        "organization_name": _COMPANIES[index % len(_COMPANIES)] if index % 7 == 3 else None,
        "custom_1": ("Gold", "Silver", "Bronze", "")[index % 4],
        "custom_2": "" if index % 5 else "prefers mornings",
        "address_line_1": f"{index * 7 % 180 + 1} Station Street",
        "address_city": city,
        "address_state": state,
        "address_postal_code": postcode,
        "address_country": who.country,
    }


def is_dead(number: str) -> bool:
    """Whether messages to this number fail."""
    return number.endswith("99")


def is_silent(number: str) -> bool:
    """Whether the network never reports what became of messages to this number."""
    return number.endswith("98")


def is_ordinary(number: str) -> bool:
    """Whether nothing special happens to messages to this number."""
    return not (is_dead(number) or is_silent(number) or opts_out(number))


def opts_out(number: str) -> bool:
    """Whether this person answers STOP."""
    return number.endswith("97")


class _Series(NamedTuple):
    """Numbers of one country: prefixes, digits after each, and a factor that scatters neighbours."""

    prefixes: tuple[str, ...]
    digits: int = 6
    factor: int = 70_207

    @property
    def each(self) -> int:
        """Numbers under one prefix."""
        return int("9" * self.digits) + 1

    @property
    def size(self) -> int:
        return len(self.prefixes) * self.each

    def number(self, place: int) -> str:
        prefix, rest = divmod(place, self.each)
        return f"{self.prefixes[prefix]}{rest:0{self.digits}d}"

    def place(self, number: str) -> int | None:
        prefix, rest = number[: -self.digits], number[-self.digits :]
        if prefix not in self.prefixes or not rest.isdecimal():
            return None
        return self.prefixes.index(prefix) * self.each + int(rest)


_OFFSET = 57_163
_SERIES = {
    "AU": _Series(("+61491",)),
    "NZ": _Series(("+64215",)),
    "GB": _Series(("+447400",)),
    "US": _Series(tuple(f"+1{code}555" for code in _AREA_CODES), digits=4),
}


def _country(index: int) -> str:
    return _COUNTRIES[index % len(_COUNTRIES)]


def _number(index: int) -> str:
    series = _SERIES[_country(index)]
    return series.number((index * series.factor + _OFFSET) % series.size)
