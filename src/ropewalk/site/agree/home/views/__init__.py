"""Pages: the first one, and how often somebody is reminded."""
