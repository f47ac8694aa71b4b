"""From a file to pages: office files to PDF, PDF and images to pictures and text.

Every program that reads a foreign file runs as a process of its own with
limits of time and memory, and nothing here knows Zope.
"""
