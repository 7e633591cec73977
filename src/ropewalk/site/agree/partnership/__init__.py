"""The partnership of a place: who belongs, its bodies, what it agreed, and its money."""
