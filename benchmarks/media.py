"""
What examining a file costs, for the worst that is accepted of each kind: `python benchmarks/media.py`.

Each is examined as the service does it, in a process of its own under its limits; of that process this prints the
peak of memory and the processor time. Judges nothing.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

from bot.media import gif, heif, jpeg, pdf, png, webp
from bot.media.store import MAX_BYTES
from tests import files_from_people as made

# The system counts what a process was before it became another program: so it is asked from inside.
EXAMINE = """
import sys
from bot.media import examine
examine.main()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
sys.stderr.write(status["VmHWM"].split()[0])
"""


def sides(pixels: int, unit: int = 16) -> tuple[int, int]:
    """Of a picture of at most so many pixels, four to three."""
    height = int((pixels * 3 / 4) ** 0.5) // unit * unit
    return pixels // height // unit * unit, height


def noise(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    few = random.Random(1).randbytes(256 * 256 * len(mode))  # noqa: S311 - figures, not secrets
    return Image.frombytes(mode, (256, 256), few).resize(size, Image.Resampling.NEAREST)


def progressive() -> bytes:
    picture = noise(sides(jpeg.MAX_BUFFERED // 3))
    return made.encoded(picture, quality=30, progressive=True, subsampling=2)


def still_webp(*, lossless: bool) -> bytes:
    return made.encoded(noise(sides(webp.MAX_PIXELS)), "WEBP", lossless=lossless, quality=20, method=0)


def animated_webp() -> bytes:
    frames = [Image.new("RGB", sides(webp.MAX_PIXELS), colour) for colour in ("teal", "navy")]
    return made.encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], quality=20, method=0)


def tiled_heic() -> bytes:
    width, height = sides(heif.MAX_PIXELS, 512)
    return made.heic(width // 512, height // 512)


def many_objects() -> bytes:
    with pikepdf.open(BytesIO(made.pdf())) as document:
        document.Root.Many = pikepdf.Array(
            document.make_indirect(
                pikepdf.Dictionary(A=number, B=pikepdf.Name("/C"), D=pikepdf.Array([1, 2]))
            )
            for number in range(pdf.MAX_OBJECTS - 3_000)
        )
        file = BytesIO()
        document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return file.getvalue()


def full(pack: Callable[[bytes], bytes]) -> bytes:
    """As large as a file may be, by something that does not pack."""
    return pack(random.Random(1).randbytes(MAX_BYTES - 200_000))  # noqa: S311 - figures, not secrets


def filled_pdf(body: bytes) -> bytes:
    with pikepdf.open(BytesIO(made.pdf())) as document:
        document.Root.Large = document.make_stream(body)
        file = BytesIO()
        document.save(file)
        return file.getvalue()


def large_sheet() -> bytes:
    row = "".join(f"<c r='A{number}'><v>{number * 7919 % 99991}</v></c>" for number in range(400_000))
    return made.office(
        "xlsx", {f"xl/worksheets/sheet{n}.xml": f"<worksheet>{row}</worksheet>" for n in range(6)}
    )


def random_word() -> str:
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    return made.word(*("".join(chance.choices("กขคงจฉ ", k=200)) for _ in range(40_000)))


FILES: Mapping[str, Callable[[], bytes]] = {
    "JPEG as a phone sends it, 12 MP": lambda: made.encoded(noise((4000, 3000)), quality=85),
    "JPEG, baseline": lambda: made.huge_jpeg(*sides(jpeg.MAX_PIXELS)),
    "JPEG, progressive": progressive,
    "PNG, RGBA": lambda: made.blank_png(*sides(png.MAX_PIXELS), colour=6),
    "PNG, 16 bits": lambda: made.blank_png(*sides(png.MAX_PIXELS), colour=6, depth=16),
    "PNG, grey": lambda: made.blank_png(*sides(png.MAX_GREY_PIXELS), colour=0),
    "PNG, palette": lambda: made.blank_png(*sides(png.MAX_GREY_PIXELS), colour=3),
    "GIF": lambda: made.encoded(noise(sides(gif.MAX_PIXELS)).quantize(64), "GIF"),
    "WebP, lossy": lambda: still_webp(lossless=False),
    "WebP, lossless": lambda: still_webp(lossless=True),
    "WebP, animated": animated_webp,
    "HEIC": tiled_heic,
    "PDF, most objects": many_objects,
    "PDF, 20 MB": lambda: full(filled_pdf),
    "DOCX, 20 MB": lambda: full(lambda body: made.office(parts={"word/media/a.bin": body})),
    "DOCX, much text": lambda: made.office(main=random_word()),
    "XLSX, large sheets": large_sheet,
    "DOC, 20 MB": lambda: full(lambda body: made.ole({"WordDocument": body})),
}


def measure(content: bytes, folder: Path) -> tuple[str, int, float]:
    """What was found, peak memory in MB, processor seconds."""
    path = folder / "file"
    path.write_bytes(content)
    began = os.times()
    ended = subprocess.run(
        [sys.executable, "-c", EXAMINE, str(path), f"{path}.clean", f"{path}.thumb"],
        capture_output=True,
        check=False,
    )
    seconds = sum(os.times()[2:4]) - sum(began[2:4])
    if ended.returncode:
        return f"ended with {ended.returncode}", 0, seconds
    return json.loads(ended.stdout)["problem"] or "accepted", int(ended.stderr) // 1024, seconds


def main() -> None:
    print("| file | MB | found | peak MB | s |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            content = make()
            found, peak, seconds = measure(content, Path(folder))
            print(f"| {name} | {len(content) / 1e6:.1f} | {found} | {peak} | {seconds:.1f} |", flush=True)


if __name__ == "__main__":
    main()
