"""Who needs help: one file for each source."""

from ropewalk.site.agree.home.lines import sources

SOURCES = sources(__name__, __path__)
