#!/usr/bin/env python3
"""Write folders and configuration of an installation without starting it (for systemd).

    python3 instance/configure.py --home /srv/hopso/data --port 8081 [--threads 4] [--dsn "dbname=hopso"]

The data in an existing folder is left alone.
"""

import argparse
from pathlib import Path

import common
from layout import Layout


def main() -> int:
    """Write them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True, help="folder of data, configuration and logs")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--dsn", default="", help="PostgreSQL instead of ZEO: dbname=… host=… user=…")
    options = parser.parse_args()
    layout = Layout(options.home.resolve(), options.host, options.port, options.threads, options.dsn)
    layout.write()
    print(layout.home / "etc")
    return 0


if __name__ == "__main__":
    common.run_main(main)
