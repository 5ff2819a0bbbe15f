"""Resources and files for tests, made through the product's own actions."""

import io
import zipfile

from staffroom.library.actions.resources import About, add
from staffroom.library.models import Resource

STORY = "# Wind\n\n##\nThe wind blows.\n\n##\nIt carries the **seeds** away.\n"


def a_resource(world, *, by=None, community=None, **about) -> Resource:
    """A story in the library of `maths`, put there by Amina."""
    name, data = about.pop("name", "wind.md"), about.pop("data", STORY.encode())
    given = {"title": "Wind", "kind": "story", "licence": "cc-by", "credit": "African Storybook"}
    return add(
        by=by or world.amina,
        community=community or world.maths,
        about=About(**(given | about)),
        file=io.BytesIO(data),
        name=name,
    )


def for_all(world, **about) -> Resource:
    """A story of the programme, put there by its office."""
    given = {"title": "Rain for all", "kind": "story", "licence": "cc-by"}
    return add(
        by=world.gathoni,
        programme=world.programme,
        about=About(**(given | about)),
        file=io.BytesIO(STORY.encode()),
        name="rain.md",
    )


def an_epub(more: dict[str, bytes | str] | None = None, *, script: bool = False) -> bytes:
    from tests.security.test_files import jpeg

    parts: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package><manifest><item id="c" href="cover.jpg" properties="cover-image"/>'
        '<item id="one" href="one.xhtml"/><item id="two" href="two.xhtml"/></manifest>'
        '<spine><itemref idref="two"/><itemref idref="one"/></spine></package>',
        "OPS/cover.jpg": jpeg(),
        "OPS/one.xhtml": "<html><head><title>x</title></head><body><p>The second &amp; last page.</p></body></html>",
        "OPS/two.xhtml": "<html><body><h1>The first page</h1><script>no()</script><p>Begins.</p></body></html>",
    }
    if script:
        parts["OPS/run.js"] = "alert(1)"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in (parts | (more or {})).items():
            made.writestr(name, data)
    return out.getvalue()


def a_video(kind: str = "mp4", seconds: int = 2) -> bytes:
    """A moving square that says where it was filmed."""
    import av
    from PIL import Image

    out = io.BytesIO()
    with av.open(out, "w", format=kind) as sink:
        sink.metadata["location"] = "Mwingi-SEKRET"
        sink.metadata["title"] = "Amina-SEKRET"
        stream = sink.add_stream("libx264" if kind == "mp4" else "libvpx-vp9", rate=5)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for number in range(seconds * 5):
            picture = Image.new("RGB", (96, 64), (20 * number % 255, 90, 120))
            sink.mux(stream.encode(av.VideoFrame.from_image(picture)))
        sink.mux(stream.encode(None))
    return out.getvalue()
