"""What somebody may be allowed to do. A permission is only here when something asks for it."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing somebody may do, always at a school or a place."""

    SEE_PUBLISHED_FIGURES = "see_published_figures"
    SEE_SCHOOL_FIGURES = "see_school_figures"
    SEE_RETURNS = "see_returns"
    SEND_RETURNS = "send_returns"
    SEE_PUPILS = "see_pupils"
    SEE_COVERAGE = "see_coverage"
    REMIND_SCHOOLS = "remind_schools"
    SEE_TERMS = "see_terms"
    KEEP_TERMS = "keep_terms"
    ANSWER_TERMS = "answer_terms"
    SEE_OWN_FIRST = "see_own_first"
    CHALLENGE_FIGURES = "challenge_figures"
    PREPARE_EDITIONS = "prepare_editions"
    CHECK_EDITIONS = "check_editions"
    SEE_EDITIONS = "see_editions"
    EXPLORE_FIGURES = "explore_figures"
    SEE_PARTNERSHIP = "see_partnership"
    RUN_PARTNERSHIP = "run_partnership"
    JOIN_PARTNERSHIP = "join_partnership"
    SIGN_AGREEMENTS = "sign_agreements"
    SEE_SCHOOL_PLANS = "see_school_plans"
    WRITE_SCHOOL_PLANS = "write_school_plans"
    APPROVE_SCHOOL_PLANS = "approve_school_plans"
    BOOK_SURGERY = "book_surgery"
    ANSWER_DILIGENCE = "answer_diligence"

    @property
    def words(self) -> str:
        """What one may do, as it follows “may”."""
        return _WORDS[self]


# What shows single pupils, or counts so small that they tell on them.
OF_PUPILS = frozenset(
    {
        *(Permission.SEE_SCHOOL_FIGURES, Permission.SEE_RETURNS, Permission.SEND_RETURNS, Permission.SEE_PUPILS),
        Permission.SEE_OWN_FIRST,
    }
)

# What looking after the site gives no right to: nobody but the head speaks for a school.
NOT_FOR_ADMINISTRATORS = frozenset(
    {
        *(Permission.ANSWER_TERMS, Permission.CHALLENGE_FIGURES),
        *(Permission.JOIN_PARTNERSHIP, Permission.SIGN_AGREEMENTS),
        *(Permission.WRITE_SCHOOL_PLANS, Permission.APPROVE_SCHOOL_PLANS),
        *(Permission.BOOK_SURGERY, Permission.ANSWER_DILIGENCE),
    }
)

_WORDS = {
    Permission.SEE_PUBLISHED_FIGURES: "see published figures",
    Permission.SEE_SCHOOL_FIGURES: "see figures counted from a school's own returns, small numbers too",
    Permission.SEE_RETURNS: "see what a school has sent, and its receipts",
    Permission.SEND_RETURNS: "send returns for a school",
    Permission.SEE_PUPILS: "see lines that name pupils of a school",
    Permission.SEE_COVERAGE: "see which schools of a place have sent what",
    Permission.REMIND_SCHOOLS: "remind schools of what is missing",
    Permission.SEE_TERMS: "read the terms on which schools share, and what a school answered",
    Permission.KEEP_TERMS: "draft the terms of a place, put them in force, and see who has answered",
    Permission.ANSWER_TERMS: "accept terms for a school, in full or in part, and withdraw",
    Permission.SEE_OWN_FIRST: "see a school's own figures before an edition is released, small numbers too",
    Permission.CHALLENGE_FIGURES: "say for a school that its figures are right, or challenge them",
    Permission.PREPARE_EDITIONS: "make editions of a place, answer challenges, release them",
    Permission.CHECK_EDITIONS: "check an edition of a place before it is released",
    Permission.SEE_EDITIONS: "see released figures of a place's schools, as partners see them",
    Permission.EXPLORE_FIGURES: "ask own questions of a place's figures, answered in rounded counts",
    Permission.SEE_PARTNERSHIP: "see who belongs to the partnership of a place, its bodies, agreements, money, plans",
    Permission.RUN_PARTNERSHIP: "keep the bodies, agreements, money and plans of a place's partnership",
    Permission.JOIN_PARTNERSHIP: "decide for a school that it joins the partnership of its place, or leaves it",
    Permission.SIGN_AGREEMENTS: "sign agreements for one's own organisation, and say how they are kept",
    Permission.SEE_SCHOOL_PLANS: "see a school's self-evaluation, needs and plans, drafts too",
    Permission.WRITE_SCHOOL_PLANS: "write a school's self-evaluation and the drafts of its plans",
    Permission.APPROVE_SCHOOL_PLANS: "approve a school's plans, ask others to look, share its needs",
    Permission.BOOK_SURGERY: "book a slot of a surgery for one's own school, and give it back",
    Permission.ANSWER_DILIGENCE: "read what due diligence found of one's own school or trust, and answer it",
}
