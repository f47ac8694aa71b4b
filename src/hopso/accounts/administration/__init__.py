"""The pages and services by which administrators keep accounts."""
