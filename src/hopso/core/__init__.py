"""What every room stands on: operations, findings, errors, ids, dates, names.

This package knows no room; rooms know it.
"""
