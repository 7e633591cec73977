"""The site: Django over the use cases of the core."""
