"""A made-up place: plausible figures of places that do not exist, in the layouts of real publications."""

from ropewalk.core.synth.place import make_up_published_files

__all__ = ["make_up_published_files"]
