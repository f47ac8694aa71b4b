"""Jobs after the commit, the worker that does them, and the health of the parts."""
