"""Is this deployment well? Every finding says how to mend it."""

import argparse
import dataclasses
import json

HELP = "Check this deployment; say what is wrong and how to mend it."
EXAMPLES = ["staffroom doctor", "staffroom doctor --json"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the findings as JSON")


def run(options: argparse.Namespace) -> int:
    """1 if something must be mended."""
    from staffroom.cli import _certificates, _deployment
    from staffroom.core.doctor import FAIL, OK, WARN, examine

    found = examine(
        _deployment.security,
        _deployment.proxy,
        _certificates.certificates,
        _certificates.clock,
        _deployment.sms,
        _deployment.mail,
    )
    found.sort(key=lambda finding: [FAIL, WARN, OK].index(finding.level))
    if options.json:
        print(json.dumps([dataclasses.asdict(finding) for finding in found], indent=1))
    else:
        width = max(len(finding.name) for finding in found)
        for finding in found:
            print(f"{finding.level:<4}  {finding.name:<{width}}  {finding.what}")
            if finding.how:
                print(f"{'':<{width + 6}}  → {finding.how}")
    return 1 if any(finding.level == FAIL for finding in found) else 0
