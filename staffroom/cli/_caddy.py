"""Caddy as a child of ours: what it is told, and whether it can be told at all.

Caddy gets certificates and renews them by itself. All it keeps is in the folder `caddy` of the data.
"""

import ipaddress
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from staffroom.cli import BadInput

HOST = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
MISSING = (
    "caddy is not installed, and it is what answers for {domain} with a certificate. "
    "On Debian or Ubuntu: `apt-get install caddy && systemctl disable --now caddy`; elsewhere see "
    "https://caddyserver.com/docs/install. Or leave out --domain and put a proxy of your own in front."
)  # fmt: skip

TOO_MUCH = "This is more than Staffroom takes at once ({most} MB). Please send it in parts."
CADDYFILE = """\
# Written by `staffroom serve --domain` at each start; what is changed here is lost.
{{
	admin off
	skip_install_trust
	auto_https disable_redirects
	storage file_system {storage}
	http_port {http}
	https_port {https}
	grace_period 8s
{email}	servers {{
		protocols h1 h2 h3
		timeouts {{
			read_header 20s
			idle 2m
		}}
		max_header_size 32KB
	}}
	log default {{
		output stderr
		level WARN
{filter}	}}
}}

{insecure} {{
	header -Server
	redir https://{{host}}{shown}{{uri}} 308
}}

{secure} {{
{tls}	header ?Strict-Transport-Security "max-age=31536000"
	header -Server
	@large expression `{{http.request.header.Content-Length}}.matches("^[0-9]+$") && int({{http.request.header.Content-Length}}) > {bytes}`
	respond @large "{too_much}\n" 413
	request_body {{
		max_size {most}
	}}
	log {{
		output stderr
{filter}	}}
	reverse_proxy 127.0.0.1:{upstream} {{
		lb_try_duration 5s
		lb_try_interval 250ms
	}}
	handle_errors {{
		header -Server
		header Strict-Transport-Security "max-age=31536000"
		header Retry-After 30
		respond "Staffroom is starting, or resting for a moment. Please try again in a minute.\n" {{http.error.status_code}}
	}}
}}
"""
#: No address, no query, no header, and nothing in a path that names a person, a post or an invitation.
FILTER = """\
		format filter {
			wrap json
			fields {
				request>remote_ip delete
				request>remote_addr delete
				request>client_ip delete
				request>remote_port delete
				request>headers delete
				request>tls delete
				request>uri regexp "\\?.*|[A-Za-z0-9_-]{16,}" "…"
				resp_headers delete
				user_id delete
			}
		}
"""


@dataclass(frozen=True)
class Front:
    """What stands between browsers and us."""

    domains: list[str]
    upstream: int
    http: int = 80
    https: int = 443
    internal: bool = False
    email: str = ""

    def caddyfile(self, folder: Path, most: int) -> str:
        """The whole configuration, for a body of at most `most` bytes."""
        shown = "" if self.https == 443 else f":{self.https}"
        return CADDYFILE.format(
            storage=_quoted(folder),
            http=self.http,
            https=self.https,
            shown=shown,
            email=f"\temail {self.email}\n" if self.email else "",
            insecure=", ".join(f"http://{domain}" for domain in self.domains),
            secure=", ".join(f"https://{domain}" for domain in self.domains),
            tls="\ttls internal\n" if self.internal else "",
            most=f"{most // 1_000_000}MB",
            bytes=most,
            too_much=TOO_MUCH.format(most=most // 1_000_000),
            upstream=self.upstream,
            filter=FILTER,
        )

    def address(self) -> str:
        return f"https://{self.domains[0]}{'' if self.https == 443 else f':{self.https}'}/"


def program(domain: str) -> str:
    """Where caddy is."""
    found = shutil.which("caddy")
    if not found:
        raise BadInput(MISSING.format(domain=domain))
    return found


def check_domain(text: str, *, internal: bool) -> str:
    """The name as it is used; `BadInput` if it is none."""
    name = text.strip().rstrip(".").lower()
    if "://" in name or "/" in name:
        raise BadInput(f"--domain is the name alone, as staffroom.example.org, not {text!r}.")
    if _is_address(name) and not internal:
        raise BadInput(
            f"{name} is an address; certificates are given for names. Give the name that leads "
            "here, or say --tls internal to try it without one."
        )
    if not HOST.fullmatch(name):
        raise BadInput(f"{text!r} is not a name of a machine, as staffroom.example.org is.")
    if "." not in name and not internal:
        raise BadInput(
            f"{name} is no public name, so nobody gives it a certificate: --tls internal."
        )
    return name


def write(front: Front, data: Path, most: int) -> list[str]:
    """Write the configuration into the data; the command that runs caddy with it."""
    caddy = program(front.domains[0])
    folder = data / "caddy"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "Caddyfile"
    file.write_text(front.caddyfile(folder, most))
    _validate(caddy, file, folder)
    return [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]


def environment(folder: Path) -> dict[str, str]:
    """Caddy keeps nothing in anybody's home."""
    return {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}


def _validate(caddy: str, file: Path, folder: Path) -> None:
    done = subprocess.run(
        [caddy, "validate", "--config", str(file), "--adapter", "caddyfile"],
        capture_output=True,
        text=True,
        env=os.environ | environment(folder),
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise BadInput(
            f"caddy does not take its configuration ({file}): {last[0]}. Caddy 2.6 or newer is needed."
        )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
