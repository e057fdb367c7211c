"""Pictures from people: cleaned of what they say about people, whole, of bearable size, and known again."""

from __future__ import annotations

import random
import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.media import heif, jpeg
from bot.media.exif import orientation_block, read_exif
from bot.media.kinds import GIF, HEIC, JPEG, PNG, WEBP, Refused, sniff
from bot.media.look import alike, look_of
from bot.media.pictures import THUMBNAIL, Picture, read_picture
from tests import files_from_people as made

FORMS = {"JPEG": JPEG, "PNG": PNG, "GIF": GIF, "WEBP": WEBP}
PLAIN = {form: made.encoded(made.photo(), form) for form in FORMS}
PLACE = "Phone"  # in what the made phone writes

XMP = b"<x:xmpmeta>Chiang Mai</x:xmpmeta>"
WITH_A_PLACE = {
    "JPEG": made.encoded(made.photo(), exif=made.phone_exif()),
    "JPEG, XMP": made.with_segments(
        PLAIN["JPEG"], made.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    ),
    "JPEG, IPTC": made.with_segments(PLAIN["JPEG"], made.segment(0xED, b"Photoshop 3.0\x008BIM")),
    "JPEG, comment": made.with_segments(PLAIN["JPEG"], made.segment(0xFE, b"by Somchai")),
    "JPEG, live photo": PLAIN["JPEG"] + b"\0\0\0\x18ftypmp42" + bytes(range(256)),
    "PNG": made.with_chunks(PLAIN["PNG"], made.png_chunk(b"eXIf", made.phone_exif()[6:])),
    "PNG, text": made.with_chunks(PLAIN["PNG"], made.png_chunk(b"tEXt", b"Author\0Somchai")),
    "PNG, XMP": made.with_chunks(PLAIN["PNG"], made.png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
    "GIF, comment": made.encoded(made.photo(), "GIF", comment=b"by Somchai"),
    "WEBP": made.webp_with(PLAIN["WEBP"], (b"EXIF", made.phone_exif()[6:])),
    "WEBP, XMP": made.webp_with(PLAIN["WEBP"], (b"XMP ", XMP)),
}


def read(content: bytes) -> Picture:
    mime = sniff(content)
    assert mime is not None
    return read_picture(content, mime)


def problem(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.problem


def pixels(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as picture:
        return picture.convert("RGB").tobytes()


def size(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as picture:
        return picture.size


# ------------------------------------------------------------------ what is taken out


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_without_metadata_stays_as_it_is(form: str) -> None:
    picture = read(PLAIN[form])
    assert (picture.mime, picture.data, picture.personal) == (FORMS[form], PLAIN[form], False)


@pytest.mark.parametrize("kind", WITH_A_PLACE)
def test_what_says_more_than_the_picture_goes_and_the_pixels_stay(kind: str) -> None:
    content = WITH_A_PLACE[kind]
    picture = read(content)
    assert picture.personal
    assert not any(word in picture.data for word in (b"Phone", b"Somchai", b"Chiang Mai", b"8BIM", b"mp42"))
    assert pixels(picture.data) == pixels(content)
    assert read(picture.data) == read_picture(picture.data, picture.mime)


@pytest.mark.parametrize(
    "kind", ["JPEG", "JPEG, XMP", "JPEG, comment", "JPEG, live photo", "PNG", "PNG, text"]
)
def test_the_same_photo_is_the_same_bytes_whatever_was_attached_to_it(kind: str) -> None:
    assert read(WITH_A_PLACE[kind]).data == PLAIN[kind.partition(",")[0]]


@pytest.mark.parametrize("kind", WITH_A_PLACE)
def test_cleaned_again_a_picture_stays_as_it_is(kind: str) -> None:
    once = read(WITH_A_PLACE[kind])
    again = read(once.data)
    assert (again.data, again.personal) == (once.data, False)


def test_exif_that_only_tells_the_size_is_not_called_personal() -> None:
    assert not read(made.encoded(made.photo(), exif=made.plain_exif(1))).personal
    assert read_exif(made.phone_exif()).personal


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_turned_photo_stays_turned_and_its_thumbnail_is_upright(form: str, orientation: int) -> None:
    content = {
        "JPEG": lambda exif: made.encoded(made.photo(), exif=exif),
        "PNG": lambda exif: made.with_chunks(PLAIN["PNG"], made.png_chunk(b"eXIf", exif[6:])),
        "WEBP": lambda exif: made.webp_with(PLAIN["WEBP"], (b"EXIF", exif[6:])),
    }[form](made.phone_exif(orientation))
    picture = read(content)
    with Image.open(BytesIO(picture.data)) as kept:
        exif = kept.getexif()
    assert dict(exif) == ({0x0112: orientation} if orientation > 1 else {})
    assert size(picture.thumbnail) == ((320, 240) if orientation < 5 else (240, 320))


def test_turned_either_way_the_photo_looks_the_same() -> None:
    upright = made.photo()
    turned = upright.transpose(Image.Transpose.ROTATE_90)
    assert alike(read(made.encoded(upright)).look, read(made.encoded(turned, exif=made.plain_exif(6))).look)


def test_colours_stay_as_they_are() -> None:
    profile = b"a colour profile" * 10
    picture = read(made.encoded(made.photo(), icc_profile=profile, exif=made.phone_exif()))
    with Image.open(BytesIO(picture.data)) as kept:
        assert kept.info["icc_profile"] == profile


def test_the_small_picture_inside_a_jfif_head_goes() -> None:
    head = b"JFIF\0\1\1\0\0\1\0\1"
    with_small = made.with_segments(PLAIN["JPEG"], made.segment(0xE0, head + b"\x02\x02" + b"secret place"))
    assert b"secret" not in read(with_small).data


def test_an_animation_goes_on_and_its_comment_goes() -> None:
    frames = [made.photo(seed, (60, 40)).quantize(16) for seed in (1, 2, 3)]
    content = made.encoded(
        frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"Somchai"
    )
    picture = read(content)
    assert b"Somchai" in content
    assert b"Somchai" not in picture.data
    with Image.open(BytesIO(picture.data)) as kept:
        assert (kept.n_frames, kept.info["loop"]) == (3, 0)  # type: ignore[attr-defined]


@given(st.binary(max_size=200))
def test_any_exif_block_is_read_or_called_personal(block: bytes) -> None:
    found = read_exif(block)
    assert 1 <= found.orientation <= 8
    assert read_exif(orientation_block(found.orientation)).personal is False


# ------------------------------------------------------------------ HEIC


def test_a_heic_becomes_an_upright_jpeg_without_its_place() -> None:
    content = made.heic(2, 1, made.phone_exif(6))
    picture = read(content)
    assert b"Phone" in content
    assert (picture.mime, picture.personal, size(picture.data)) == (JPEG, True, (1024, 512))
    assert b"Phone" not in picture.data
    assert read(content).data == picture.data  # the same photo is the same file
    assert read(picture.data).data == picture.data


@pytest.mark.parametrize(
    ("brand", "mime"), [(b"heic", HEIC), (b"heix", HEIC), (b"avif", None), (b"isom", None), (b"qt  ", None)]
)
def test_only_heic_among_its_relatives_is_taken(brand: bytes, mime: str | None) -> None:
    assert sniff(made.heic(brand=brand)) == mime


def test_a_broken_heic_is_refused() -> None:
    content = made.heic()
    for cut in (30, 100, len(content) // 2, len(content) - 10):
        assert problem(content[:cut]) == "damaged"


def test_a_heic_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    columns = -(-heif.MAX_PIXELS // (512 * 512))
    assert problem(made.heic(columns, 1)) == "pixels"


# ------------------------------------------------------------------ broken on purpose or by accident


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_picture_that_came_in_part_is_refused(form: str, part: float) -> None:
    content = PLAIN[form]
    assert problem(content[: max(16, int(len(content) * part))]) == "damaged"


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\xff\0\0\0WEBP"]
)
def test_a_right_beginning_with_rubbish_behind_it_is_refused(head: bytes) -> None:
    assert problem(head + random.Random(2).randbytes(5_000)) == "damaged"


def test_a_jpeg_head_with_rubbish_for_its_picture_is_refused() -> None:
    content = PLAIN["JPEG"]
    scan = content.index(b"\xff\xda") + 14
    assert problem(content[:scan] + random.Random(2).randbytes(20_000) + b"\xff\xd9") == "damaged"


def test_a_png_whose_chunk_was_changed_is_refused() -> None:
    content = bytearray(PLAIN["PNG"])
    content[len(content) // 2] ^= 1
    assert problem(bytes(content)) == "damaged"


HTML = b"<html><script>alert(1)</script></html>"
ZIPPED = made.office(parts={"Main.class": b"\xca\xfe\xba\xbe"})


@pytest.mark.parametrize(
    "content",
    [
        *(PLAIN[form] + ZIPPED for form in FORMS),
        *(PLAIN[form] + HTML for form in FORMS),
        *(PLAIN[form] + b"MZ\x90\0" + bytes(100) for form in FORMS),
        made.with_segments(PLAIN["JPEG"], made.segment(0xFE, HTML)),
        made.with_segments(PLAIN["JPEG"], made.segment(0xFE, b"\n%PDF-1.7\n")),
        made.with_chunks(PLAIN["PNG"], made.png_chunk(b"tEXt", b"a\0<?php system(1);")),
        made.encoded(made.photo(), "GIF", comment=b"<script>"),
    ],
)
def test_a_picture_that_is_something_else_besides_is_refused(content: bytes) -> None:
    assert problem(content) == "active"


def test_what_hides_where_nobody_looks_does_not_stay_in_the_picture() -> None:
    hidden = made.with_segments(PLAIN["JPEG"], made.segment(0xEB, b"anything at all"))
    assert read(hidden).data == PLAIN["JPEG"]


# ------------------------------------------------------------------ too many pixels


@pytest.mark.parametrize(
    "content",
    [
        made.huge_jpeg(65_000, 16)[:200].replace(
            struct.pack(">HH", 16, 65_000), struct.pack(">HH", 65_000, 65_000)
        )
        + made.huge_jpeg(65_000, 16)[200:],
        made.blank_png(8_000, 8_000),
        made.blank_png(30_000, 30_000, depth=1, colour=0),
        b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + PLAIN["GIF"][10:],
        made.webp_with(PLAIN["WEBP"])[:24] + b"\xff\xff\x3f\xff\xff\x3f" + made.webp_with(PLAIN["WEBP"])[30:],
    ],
    ids=["JPEG", "PNG", "PNG, thin", "GIF", "WEBP"],
)
def test_a_decompression_bomb_is_refused_by_what_it_announces(content: bytes) -> None:
    assert problem(content) == "pixels"


def test_a_large_photo_is_decoded_small() -> None:
    picture = read(made.huge_jpeg(12_000, 9_000))
    assert size(picture.thumbnail) == (THUMBNAIL, 240)


def test_a_long_strip_is_decoded_small_too() -> None:
    width, height = size(read(made.huge_jpeg(60_000, 640)).thumbnail)
    assert (width, height in (3, 4)) == (THUMBNAIL, True)


def test_a_progressive_jpeg_is_held_to_what_its_decoder_must_remember(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit is lowered: a real one would take seconds to make."""
    monkeypatch.setattr(jpeg, "MAX_BUFFERED", 800 * 600 * 3)
    assert read(made.encoded(made.photo(), progressive=True, subsampling=2)).mime == JPEG
    assert problem(made.encoded(made.photo(), progressive=True, subsampling=0)) == "pixels"
    assert read(made.encoded(made.photo(), subsampling=0)).mime == JPEG


def test_a_jpeg_of_endless_comments_is_refused() -> None:
    assert problem(made.with_segments(PLAIN["JPEG"], made.segment(0xFE, b"") * 10_000)) == "damaged"


def test_a_jpeg_of_a_thousand_scans_is_refused() -> None:
    content = made.encoded(made.photo(1, (64, 48)), progressive=True)
    last = content.rindex(b"\xff\xda")
    assert problem(content[:last] + content[last:-2] * 1_000 + content[-2:]) == "damaged"


# ------------------------------------------------------------------ thumbnails and looks


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_has_a_thumbnail(mode: str) -> None:
    grey = made.photo().convert("L")
    picture = (
        grey.point(lambda value: value * 256, "I").convert("I;16") if mode == "I;16" else grey.convert(mode)
    )
    found = read(made.encoded(picture, "PNG"))
    assert size(found.thumbnail) == (320, 240)
    assert mode == "1" or alike(found.look, read(PLAIN["JPEG"]).look)


def test_a_thumbnail_never_grows_and_is_white_where_nothing_is() -> None:
    clear = Image.new("RGBA", (40, 30), (200, 0, 0, 0))
    with Image.open(BytesIO(read(made.encoded(clear, "PNG")).thumbnail)) as thumbnail:
        assert thumbnail.size == (40, 30)
        assert thumbnail.getpixel((20, 15)) == (255, 255, 255)


def test_a_photo_made_smaller_by_a_messenger_is_known_again() -> None:
    for seed in range(4):
        photo = made.photo(seed, (1600, 1200))
        look = read(made.encoded(photo, quality=95)).look
        assert look is not None
        for longest in (1280, 960, 640, 320):
            for quality in (90, 40):
                small = photo.copy()
                small.thumbnail((longest, longest))
                assert alike(look, read(made.encoded(small, quality=quality)).look)


def test_other_photos_are_not_alike() -> None:
    looks = [read(made.encoded(made.photo(seed))).look for seed in range(40)]
    assert not any(alike(one, other) for place, one in enumerate(looks) for other in looks[:place])


@pytest.mark.parametrize(
    "empty",
    [
        Image.new("RGB", (400, 300), "white"),
        Image.new("L", (400, 300), 90),
        Image.linear_gradient("L").resize((400, 300)),
        Image.effect_noise((400, 300), 20),
    ],
    ids=["white", "grey", "shade", "noise"],
)
def test_a_picture_in_which_there_is_little_to_see_has_no_look(empty: Image.Image) -> None:
    assert read(made.encoded(empty)).look is None


def test_a_look_is_sixteen_digits_that_tell_bright_from_dark() -> None:
    cells = [[200.0 if (row + column) % 2 else 50.0 for column in range(9)] for row in range(8)]
    assert look_of(cells) == "55aa" * 4
