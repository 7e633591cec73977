"""What pages of a partnership show. Places are fetched for whoever may see them before anything is asked here."""
