"""What is measured of collaboration, and the records of it, as members see them."""
