"""Technical checks: for each meeting and site what was looked at, by whom, in time or not."""
