"""Schools: those of a place, the funnel over them, one school with its history, and the search for one."""
