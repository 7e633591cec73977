"""Pages of terms: reading them, keeping them, answering them."""
