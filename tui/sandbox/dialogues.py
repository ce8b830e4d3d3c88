"""What Acme (garden and hardware, Sydney) and its customers write to each other.

A dialogue is a block of lines: ">" goes out, "<" comes in. `{first}`, `{order}`, `{day}`, `{time}`,
`{item}` and `{street}` are filled for each customer.
"""

from __future__ import annotations

from typing import NamedTuple

_ITEMS = (
    *("raised garden bed", "pressure washer", "lemon tree", "cordless mower", "pizza oven", "compost bin"),
    *("water tank", "hedge trimmer", "hose reel", "garden bench", "worm farm", "brush cutter", "bird bath"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_TIMES = ("9 am", "9:30 am", "10 am", "11:15 am", "12 noon", "1:30 pm", "2 pm", "3:45 pm", "4:30 pm")
_STREETS = ("Illawarra Rd", "King St", "Addison Rd", "Marrickville Rd", "Enmore Rd", "Crown St", "Bondi Rd")


class Line(NamedTuple):
    """One message of a dialogue; `text` has slots to fill."""

    outbound: bool
    text: str


Dialogue = tuple[Line, ...]


def slots(first_name: str, number: int) -> dict[str, str]:
    """What fills the slots of the dialogue with this number."""
    return {
        "first": first_name,
        "order": f"AC{10_000 + number * 37 % 90_000}",
        "day": _DAYS[number % len(_DAYS)],
        "time": _TIMES[number // 5 % len(_TIMES)],
        "item": _ITEMS[number // 3 % len(_ITEMS)],
        "street": f"{3 + number * 7 % 210} {_STREETS[number // 2 % len(_STREETS)]}",
    }


def _dialogues(script: str) -> tuple[Dialogue, ...]:
    return tuple(
        tuple(Line(line.startswith(">"), line[2:]) for line in block.splitlines())
        for block in script.strip().split("\n\n")
    )


SHORT = _dialogues("""
> Hi {first}, your {item} is ready to collect from Acme Marrickville. Open until 5:30 pm, order {order}.
< Thanks, I'll come by {day} after work
> Perfect, see you then. Just give your name at the counter.
< 👍

> Acme: your delivery {order} is booked for {day} between 8 am and noon. Reply Y to confirm or N to change.
< Y
> Great, thanks {first}. The driver will text 20 minutes before arriving.
< Could you leave it behind the side gate please

> Hi {first}, this is Acme. The {item} you asked about is back in stock. Want us to hold one?
< Yes please! How long can you hold it?
> Until {day} at {time}. No deposit needed.
< Legend, thank you

< Hi, do you have the {item} in stock?
> Hi {first}, yes we have three left in Marrickville. Shall I put one aside?
< Please do. I can pick it up {day}
> Done. It is under your name.

> Hi {first}, reminder: your workshop at Acme is on {day} at {time}. Please reply C to confirm.
< C
> Thanks, you are confirmed. Bring gloves and a hat.
< Will do, see you there

> Acme service: your {item} has been repaired and tested. Total A$86.50. Ready from {time} today.
< Excellent, that was quick
> Happy to help. We kept the old part if you want it.
< No need, bin it please

< Is anyone coming today? I was told {time}
> Sorry {first}, the driver is stuck on Parramatta Rd. New arrival is in about 40 minutes.
< ok no worries, I'm home all day
> Thanks for your patience.

> Hi {first}, how did we do with order {order}? Reply 1 (poor) to 5 (great).
< 5
> Thank you! Anything that we could do better?
< Nope, the young guy at the counter was super helpful

< Hey, can I move my delivery from {day} to next week?
> No problem {first}. Next {day} at {time}?
< That works
> Moved. You will get a reminder the day before.

> {first}, your quote for the retaining wall at {street} is ready: A$2,480 incl. GST. Valid 30 days.
< Does that include removing the old sleepers?
> Yes, removal and tip fees are included.
< Great. I'll talk to my partner and get back to you

< Hi there, what time do you close on {day}?
> Hi {first}, 5:30 pm, and 4 pm on Sundays.
< Thanks
> You are welcome.

> Hi {first}, we could not deliver {order}: nobody was home. Shall we try again {day}?
< Sorry about that! {day} is fine, after {time} if possible
> Booked for {day} after {time}.
< Thank you 🙏

< My {item} arrived with a broken handle
> Oh no, sorry {first}. Could you reply with your order number?
< It's {order}
> Thank you. A replacement leaves today, and you can keep the damaged one for parts.

> Hi {first}, your gift card from Acme (A$50) expires at the end of the month. Use it in store or online.
< Oh I forgot about that one, thanks for the reminder
> Any time. Have fun spending it!
< 😀

> Acme: we are on our way to {street} and should be there around {time}.
< The dog is friendly but please close the gate
> Noted, we will.
< Cheers

< Do you ship to Auckland? I need a {item}
> Hi {first}, we do. Freight is A$38 and it takes about 6 days.
< OK, I'll order online tonight
> Great, use code KIWI for 10% off.
""")
"""Four lines each: the archive counts on that."""

LONG = _dialogues("""
> Hi {first}, it is Priya from Acme. Your {item} arrived this morning, order {order}.
< Oh nice! When can you deliver?
> We have {day} at {time} or any time on Saturday.
< {day} at {time} is good. We're at {street}, the house with the red door
> Lovely. Two of our team will carry it in, so please keep the side path clear.
< Will do. Do they take away the packaging?
> They do, no extra cost.
< Perfect, thanks Priya

< Hi Acme, I'm after advice. My lemon tree is dropping all its leaves
> Hi {first}, is the soil wet or dry about 5 cm down?
< Quite wet. It's been raining all week
> Then it is probably wet feet. Stop watering and lift the pot on feet so that it drains.
< And feed it?
> Not yet. Wait until you see new leaves, then a little citrus food every 6 weeks.
< You're a lifesaver, thanks!

> Hi {first}, your account with Acme shows invoice {order} (A$312.40) due last {day}. Has it been paid?
< Hi, yes I paid it on the weekend by bank transfer
> Thanks, I will check with accounts.
> Found it, sorry for the bother. Receipt is on its way to your email.
< No worries at all

< hi is this acme?
> Hi, yes it is. How can we help?
< I found your courier's scanner on our nature strip at {street}
> Oh wow, thank you so much! Can we send someone to collect it today?
< Sure, I'm here until {time}
> Thank you {first}. There will be a voucher in it for you.
< Haha no need but thank you

> Hi {first}, the landscaping crew can start at {street} on {day} at {time}. Rain date is the week after.
< Great! Do I need to move the cars?
> Please keep the driveway free from 7 am to 3 pm.
< OK. And the water will be off?
> Only for about an hour in the morning.
< Fine by me. Kids are excited about the mud

< Can I return a {item}? Bought it two weeks ago, order {order}
> Hi {first}, of course, within 60 days. Is it still in the box?
< Opened but never used
> That is fine. Bring it to any store with the receipt or this message.
< Brilliant, thanks

> Acme: {first}, you won second prize in our spring photo competition!
< No way!! What did I win?
> A {item} and a A$100 voucher. When would you like to collect them?
< {day} around {time}? I'm so happy
> See you then, and congratulations!
""")

WAITING = _dialogues("""
> Hi {first}, your {item} is ready to collect from Acme Marrickville, order {order}.
< I'm overseas until the 14th, can my brother pick it up?
< His name is Sam

> Acme: your delivery {order} is booked for {day} between 8 am and noon. Reply Y to confirm or N to change.
< N
< Could you do the afternoon instead? I start work at 6

< Hello, I ordered a {item} ({order}) 10 days ago and haven't heard anything. Where is it?

> Hi {first}, how did we do with order {order}? Reply 1 (poor) to 5 (great).
< 2. The plants were great but two pots were cracked and nobody called me back

> {first}, your quote for the deck at {street} is ready: A$6,150 incl. GST. Valid 30 days.
< Thanks. Is there any room to move on price if we do the staining ourselves?

> Hi {first}, reminder: your workshop at Acme is on {day} at {time}. Please reply C to confirm.
< Can I bring my daughter? She's 9 and mad about worms

< Do you sell gift cards by text? Need one by {day} 🎁

> Hi {first}, the crew is booked for {day} at {time}.
< Thank you
> You are welcome.
< Sorry, one more thing: do they need the gate code? And does someone have to be home?

< Quick question - is the {item} safe around dogs?

> Acme service: your {item} has been repaired and tested. Total A$86.50.
< That's more than the A$60 you quoted me on the phone. Can someone call me?

< Hi, is the Marrickville shop open on the public holiday?

> Hi {first}, we could not deliver {order}: nobody was home. Shall we try again {day}?
< I WAS home. All day. Your driver never rang the bell. Please call me on this number
""")
"""These end with a message from the customer that nobody has answered."""

EMOJI = _dialogues("""
> Hi {first}, your worm farm has arrived! 🪱🌱 Collect it any time this week.
< Yesss 🎉🎉 the kids can't wait 👨‍👩‍👧‍👦
> Haha, worms travel well but please come before {day} 😄
< On our way 🚗💨
""")[0]

UNICODE = _dialogues("""
> Kia ora {first} — kua tae mai tō oda {order}. Ka taea te tiki atu i te Rāapa, te Rāpare rānei, mai i te \
9 o te ata ki te 5 o te ahiahi. Haria mai tētahi tohu tuakiri, ā, me waea mai mēnā he pātai āu. “Ngā mihi \
nui” nā te whānau o Acme… We look forward to seeing you: parking is behind the shop, entrance on the left.
< Tēnā koe! Ka haere mai au ā te Rāapa 😊
""")[0]

STOP = _dialogues("""
> Acme: spring sale, 20% off everything green this weekend. Reply STOP to opt out.
< STOP
""")[0]

FAILED = _dialogues("""
> Hi {first}, your {item} is ready to collect from Acme Marrickville, order {order}.
""")[0]

UNSOLICITED = (
    "Hi, is my order {order} ready yet?",
    "Do you have any {item}s left?",
    "Running about 15 minutes late for my {time} pick up, sorry!",
    "Thanks for the great service on {day} 😀",
    "Can someone call me about my quote please?",
    "What are your opening hours on {day}?",
    "Hi, can I change my delivery to {day} at {time}?",
    "The {item} is perfect, thank you so much!",
    "Is the driver far away? I have to leave at {time}",
    "Do you deliver to {street}?",
    "Hello, I think you charged me twice for {order}",
    "Wrong colour was delivered, the order says green. Can I swap it?",
    "Are the tomato seedlings in yet?",
    "Can I still book the {day} workshop? Two people",
    "Could you send me the invoice for {order} again?",
    "Yes that price is fine, please go ahead",
    "Hi it's {first}, I left my umbrella at the shop. Blue one",
    "Does the {item} come assembled?",
    "Please cancel my order {order}, found one closer to home",
    "What's the warranty on the {item}?",
    "Gate code is 4417, dog is inside",
    "Is there parking at the Marrickville shop?",
    "My wife says thank you for the herbs 🌿",
    "Any chance of an earlier delivery?",
)

_REPLIES = (
    (
        ("?", "book", "when", "time", "day"),
        ("Yes, that works for me", "Can we make it a bit later?", "Sure 👍"),
    ),
    (("thank", "welcome", "cheers"), ("No worries!", "Thank you!", "😊")),
    (("sorry", "delay", "late"), ("That's ok, thanks for letting me know", "No problem", "Again?? Ok")),
    (
        ("ready", "collect", "pick up", "order"),
        ("Great, I'll be there this afternoon", "Thanks! Open till when?"),
    ),
    (("sale", "off", "offer", "deal"), ("Does it include trees?", "Nice! See you Saturday", "Which stores?")),
    (("",), ("Ok thanks", "Got it, thank you", "Great", "Who is this?", "Thanks for that")),
)


def replies_to(body: str) -> tuple[str, ...]:
    """What a person could answer to this message."""
    text = body.lower()
    for words, answers in _REPLIES:
        for word in words:
            if word in text:
                return answers
    raise AssertionError
