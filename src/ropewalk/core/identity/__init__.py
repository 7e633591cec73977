"""Who is who: unique pupil numbers, pseudonyms, records of one child brought together."""
