"""Videos as phones make them: copied into a new file without place, time and owner of the phone."""

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from staffroom.core.documents.first_page import run
from staffroom.core.errors import Refused

#: What browsers on phones play, by the container.
PLAYED = {
    "mp4": ({"h264", "hevc", "av1", "vp9"}, {"aac", "mp3", "opus"}),
    "webm": ({"vp8", "vp9", "av1"}, {"opus", "vorbis"}),
}
_READS = {"mp4": "mov", "webm": "matroska"}
_FRAME = Path(__file__).with_name("_frame.py")


@dataclass(frozen=True)
class Film:
    data: bytes
    seconds: int


def clean(data: bytes, kind: str, field: str) -> Film:
    """The same pictures and sound anew; nothing is made smaller, nothing decoded."""
    import av  # its library is large
    from av.error import FFmpegError

    try:
        opened: Any = av.open(io.BytesIO(data), format=_READS[kind], metadata_errors="ignore")
        with opened as source:
            streams = _streams(source, kind, field)
            seconds = round((source.duration or 0) / av.time_base)
            return Film(_copied(source, streams, kind), max(1, seconds))
    except (FFmpegError, ValueError, MemoryError, OSError, IndexError) as error:
        raise Refused(
            _("This video is damaged: it could not be read to its end. Please save it anew."), field
        ) from error


def _streams(source: Any, kind: str, field: str) -> list[Any]:
    films, sounds = PLAYED[kind]
    if not source.streams.video:
        raise Refused(_("There is no picture in this video. Please send a video."), field)
    film = source.streams.video[0]
    if film.codec_context.name not in films:
        raise Refused(_not_played(), field)
    heard = [one for one in source.streams.audio[:1] if one.codec_context.name in sounds]
    if source.streams.audio and not heard:
        raise Refused(_not_played(), field)
    return [film, *heard]


def _not_played() -> str:
    return _("Most phones cannot play this video. Please save it as MP4 (H.264), and send that.")


def _copied(source: Any, streams: list[Any], kind: str) -> bytes:
    import av

    options = {"fflags": "bitexact"} | ({"movflags": "faststart"} if kind == "mp4" else {})
    # Into a file, since an MP4 that begins to play at once is written twice.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film.{kind}"
        with av.open(str(path), "w", format=kind, options=options) as sink:
            made: dict[int, Any] = {}
            for stream in streams:
                made[stream.index] = copy = sink.add_stream_from_template(stream)
                copy.metadata.clear()
            for packet in source.demux(streams):
                if packet.dts is None:
                    continue
                packet.stream = made[packet.stream.index]
                sink.mux(packet)
        return path.read_bytes()


def frame(data: bytes) -> bytes:
    """One picture of it (PNG), drawn in a process of its own; nothing where that fails."""
    return run([sys.executable, "-I", str(_FRAME)], data)
