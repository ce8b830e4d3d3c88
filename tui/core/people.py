"""People at consoles: "ana@desk" inside, the name alone where everybody works on the same machine."""

from __future__ import annotations


def short_name(who: str, me: str) -> str:
    """How `me` reads the name of a person: without the machine if it is the same one."""
    name, _, machine = who.partition("@")
    return name if machine == me.partition("@")[2] else who


def full_name(typed: str, me: str) -> str:
    """The person whom `me` means: a name without a machine is one on this machine."""
    name = typed.strip().removeprefix("@")
    machine = me.partition("@")[2]
    return name if "@" in name or not machine else f"{name}@{machine}"
