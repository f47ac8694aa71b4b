"""Making a site: distribution, command ``hopso-site``, demo content."""
