"""The sheet that says which site is on the screen at which item."""
