"""Board reports of places: where a plan stands, made from live data, frozen, and in a version for everybody."""
