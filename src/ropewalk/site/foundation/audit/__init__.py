"""The record of who looked and who did what: only added to, and chained so that nothing can be taken out unseen."""
