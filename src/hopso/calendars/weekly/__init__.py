"""The work calendar of a week (lịch công tác tuần): on screen, published, on paper."""
