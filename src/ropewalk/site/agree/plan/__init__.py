"""Plans of a place: strands, objectives, measures, actions and milestones; who does what; what was changed by whom."""
