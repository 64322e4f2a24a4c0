"""A working copy holds the picture and nothing of where, with what or when it was taken; what is covered is gone."""

import io
import json

import pytest
from PIL import Image

from waystation.evidence.copying import NotCopied, copy, main, padded, uncovered
from waystation.evidence.pictures import faults, sniffed

PATCH, GROUND = (0, 255, 0), (200, 30, 30)


def picture(kind="JPEG", *, patch=(100, 60, 160, 120), **more):
    made = Image.new("RGB", (300, 200), GROUND)
    made.paste(PATCH, patch)
    exif = made.getexif()
    exif[0x0112], exif[0x010F], exif[0xA431] = 6, "Camera", "serial 4711"   # on its side
    exif.get_ifd(0x8825)[2] = (42.0, 58.0, 26.0)
    out = io.BytesIO()
    extra = {"comment": b"for Yon"} if kind == "JPEG" else {}
    made.save(out, kind, exif=exif, icc_profile=b"profile", **extra, **more)
    return out.getvalue()


def stuffed():
    """As a telephone writes it: XMP, IPTC, a thumbnail, and a film after the end."""
    plain = picture()
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta place='Onsong'/>"
    iptc = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x06Onsong"
    parts = b"".join(b"\xff" + marker + (len(body) + 2).to_bytes(2, "big") + body for marker, body in
                     ((b"\xe1", xmp), (b"\xed", iptc), (b"\xe0", b"JFXX\0\x10" + picture())))
    return plain[:2] + parts + plain[2:] + b"\0\0\0\x18ftypmp42 a film"


@pytest.mark.refuses("H-39")
@pytest.mark.parametrize("data", [stuffed(), picture("PNG"), picture("WEBP")], ids=["jpeg", "png", "webp"])
def test_a_copy_passes_the_second_reader_and_its_original_does_not(data):
    said, made = copy(data, [])
    assert faults(data) and faults(made) == []
    assert (said["width"], said["height"]) == (200, 300)      # upright
    for secret in (b"Camera", b"serial", b"Onsong", b"Yon", b"ftyp", b"Exif", b"profile"):
        assert secret not in made


@pytest.mark.refuses("H-39")
def test_nothing_of_what_is_covered_can_be_seen_again():
    said, made = copy(stuffed(), [(25, 20, 75, 65)])
    seen = Image.open(io.BytesIO(made)).convert("RGB")
    assert not any(pixel[1] > 60 for _, pixel in seen.getcolors(1 << 20))     # no green is left anywhere
    assert uncovered(made, said["boxes"]) == []
    _, bare = copy(stuffed(), [])
    assert uncovered(bare, said["boxes"]) != []
    assert any(pixel[1] > 200 for _, pixel in Image.open(io.BytesIO(bare)).convert("RGB").getcolors(1 << 20))


@pytest.mark.refuses("H-39")
def test_a_box_lies_where_it_was_drawn_on_the_picture_as_it_stands_upright():
    _, made = copy(picture(patch=(0, 0, 40, 40)), [(78, 0, 100, 16)])  # lying on its side the patch is at the left, upright at the right
    assert not any(pixel[1] > 60 for _, pixel in Image.open(io.BytesIO(made)).convert("RGB").getcolors(1 << 20))


def test_a_box_is_padded_by_fifteen_per_cent_and_stays_in_the_picture():
    assert padded((50, 50, 60, 60), 1000, 1000) == (480, 480, 616, 616)
    assert padded((0, 0, 100, 100), 50, 30) == (0, 0, 50, 30)
    for wrong in ((50, 0, 40, 10), (0, 0, 101, 10), (-1, 0, 5, 5), (float("nan"), 0, 5, 5)):
        with pytest.raises(NotCopied):
            padded(wrong, 100, 100)


def test_what_is_no_picture_or_too_large_a_one_is_refused(monkeypatch):
    for data in (b"", b"MZ", picture()[:200], b"GIF89a" + bytes(30)):
        with pytest.raises(NotCopied):
            copy(data, [])
    monkeypatch.setattr("waystation.evidence.copying.PIXELS", 1000)
    with pytest.raises(NotCopied):
        copy(picture(), [])


def test_a_glance_is_small_and_ruled():
    said, made = copy(picture(), [], side=100, grid=True)
    assert max(said["width"], said["height"]) == 100 and faults(made) == []


def test_the_child_answers_in_one_line_and_then_the_bytes():
    def asked(question, data):
        out = io.BytesIO()
        main(io.BytesIO(json.dumps(question).encode() + b"\n" + data), out)
        line, _, made = out.getvalue().partition(b"\n")
        return json.loads(line), made

    said, made = asked({"do": "copy", "boxes": [[10, 10, 30, 30]]}, picture())
    assert sniffed(made) == "jpeg" and asked({"do": "check", "boxes": said["boxes"]}, made) == ({"faults": []}, b"")
    assert asked({"do": "copy", "boxes": []}, b"no picture")[0]["refused"]


@pytest.mark.refuses("H-39")
def test_a_container_that_ends_too_soon_or_holds_more_is_a_fault():
    _, jpeg = copy(picture(), [])
    _, png = copy(picture("PNG"), [])
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "WEBP", lossless=True)
    webp = out.getvalue()
    for whole in (jpeg, png, webp):
        assert faults(whole) == []
        for broken in (whole[:-3], whole + b"x", whole[:24]):
            assert faults(broken), broken[:4]
    assert faults(png[:33] + b"\0\0\0\x01tEXtx\0\0\0\0" + png[33:])
    assert faults(jpeg[:2] + b"\xff\xe0\0\x10JFXX\0" + bytes(9) + jpeg[2:])
