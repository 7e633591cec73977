"""A school's plans as Word files and a spreadsheet, as the pages show them."""

from django.utils import timezone

from ropewalk.core.publish.word_files import WordFile
from ropewalk.site.agree.school_plans.models import Action, Support
from ropewalk.site.agree.school_plans.selectors.claims import EvaluationPage
from ropewalk.site.agree.school_plans.selectors.plans import PlanPage, PriorityBlock
from ropewalk.site.agree.school_plans.selectors.spending import SpendingPage
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.sheets import Sheet, workbook

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACTIONS = ("Action", "Who", "From", "Due", "Cost", "Status", "How it stands")
SUPPORT = ("Support", "From whom", "Hours", "From", "Until")


def support_from(one: Support) -> str:
    """From whom support came: ``A college (Ada)``."""
    name = one.organisation.name if one.organisation else ""
    return f"{name} ({one.who})" if name and one.who else name or one.who


def _begun(title: str) -> WordFile:
    out = WordFile(title, day=timezone.localdate())
    out.heading(title)
    return out


def evaluation_word(found: EvaluationPage, school: str) -> bytes:
    """The self-evaluation as a Word file."""
    out = _begun(f"Self-evaluation of {school}")
    for area, lines in found.areas:
        out.heading(area.words, 2)
        if not lines:
            out.text("Nothing is said here yet.")
        for line in lines:
            out.text(f"{line.version.words}\nThe school’s judgement: {line.version.judged.words}.")
            for shown in line.evidence:
                said = (shown.read.words if shown.read else "", shown.row.address, shown.row.words)
                out.text(f"Evidence: {'. '.join(filter(None, said))}")
            for one in line.validations:
                if one.verdict:
                    out.text(f"{one.asked.name}, of version {one.version.number}: {one.verdict.words}. {one.words}")
    return out.bytes()


def plan_word(found: PlanPage, school: str) -> bytes:
    """The plan as a Word file."""
    plan = found.plan
    out = _begun(f"{plan.title}: {school}")
    approved = ""
    if plan.approved_at and plan.approved_by:
        approved = f", approved by {plan.approved_by.name} on {long_date(timezone.localtime(plan.approved_at).date())}"
    out.text(f"{plan.stage.words.capitalize()}{approved}.{f' Chair of governors: {plan.chair}.' if plan.chair else ''}")
    for block in found.blocks:
        _priority(out, block)
    out.text(f"All actions together cost {found.cost}." if found.cost else "")
    out.heading("What was changed", 2)
    changed = [(_moment(one.at), one.words, one.by.name) for one in found.changes]
    out.table(("Day", "Change", "By"), changed)
    return out.bytes()


def _moment(at: object) -> str:
    return long_date(timezone.localtime(at).date())  # type: ignore[arg-type]


def _priority(out: WordFile, block: PriorityBlock) -> None:
    one = block.priority
    out.heading(f"Priority {one.number}: {one.words}", 2)
    for _, words in block.claims:
        out.text(f"Rests on: {words}")
    if one.objective:
        out.text(f"Belongs to the objective of {one.objective.plan.place.name}: {one.objective.words}")
    out.text(f"Expected change: {one.expected}" if one.expected else "")
    if block.measured:
        said = block.measured
        begins = f"{said.baseline} ({said.baseline_source})"
        out.text(f"{said.title}. Begins: {begins}. Now: {said.now}. To reach: {said.target}.")
        out.text(f"{said.judged.verdict.capitalize()}. {said.judged.because}")
    if block.actions:
        out.table(ACTIONS, [(*_action(line.action), *_last(line.cost, line.action)) for line in block.actions])
    if block.support:
        out.table(SUPPORT, [_support(help_) for help_ in block.support])


def _action(one: Action) -> tuple[str, ...]:
    owner = one.owner.name if one.owner else ""
    return one.words, owner, long_date(one.begins) if one.begins else "", long_date(one.due) if one.due else ""


def _last(cost: str, one: Action) -> tuple[str, ...]:
    return cost, one.standing.words, one.note


def _support(one: Support) -> tuple[str, ...]:
    until = long_date(one.until) if one.until else ""
    return one.words, support_from(one), "" if one.hours is None else str(one.hours), long_date(one.begins), until


def plan_sheet(found: PlanPage) -> bytes:
    """The plan as a spreadsheet: actions, support, changes. Texts stay texts."""
    titled = [(f"{one.priority.number}. {one.priority.words}", one) for one in found.blocks]
    priorities = [(words, *_measured(one)) for words, one in titled]
    actions = [
        (words, *_action(line.action), *_last(line.cost, line.action)) for words, one in titled for line in one.actions
    ]
    support = [(words, *_support(help_)) for words, one in titled for help_ in one.support]
    changes = [(_moment(one.at), one.words, one.by.name) for one in found.changes]
    heads = ("Priority", "Expected", "Measure", "Begins", "Now", "To reach", "Standing")
    return workbook(
        (
            Sheet("Priorities", heads, priorities),
            Sheet("Actions", ("Priority", *ACTIONS), actions),
            Sheet("Support", ("Priority", *SUPPORT), support),
            Sheet("Changes", ("Day", "Change", "By"), changes),
        )
    )


def _measured(block: PriorityBlock) -> tuple[str, ...]:
    said = block.measured
    rest = (said.title, said.baseline, said.now, said.target, str(said.judged.verdict)) if said else ("",) * 5
    return block.priority.expected, *rest


def spending_word(found: SpendingPage, school: str) -> bytes:
    """The disadvantage plan as a Word file."""
    plan = found.spending
    out = _begun(f"Disadvantage plan {plan.year}: {school}")
    out.text(f"Pupil premium: {found.amount}, {found.per_pupil}. Source of the number: {plan.source}.")
    out.text(f"{plan.stage.words.capitalize()}. {found.sums.words}")
    for block in found.blocks:
        out.heading(f"Challenge {block.challenge.number}: {block.challenge.words}", 2)
        rows = [
            (
                f"{line.choice.title}. {line.choice.words}",
                line.cost,
                ". ".join(filter(None, (line.choice.evidence, line.choice.evidence_source, line.choice.address))),
                f"{line.choice.outcome}{f' ({line.measure})' if line.measure else ''}",
            )
            for line in block.choices
        ]
        if rows:
            out.table(("Choice", "Cost", "What is known of it", "What is to change"), rows)
    if plan.review:
        out.heading("Review", 2)
        out.text(plan.review)
    return out.bytes()
