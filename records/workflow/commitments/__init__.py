"""The workflow of a commitment (domain 4.1): what is promised, its table of arrows, its milestones."""
