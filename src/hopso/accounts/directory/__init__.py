"""Logins by a directory of the province (LDAP) or its login portal (OpenID Connect).

Both are extras of the package, ``hopso[ldap]`` and ``hopso[oidc]``; what needs
them is imported by ``ldap.zcml`` and ``oidc.zcml`` only, where they are
installed.  A directory says who somebody is.  Accounts, functions, sessions,
one-time codes and lock-out stay ours: nobody gets an account by being in a
directory (BD-4.3), and no role or group ever comes from one.
"""
