"""The store as faces see it: a folder, and a reader of its live generation."""

from ropewalk.core.open_data.reading import Edition, Reader, School
from ropewalk.core.open_data.store import Store

__all__ = ["Edition", "Reader", "School", "Store"]
