"""The lexicon: a surface form in, the canonical forms it may stand for out; no documents here."""
