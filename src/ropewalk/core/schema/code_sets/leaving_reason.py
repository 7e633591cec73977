"""Why a pupil left the roll, in words of our own: no national list is set down for it.

Home education and missing education are reasons of their own since the registration regulations of August 2024.
"""

from __future__ import annotations

from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

CODE_SET = CodeSet(
    id="leaving_reason",
    title="Reasons for leaving",
    source="Ropewalk returns",
    codes=(
        Code("END", "End of the phase or of compulsory schooling"),
        Code("MOV", "Family moved"),
        Code("OTH", "Moved to another school"),
        Code("MAN", "Managed move"),
        Code("PEX", "Permanently excluded"),
        Code("EHE", "Educated at home"),
        Code("CME", "Missing education: destination not known"),
        Code("SPE", "Placed in a special school or alternative provision"),
        Code("ABR", "Left England"),
        Code("DIE", "Died"),
        Code("UNK", "Not known"),
    ),
)
