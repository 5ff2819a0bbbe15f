"""`dcz` beside `dcb`: the same pages against the same earlier pages, by Zstandard and by Brotli.

python benchmarks/dictionaries.py

Python's brotli offers no dictionaries, but the library inside it does: it is called by ctypes here,
which is good enough for measuring. Both with their frame (40 and 36 bytes); milliseconds on this machine.
"""

import ctypes
import sys
import time
from collections.abc import Callable
from pathlib import Path

import _brotli
import brotli
import zstandard

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks._town import Member, town

LIB = ctypes.CDLL(_brotli.__file__)
for name in ("BrotliEncoderPrepareDictionary", "BrotliEncoderCreateInstance"):
    getattr(LIB, name).restype = ctypes.c_void_p
DCZ_FRAME, DCB_FRAME = 40, 36
QUALITY, WINDOW, FINISH = 1, 2, 2


def dcz(level: int) -> Callable[[bytes, bytes], int]:
    def size(body: bytes, known: bytes) -> int:
        raw = zstandard.ZstdCompressionDict(known, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        return DCZ_FRAME + len(zstandard.ZstdCompressor(level=level, dict_data=raw).compress(body))

    return size


def dcb(quality: int) -> Callable[[bytes, bytes], int]:
    def size(body: bytes, known: bytes) -> int:
        pointer = ctypes.c_void_p
        ready = pointer(
            LIB.BrotliEncoderPrepareDictionary(
                0, ctypes.c_size_t(len(known)), known, quality, None, None, None
            )
        )
        encoder = pointer(LIB.BrotliEncoderCreateInstance(None, None, None))
        LIB.BrotliEncoderSetParameter(encoder, QUALITY, quality)
        LIB.BrotliEncoderSetParameter(encoder, WINDOW, 18)
        assert LIB.BrotliEncoderAttachPreparedDictionary(encoder, ready)
        out = ctypes.create_string_buffer(len(body) + 1000)
        source, there = ctypes.c_char_p(body), ctypes.cast(out, pointer)
        left, room = ctypes.c_size_t(len(body)), ctypes.c_size_t(len(out))
        assert LIB.BrotliEncoderCompressStream(
            encoder, FINISH, ctypes.byref(left), ctypes.byref(source), ctypes.byref(room),
            ctypes.byref(there), None,
        )  # fmt: skip
        LIB.BrotliEncoderDestroyInstance(encoder)
        LIB.BrotliEncoderDestroyPreparedDictionary(ready)
        return DCB_FRAME + len(out) - room.value

    return size


def main() -> int:
    with town():
        from django.test import Client

        pairs = {}
        for who, language in enumerate(("en", "sw", "ur")):
            member = Member(language, who)
            client = Client(SERVER_NAME="localhost")
            client.force_login(member.person, "staffroom.people.backends.Backend")
            member.others_say(0, 20)
            page = member.stream(0)
            for _ in range(2):
                old = client.get(page).content
            pairs[f"{language}: nothing new"] = old, client.get(page).content
            member.others_say(0, 1)
            pairs[f"{language}: one new message"] = old, client.get(page).content
            old = client.get(page).content
            member.others_say(0, 5)
            pairs[f"{language}: five new messages"] = old, client.get(page).content
            pairs[f"{language}: another community"] = old, client.get(member.stream(1)).content
    ways = {
        "br 5": lambda body, _: len(brotli.compress(body, quality=5)),
        **{f"dcz {level}": dcz(level) for level in (3, 9, 12, 19)},
        **{f"dcb {quality}": dcb(quality) for quality in (5, 9, 11)},
    }
    print(f"{'':<26}{'page':>8}" + "".join(f"{name:>9}" for name in ways))
    spent = dict.fromkeys(ways, 0.0)
    for name, (old, new) in pairs.items():
        line = f"{name:<26}{len(new):>8,}"
        for way, size in ways.items():
            start = time.perf_counter()
            line += f"{size(new, old):>9,}"
            spent[way] += time.perf_counter() - start
        print(line)
    print(
        f"{'ms a page':<34}" + "".join(f"{one / len(pairs) * 1000:>9.1f}" for one in spent.values())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
