"""The staff pages of the casework."""
