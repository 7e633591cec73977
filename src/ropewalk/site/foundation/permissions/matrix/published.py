"""Published figures: for everybody, without signing in."""

from ropewalk.site.foundation.permissions.matrix.thing import Need, Thing, published

FIGURE = "place={code}&measure=persistent_absence&phase=all&group=all&period={published}"

THINGS = (
    published("scorecard:find"),
    published("scorecard:place"),
    published("scorecard:data-book", download=True),
    published("scorecard:workbook", download=True),
    published("scorecard:slides", download=True),
    published("scorecard:place-figures", download=True),
    published("scorecard:measure"),
    published("scorecard:measure-csv", download=True),
    published("scorecard:measure-xlsx", download=True),
    published("scorecard:chart-image"),
    published("scorecard:chart-spec"),
    published("scorecard:figure", query=FIGURE),
    published("scorecard:measures"),
    published("scorecard:sources"),
    published("scorecard:schools"),
    published("scorecard:schools-file", download=True),
    published("scorecard:funnel"),
    published("scorecard:funnel-file", download=True),
    published("scorecard:funnel-image"),
    published("scorecard:funnel-spec"),
    published("scorecard:school-search"),
    published("scorecard:school"),
    published("scorecard:school-file", download=True),
    published("scorecard:neighbours"),
    published("scorecard:neighbours-file", download=True),
    published("scorecard:compare", query="place={code}&place={other}"),
    published("scorecard:compare-file", query="place={code}&place={other}", download=True),
    published("api-v1:api-root"),
    published("api-v1:openapi-json"),
    published("api-v1:places"),
    published("api-v1:schools"),
    published("api-v1:measures"),
    published("api-v1:figures", query="place={code}"),
    Thing("foundation:about-the-figures", Need.NOTHING),
    Thing("foundation:accessibility", Need.NOTHING),
    Thing("foundation:health", Need.NOTHING),
)
