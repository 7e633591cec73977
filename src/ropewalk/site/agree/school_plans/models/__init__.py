"""What schools keep of themselves. Nothing is deleted: what goes is withdrawn or struck out."""

from ropewalk.site.agree.school_plans.models.claims import Claim, Evidence, Validation, Version
from ropewalk.site.agree.school_plans.models.needs import JointObjective, Need
from ropewalk.site.agree.school_plans.models.plans import Action, Change, Priority, PriorityClaim, SchoolPlan, Support
from ropewalk.site.agree.school_plans.models.spending import Challenge, Choice, Spending

__all__ = [
    "Action",
    "Challenge",
    "Change",
    "Choice",
    "Claim",
    "Evidence",
    "JointObjective",
    "Need",
    "Priority",
    "PriorityClaim",
    "SchoolPlan",
    "Spending",
    "Support",
    "Validation",
    "Version",
]
