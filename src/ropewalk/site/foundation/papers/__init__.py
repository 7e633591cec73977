"""Files that people put on the site and others take along: kept sealed, given as attachments, deleted by a person."""
