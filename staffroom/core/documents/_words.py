"""Reads what a PDF says: the paper from standard input, its first words to standard output.

Run as a process of its own (`words.of_pdf`), since a paper made to harm could bring it down.
"""

import resource
import sys

MEMORY, SECONDS, MOST = 1_500_000_000, 20, 20_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import pypdfium2

    found, have = [], 0
    for page in pypdfium2.PdfDocument(sys.stdin.buffer.read()):
        said = page.get_textpage().get_text_bounded()
        found.append(said)
        have += len(said)
        if have > MOST:
            break
    sys.stdout.buffer.write("\n\n".join(found)[:MOST].encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
