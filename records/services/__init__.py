"""The acts of the casework: one file per activity, every function with an actor and a clock."""
