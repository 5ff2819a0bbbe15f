"""The files beside a spreadsheet: in a folder, or in a zip file that somebody sends."""

import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from staffroom.core.errors import Refused
from staffroom.core.words import listed

SHEETS = (".xlsx", ".xls", ".ods", ".csv", ".csv.gz")
MOST_FILES = 20_000


@dataclass
class Files:
    """Names as the spreadsheet writes them (with / between folders) -> how to read one."""

    readers: dict[str, Callable[[], bytes]]

    def __post_init__(self) -> None:
        self._alike: dict[str, list[str]] = {}
        for name in self.readers:
            self._alike.setdefault(_plain(name), []).append(name)

    def find(self, name: str) -> str | None:
        """The file that is meant: as written, else without minding capitals; `Refused` for two."""
        if name in self.readers:
            return name
        alike = self._alike.get(_plain(name), [])
        if len(alike) > 1:
            raise Refused(_("Several files could be meant: %(names)s.") % {"names": listed(alike)})
        return alike[0] if alike else None

    def read(self, name: str) -> bytes:
        """`Refused` where the file cannot be read."""
        try:
            return self.readers[name]()
        except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError,
                ValueError) as error:  # fmt: skip
            raise Refused(_("This file cannot be read.")) from error


def _plain(name: str) -> str:
    """Two spellings of one name: capitals, composed letters, backslashes, a leading "./"."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
    return name.removeprefix("./").strip("/")


def in_folder(folder: Path, *, leave_out: Path | None = None) -> Files:
    """Everything below the folder. Only what is listed here can be named, so nothing outside can."""
    found: dict[str, Callable[[], bytes]] = {}
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.is_symlink() or not path.is_file() or path == leave_out:
            continue
        found[path.relative_to(folder).as_posix()] = path.read_bytes
        if len(found) > MOST_FILES:
            raise Refused(_("There are more than %(n)s files. Please import them in parts.") % {
                "n": MOST_FILES
            })  # fmt: skip
    return Files(found)


def in_zip(archive: zipfile.ZipFile, *, most: int) -> tuple[str, Files]:
    """The name of the one spreadsheet in it, and the other files. None is unpacked before it is read."""
    found: dict[str, Callable[[], bytes]] = {}
    sheets = []
    for part in archive.infolist():
        name = part.filename
        if name.endswith("/") or "__MACOSX" in name or Path(name).name.startswith("."):
            continue
        if name.lower().endswith(SHEETS):
            sheets.append(name)
        found[name] = _reader(archive, part, most)
    top = min((name.count("/") for name in sheets), default=0)
    chosen = [name for name in sheets if name.count("/") == top]
    if len(chosen) != 1:
        raise Refused(
            _("There must be one spreadsheet at the top of the zip file; there are %(n)s.")
            % {"n": len(chosen)},
            "file",
        )
    folder = chosen[0].rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    del found[chosen[0]]
    return chosen[0], Files({name.removeprefix(prefix): read for name, read in found.items()})


def _reader(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> Callable[[], bytes]:
    """At most one byte more than may be kept: so a small zip cannot become a large memory."""

    def read() -> bytes:
        with archive.open(part) as opened:
            return opened.read(most + 1)

    return read
