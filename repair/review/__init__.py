"""Review: answers to edits that are remembered, and honoured in every later run."""
