"""Papers as teachers' machines make them, built here so that nothing is hidden in a binary."""

import io
import zipfile

import pikepdf

SECRET = "Amina-SEKRET"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_OPEN = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def an_office_paper(kind: str = "docx", more: dict[str, bytes | str] | None = None) -> bytes:
    if kind in _OPEN:
        parts = {
            "mimetype": f"application/vnd.oasis.opendocument.{_OPEN[kind]}",
            "content.xml": "<office:document-content>Fractions</office:document-content>",
            "meta.xml": f"<office:document-meta><dc:creator>{SECRET}</dc:creator></office:document-meta>",
            "Thumbnails/thumbnail.png": SECRET,
            "META-INF/manifest.xml": '<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"/>'
            '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>',
        }
    else:
        parts = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_RELS}/officeDocument" Target="{_MAIN[kind]}"/>'
            f'<Relationship Id="r2" Type="{_RELS}/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
            _MAIN[kind]: "<w:document>Fractions</w:document>",
            "docProps/core.xml": f"<cp:coreProperties><dc:creator>{SECRET}</dc:creator></cp:coreProperties>",
            "docProps/app.xml": f"<Properties><Company>{SECRET}</Company></Properties>",
            "docProps/thumbnail.jpeg": SECRET,
        }
    return zipped(parts | (more or {}))


def a_pdf(pages: int = 2, *, password: str = "", telling: bool = True) -> bytes:
    """A PDF that knows its maker, runs a script, starts a program and carries a file."""
    paper = pikepdf.new()
    for _ in range(pages):
        paper.add_blank_page(page_size=(595, 842))
    if telling:
        _tell(paper)
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    paper.save(out, encryption=encryption)
    return out.getvalue()


def _tell(paper: pikepdf.Pdf) -> None:
    dictionary, name = pikepdf.Dictionary, pikepdf.Name
    paper.docinfo["/Author"] = SECRET
    with paper.open_metadata() as meta:
        meta["dc:creator"] = [SECRET]
    script = dictionary(S=name.JavaScript, JS=f"app.alert('{SECRET}')")
    paper.Root.OpenAction = paper.make_indirect(script)
    launch = dictionary(S=name.Launch, F=f"{SECRET}.exe")
    link = dictionary(S=name.URI, URI="https://example.org/fractions")
    box = [0, 0, 100, 100]
    notes = [
        dictionary(Type=name.Annot, Subtype=name.Link, Rect=box, A=paper.make_indirect(launch)),
        dictionary(Type=name.Annot, Subtype=name.Link, Rect=box, A=link),
        dictionary(Type=name.Annot, Subtype=name.Link, Rect=box, AA=dictionary(E=script)),
        dictionary(Type=name.Annot, Subtype=name.FileAttachment, Rect=box, Contents=SECRET),
    ]
    page = paper.pages[0].obj
    page.Annots = pikepdf.Array([paper.make_indirect(note) for note in notes])
    page.AA = dictionary(O=script)
    paper.attachments["secret.txt"] = pikepdf.AttachedFileSpec(paper, SECRET.encode())
