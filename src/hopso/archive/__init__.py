"""Finding, whatever the accents, and only what one may read."""
