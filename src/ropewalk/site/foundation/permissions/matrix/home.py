"""The page on which everybody begins who has signed in, and reminders: each sees what is theirs."""

from ropewalk.site.foundation.permissions.matrix.thing import Need, Thing

NOT_OURS = "with what we have not signed"

THINGS = (
    Thing("home:home", Need.SIGNED_IN),
    Thing("home:letters", Need.SIGNED_IN, note="one's own reminders"),
    Thing("home:letters", Need.SIGNED_IN, method="POST", codes=(422,), note="with nothing chosen"),
    # Mail programs end reminders without signing in: what stands in the letter is signed, and does nothing else.
    Thing("home:end-letters", Need.NOTHING, codes=(404,), note=NOT_OURS),
    Thing("home:end-letters", Need.NOTHING, method="POST", codes=(404,), note=NOT_OURS),
)
