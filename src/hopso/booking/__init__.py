"""Who has which room, site and bridge when: one record a resource and interval, decided by the database."""
