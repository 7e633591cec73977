"""How often somebody may ask for what costs: the API, documents, searches, uploads, forms."""
