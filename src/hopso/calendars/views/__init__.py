"""Pages, the feed for them, the feeds for other programs."""
