"""Pages of workstreams."""
