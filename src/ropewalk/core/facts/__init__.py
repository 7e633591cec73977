"""The store of facts about pupils: layout, catalogue, what was known when."""
