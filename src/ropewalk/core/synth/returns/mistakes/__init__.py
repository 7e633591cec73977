"""Realistic mistakes in made-up returns: one small function for each kind, named after the check it should trip."""

from ropewalk.core.synth.returns.mistakes.making import make_mistakes

__all__ = ["make_mistakes"]
