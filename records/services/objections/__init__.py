"""Acts on objections, one file for each part of the way."""
