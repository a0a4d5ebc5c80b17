"""What the provincial platform is told, and how it gets there."""
