"""During a meeting: what the operators note, what the host tells the sites to do."""
