"""The network side of fetching: what ``ropewalk fetch`` hands to the core as its port."""
