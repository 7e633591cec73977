"""The scorecard: how the children of a place are doing, from published figures."""
