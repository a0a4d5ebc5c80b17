"""Acts on archives, honours and credit checks."""
