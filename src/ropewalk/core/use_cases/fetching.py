"""Fetch published files. The network itself is a port that the caller brings."""

from ropewalk.core.open_data.addresses import Page, plan, read_list
from ropewalk.core.open_data.fetching import FetchReport, fetch_all

__all__ = ["FetchReport", "Page", "fetch_all", "plan", "read_list"]
