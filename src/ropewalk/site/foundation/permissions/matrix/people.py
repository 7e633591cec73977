"""Roles, organisations and places: looked after by local administrators; everybody sees what they may see and why."""

from ropewalk.site.foundation.permissions.matrix.thing import Need, Thing, caretaker

THINGS = (
    caretaker("permissions:grants"),
    caretaker("permissions:give"),
    caretaker("permissions:give", "POST", (422,), note="with nothing filled in"),
    caretaker("permissions:grant"),
    caretaker("permissions:review", "POST", (302,)),
    caretaker("permissions:end", "POST", (422,), note="without a reason"),
    Thing("permissions:mine", Need.SIGNED_IN),
    caretaker("erasing:person"),
    caretaker("erasing:export", "POST"),
    caretaker("erasing:erase", "POST", (422,), note="without the word that confirms"),
    caretaker("organisations:places"),
    caretaker("organisations:bring-in", "POST", (422,), note="without a council"),
    caretaker("organisations:new"),
    caretaker("organisations:new", "POST", (422,), note="with nothing filled in"),
    caretaker("organisations:new-place"),
    caretaker("organisations:new-place", "POST", (422,), note="with nothing filled in"),
    caretaker("organisations:place"),
    caretaker("organisations:add", "POST", (422,), note="without a school"),
    caretaker("organisations:end", "POST", (422,), note="without a day"),
)
