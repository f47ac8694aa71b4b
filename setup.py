"""Packaging of Họp Số; what runs where is told in README.md."""

from pathlib import Path

from setuptools import find_packages
from setuptools import setup


here = Path(__file__).parent

setup(
    name="hopso",
    version="1.0.0.dev0",
    description="Họp Số: the paperless meeting room of a provincial government, on Plone",
    long_description=(here / "README.md").read_text("utf-8"),
    long_description_content_type="text/markdown",
    license="GPL-2.0-or-later",
    python_requires=">=3.11,<3.14",
    classifiers=[
        "Framework :: Plone",
        "Framework :: Plone :: 6.2",
        "Framework :: Plone :: Addon",
        "Framework :: Plone :: Distribution",
        "Natural Language :: Vietnamese",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
    ],
    package_dir={"": "src"},
    packages=find_packages("src"),
    include_package_data=True,
    zip_safe=False,
    install_requires=[
        "setuptools",
        "Products.CMFPlone",
        "plone.restapi",
        "plone.distribution",
        "plone.classicui",
        "collective.documentviewer",
        "six",  # collective.documentviewer imports it without saying so
        "huey",
        "pypdfium2",
        "Pillow",
        "openpyxl",
        "XlsxWriter",
        "holidays",
        "filetype",
        "cryptography",
        "pyotp",
        "segno",
        "icalendar",
        "weasyprint",
    ],
    extras_require={
        # Logins by a directory (docs/directory.md); python-ldap is compiled on installation.
        "ldap": ["pas.plugins.ldap>=2.0.0rc2"],
        "oidc": ["pas.plugins.oidc>=2"],
        # The database in PostgreSQL (docs/administrators.md).
        "relstorage": ["RelStorage>=4.3", "psycopg2-binary>=2.9"],
        "test": [
            "aiosmtpd",
            "hypothesis",
            "plone.app.testing",
            "pytest",
            "pytest-plone",
            "python-docx",
        ],
    },
    entry_points={
        "z3c.autoinclude.plugin": ["target = plone"],
        "console_scripts": [
            "hopso-worker = hopso.tasks.worker:main",
            "hopso-site = hopso.distribution.command:main",
            "hopso-audit = hopso.audit.command:main",
        ],
    },
)
