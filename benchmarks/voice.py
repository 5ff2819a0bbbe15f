"""What a minute of voice weighs: as kept here, as a phone's browser made it, as messengers send it.

A voice of espeak-ng reads a text of a teacher; everything is made of it in the same run. Needs
espeak-ng, ffmpeg and Chromium. python benchmarks/voice.py
"""

import base64
import io
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import benchmarks._django  # noqa: F401
from staffroom.core import sound

TEXT = (
    "Good evening colleagues. Today I asked my class how many quarters there are in three. "
    "Nobody answered, so we took three sheets of paper and folded each of them twice. "
    "Then one of them counted aloud, and at twelve the others laughed, because they saw it. "
    "How do you go on from there to the rule with the second fraction turned over? "
)
#: What a browser makes when nobody tells it how much, and when told as our page tells it.
RECORD = """async rate => {
  const stream = await navigator.mediaDevices.getUserMedia({audio: {channelCount: 1}}), parts = [];
  const options = rate ? {audioBitsPerSecond: rate} : {};
  const recorder = new MediaRecorder(stream, {mimeType: "audio/webm;codecs=opus", ...options});
  recorder.ondataavailable = event => parts.push(event.data);
  const done = new Promise(ready => { recorder.onstop = ready; });
  recorder.start();
  await new Promise(ready => setTimeout(ready, 20000));
  recorder.stop();
  await done;
  stream.getTracks().forEach(track => track.stop());
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, one => String.fromCharCode(one)).join(""));
}"""


def run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def spoken(folder: Path) -> Path:
    voice, wav = folder / "voice.wav", folder / "minute.wav"
    run("espeak-ng", "-v", "en", "-s", "140", "-w", str(voice), TEXT * 4)
    run("ffmpeg", "-v", "error", "-y", "-i", str(voice), "-t", "60", "-ar", "48000", str(wav))
    return wav


def seconds(path: Path) -> float:
    said = run(
        "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path)
    )
    return float(said)


def messenger(wav: Path, rate: str) -> int:
    """Opus in OGG, as messengers send it."""
    return len(
        run("ffmpeg", "-v", "error", "-i", str(wav), "-c:a", "libopus", "-b:a", rate, "-ac", "1",
            "-application", "voip", "-f", "ogg", "-")
    )  # fmt: skip


def recorded(wav: Path) -> dict[int, bytes]:
    """Twenty seconds of the same voice through the microphone of Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                  f"--use-file-for-fake-audio-capture={wav}"],
        )  # fmt: skip
        page = browser.new_context(permissions=["microphone"]).new_page()
        page.route(
            "**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html")
        )
        page.goto("http://localhost/")
        made = {rate: base64.b64decode(page.evaluate(RECORD, rate)) for rate in (0, 12_000)}
        browser.close()
    return made


def main() -> None:
    missing = [name for name in ("espeak-ng", "ffmpeg", "chromium") if not shutil.which(name)]
    if missing:
        sys.exit(f"This needs {', '.join(missing)}.")
    with tempfile.TemporaryDirectory() as folder:
        wav = spoken(Path(folder))
        minute = 60 / seconds(wav)
        start = time.process_time()
        note = sound.shrink(io.BytesIO(wav.read_bytes()))
        took = time.process_time() - start
        ours = len(note.data) * minute
        lines = [("as kept here: Opus 12 kbit/s in WebM", ours)]
        for rate, data in recorded(wav).items():
            name = (
                "the browser, told 12 kbit/s as our page does"
                if rate
                else "the browser, left alone"
            )
            lines.append((f"recorded by {name}", len(data) * 3))
        for rate in ("16k", "24k"):
            size = messenger(wav, rate) * minute
            lines.append((f"as messengers send it: Opus {rate}bit/s in OGG", size))
        lines.append(("WAV, as some recorders keep it", wav.stat().st_size * minute))
    print(f"{'a minute of voice':<58} {'KB':>7} {'ratio':>6}")
    for name, size in lines:
        print(f"{name:<58} {size / 1000:7.0f} {size / ours:6.2f}")
    print(f"made anew with {took:.1f} s of processor time (decoding and encoding the minute)")


if __name__ == "__main__":
    main()
