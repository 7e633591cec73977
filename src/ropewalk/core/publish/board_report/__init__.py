"""A board report: one content, drawn as a page, as PDF and as slides."""
