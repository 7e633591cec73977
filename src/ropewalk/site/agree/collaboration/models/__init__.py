"""What is kept of collaboration. Nothing is deleted or changed: what was said stays said."""

from ropewalk.site.agree.collaboration.models.counting import WhatCounts
from ropewalk.site.agree.collaboration.models.help import CameOfIt, Help, HelpAnswer
from ropewalk.site.agree.collaboration.models.practice import Practice, TakenUp

__all__ = ["CameOfIt", "Help", "HelpAnswer", "Practice", "TakenUp", "WhatCounts"]
