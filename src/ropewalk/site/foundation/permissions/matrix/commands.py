"""Commands: for whoever may run programs on the machine and read its store. They ask for no sign-in."""

from ropewalk.site.foundation.permissions.matrix.thing import Job

PUBLISHED, PUPILS = "published figures", "what schools have sent, pupils too"
ACCOUNTS, NOTHING = "accounts, organisations and places", "nothing but the files it is given"

JOBS = (
    Job("account", ACCOUNTS),
    Job("administrator", ACCOUNTS),
    Job("audit verify", ACCOUNTS),
    Job("bench", NOTHING),
    Job("data-book", PUBLISHED),
    Job("demo", "a made-up place of its own"),
    Job("disclosure audit", NOTHING),
    Job("disclosure check-certificates", NOTHING),
    Job("disclosure protect", NOTHING),
    Job("fetch", PUBLISHED),
    Job("figures", PUPILS),
    Job("identity rotate-key", PUPILS),
    Job("invite", ACCOUNTS),
    Job("measures", NOTHING),
    Job("open-data import", PUBLISHED),
    Job("open-data list", PUBLISHED),
    Job("place bring-in", ACCOUNTS),
    Job("place make", ACCOUNTS),
    Job("place show", ACCOUNTS),
    Job("places", PUBLISHED),
    Job("progress-scores", PUPILS),
    Job("retention run", PUPILS),
    Job("returns check", PUPILS),
    Job("returns link confirm", PUPILS),
    Job("returns link find", PUPILS),
    Job("returns link list", PUPILS),
    Job("returns link reject", PUPILS),
    Job("returns link undo", PUPILS),
    Job("returns list", PUPILS),
    Job("returns receipt", PUPILS),
    Job("returns refused", PUPILS),
    Job("returns submit", PUPILS),
    Job("returns template", NOTHING),
    Job("returns status", PUPILS),
    Job("schools", PUBLISHED),
    Job("serve", PUPILS),
    Job("slides", PUBLISHED),
    Job("synth place", NOTHING),
    Job("synth published", NOTHING),
    Job("workbook", PUBLISHED),
)
