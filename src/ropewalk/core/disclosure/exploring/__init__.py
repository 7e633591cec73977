"""Free exploration by signed-in analysts: nothing is hidden, every count is rounded, and how far is audited before.

``steps`` are the roundings; ``known`` is all that could be true beside what was given out; ``auditing`` chooses the
steps so that nobody narrows any count down; ``ledger`` remembers every answer.
"""
