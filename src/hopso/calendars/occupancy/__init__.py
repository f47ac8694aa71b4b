"""How much rooms and sites are used: figures only, of meetings that the reader need not see."""
