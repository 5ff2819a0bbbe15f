"""Takes one picture out of a video: reads it from standard input, writes a PNG to standard output.

Run as a process of its own (`video.frame`), since a video made to harm could bring it down.
"""

import io
import resource
import sys
from typing import Any

MEMORY, SECONDS, SIDE, MOST_POINTS = 2_500_000_000, 30, 720, 10_000_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import av

    data = sys.stdin.buffer.read()
    kind = "mov" if data[4:8] == b"ftyp" else "matroska"
    opened: Any = av.open(io.BytesIO(data), format=kind)
    with opened as source:
        stream = source.streams.video[0]
        if stream.width * stream.height > MOST_POINTS:
            return
        stream.codec_context.skip_frame = "NONKEY"
        if source.duration:  # not the black of its beginning
            source.seek(source.duration // 10)
        picture = next(source.decode(stream)).to_image()
    picture.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    picture.save(out, "PNG")
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
