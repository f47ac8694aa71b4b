"""Documents through plone.restapi."""
