"""What a plan keeps. Nothing is deleted: what goes is struck out, and every change is a row of its own."""

from ropewalk.site.agree.plan.models.items import Evidence, Item
from ropewalk.site.agree.plan.models.kpis import Kpi, Typed
from ropewalk.site.agree.plan.models.origins import Origin
from ropewalk.site.agree.plan.models.plans import Assent, Change, Plan
from ropewalk.site.agree.plan.models.targets import Answer, Proposal

__all__ = ["Answer", "Assent", "Change", "Evidence", "Item", "Kpi", "Origin", "Plan", "Proposal", "Typed"]
