"""What the actions of kept files are called where the audit log is told."""

from ropewalk.site.foundation.audit.looks import DEEDS

KEPT, DELETED, TAKEN = "papers:kept", "papers:deleted", "papers:taken"

DEEDS.update({KEPT: "a file: put here", DELETED: "a file: deleted", TAKEN: "a file"})
