"""What the pages of every kind of case share: one case, an act on it, a proposal, the list, a file."""
