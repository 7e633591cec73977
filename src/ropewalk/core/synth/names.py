"""Names of made-up schools and trusts. None is taken from a register; an invented name may still exist somewhere."""

from __future__ import annotations

from random import Random

# fmt: off
_STARTS = (
    "Alder", "Amber", "Anchor", "Arrow", "Barrow", "Beacon", "Birch", "Bramble", "Briar", "Brindle", "Cinder",
    "Clover", "Copper", "Cricket", "Cygnet", "Dapple", "Ember", "Fallow", "Feather", "Fiddle", "Flint", "Foxglove",
    "Gannet", "Garnet", "Gorse", "Hazel", "Heron", "Hollow", "Juniper", "Kestrel", "Lantern", "Larch", "Linnet",
    "Mallow", "Marigold", "Meadow", "Nettle", "Otter", "Pebble", "Plover", "Quill", "Rowan", "Saffron", "Sorrel",
    "Swallow", "Tansy", "Thistle", "Willow",
)
_ENDS = (
    "bank", "beck", "bourne", "bridge", "brook", "cliffe", "combe", "cote", "croft", "dale", "den", "edge", "fell",
    "field", "garth", "gate", "holme", "hurst", "leigh", "mead", "moor", "ridge", "stead", "thorpe",
)
# fmt: on
_SAINTS = ("Saint Example", "Saint Nobody", "Saint Sample", "Saint Placeholder")
# fmt: off
_TRUST_WORDS = (
    "Bowline", "Capstan", "Cordage", "Fathom", "Halyard", "Hawser", "Lanyard", "Marlin", "Mooring", "Rigging",
    "Sheepshank", "Splice", "Strand", "Tiller", "Windlass", "Yarn",
)
# fmt: on
_TRUST_KINDS = ("Academies Trust", "Learning Trust", "Multi Academy Trust", "Schools Partnership")
_BY_PHASE = {
    "primary": ("Primary School", "Community Primary School", "Primary Academy", "Junior and Infant School"),
    "secondary": ("High School", "School", "Community College", "Academy"),
    "special": ("Special School", "Lodge School"),
    "alternative": ("Centre", "Bridge Centre"),
}


def school_names(rng: Random) -> list[str]:
    """Every first part of a school's name, shuffled: take one for each school so that no two are alike."""
    found = [start + end for start in _STARTS for end in _ENDS]
    rng.shuffle(found)
    return found


def school_name(rng: Random, first: str, phase: str, *, church: bool) -> str:
    """Full name of a school of a phase; church schools carry a saint who does not exist."""
    kind = rng.choice(_BY_PHASE[phase])
    return f"{rng.choice(_SAINTS)}'s {first} Church of England {kind}" if church else f"{first} {kind}"


def trust_names(rng: Random, count: int) -> list[str]:
    """Different names of trusts; each says that it is made up."""
    found = [f"{word} {kind} (made up)" for word in _TRUST_WORDS for kind in _TRUST_KINDS]
    return rng.sample(found, count)
