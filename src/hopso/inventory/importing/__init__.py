"""Rooms, devices and sites from a spreadsheet and into one: checked first, then all rows or none.

``kinds.py`` what can be imported; ``planning.py`` what a row would do; ``carrying_out.py``
the operations and jobs; the file and its plan are kept as those of accounts are.
"""
