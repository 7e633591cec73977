"""Returns: who has sent what, sending files, receipts, uncertain links. For local administrators alone."""
