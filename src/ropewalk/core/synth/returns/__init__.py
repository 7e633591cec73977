"""A made-up place as the returns of its schools: five kinds of file about children nobody is."""

from ropewalk.core.synth.returns.place import PlaceWanted, make_up_returns

__all__ = ["PlaceWanted", "make_up_returns"]
