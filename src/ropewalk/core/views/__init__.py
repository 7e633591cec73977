"""What a page or a document shows of a place, a measure, schools or a comparison.

Frozen dataclasses that read nothing from the store: use cases fill them, pages and documents show them.
"""
