"""A copy to print: scaled, upright, in sRGB, and nothing but its pixels."""

import pytest
from PIL import Image, ImageChops, ImageCms

from digest.errors import ExtractError
from scrapers.pictures.formats import format_of
from scrapers.pictures.remaking import Copy, remade
from tests.scrapers.pictures.makers import a_chart, a_png_that_says, a_scene, exif, opened, srgb_profile, written


def copy_of(body: bytes, *, width: int = 1299) -> Copy:
    return remade(body, form=format_of(body, url=""), width=width)


def kind_of(body: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        copy_of(body)
    return caught.value.kind


def pixel(copy: Copy, right: float, down: float) -> tuple[int, ...]:
    """The colour at a place, as shares of width and height."""
    found = opened(copy.data).convert("RGB").getpixel((int(copy.width * right), int(copy.height * down)))
    assert isinstance(found, tuple)
    return tuple(int(level) for level in found)


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("size", "width", "made"),
    [
        ((3000, 2000), 1299, (1299, 866)),
        ((900, 600), 1299, (900, 600)),  # never enlarged
        ((600, 6000), 1299, (200, 2000)),  # no higher than a page
        ((1299, 866), 1299, (1299, 866)),
    ],
)
def test_a_copy_is_as_large_as_it_is_printed(size: tuple[int, int], width: int, made: tuple[int, int]):
    copy = copy_of(written(a_scene(*size)), width=width)
    assert (copy.width, copy.height) == made == opened(copy.data).size


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
def test_every_format_becomes_one_that_prints_and_looks_the_same(form: str):
    copy = copy_of(written(a_scene(), form))
    assert copy.mime == ("image/png" if form == "GIF" else "image/jpeg")  # a GIF has 256 colours at most
    before = opened(written(a_scene(), form)).convert("RGB")
    difference = ImageChops.difference(before, opened(copy.data).convert("RGB")).convert("L")
    assert sum(level * count for level, count in enumerate(difference.histogram())) / (900 * 600) < 6


def test_a_chart_stays_sharp():
    copy = copy_of(written(a_chart(), "PNG"))
    assert copy.mime == "image/png"
    assert not ImageChops.difference(opened(copy.data).convert("RGB"), a_chart()).getbbox()
    assert copy_of(written(a_chart())).mime == "image/jpeg"  # what was blurred once is not made large


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_nothing_of_the_camera_is_left(form: str):
    body = written(a_scene(), form, exif=exif(), icc_profile=srgb_profile(), comment="Bi mat")
    assert b"Camera Lua" in body
    copy = copy_of(body)
    kept = opened(copy.data)
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (b"Camera Lua", b"Exif", b"ICC_PROFILE", b"Bi mat", b"http"):
        assert secret not in copy.data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_the_camera_was_held(orientation: int):
    scene = Image.new("RGB", (900, 600), "white")
    scene.paste("#c00000", (0, 0, 300, 200))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the turn that undoes each: PIL.Image.Transpose
    held = scene.transpose(Image.Transpose(back[orientation])) if orientation > 1 else scene
    copy = copy_of(written(held, exif=exif(orientation), quality=95), width=450)
    assert (copy.width, copy.height) == (450, 300)
    assert near(pixel(copy, 0.1, 0.1), (192, 0, 0))
    assert near(pixel(copy, 0.9, 0.9), (255, 255, 255))


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA"), ("AVIF", "RGBA")])
def test_what_is_transparent_stands_on_white(form: str, mode: str):
    picture = a_scene().convert(mode)
    picture.putalpha(Image.linear_gradient("L").resize((900, 600)).point(lambda level: 255 if level > 127 else 0))
    copy = copy_of(written(picture, form))
    assert near(pixel(copy, 0.5, 0.1), (255, 255, 255))
    assert not near(pixel(copy, 0.5, 0.9), (255, 255, 255))


def test_a_transparent_palette_stands_on_white():
    palette = a_chart().convert("P", palette=Image.Palette.ADAPTIVE, colors=8)
    white = palette.getpixel((5, 5))
    copy = copy_of(written(palette, "PNG", transparency=white))
    assert near(pixel(copy, 0.01, 0.01), (255, 255, 255))


@pytest.mark.parametrize("form", ["GIF", "WEBP", "AVIF"])
def test_of_what_moves_the_first_frame_is_printed(form: str):
    first = a_chart()
    rest = [Image.new("RGB", first.size, colour) for colour in ("blue", "black")]
    copy = copy_of(written(first, form, save_all=True, append_images=rest, duration=100))
    assert near(pixel(copy, 0.01, 0.01), (255, 255, 255))
    assert copy.width == 900


def test_printers_colours_become_the_screens():
    printed = Image.new("CMYK", (900, 600), (0, 255, 255, 0))  # red
    printed.paste((0, 0, 0, 0), (0, 0, 450, 600))
    copy = copy_of(written(printed, quality=95))
    assert opened(copy.data).mode == "RGB"
    assert near(pixel(copy, 0.9, 0.5), (255, 0, 0), by=40)
    assert near(pixel(copy, 0.1, 0.5), (255, 255, 255))


def test_a_pictures_own_colours_are_told_in_srgb():
    lab_white = ImageCms.createProfile("LAB")
    profile = ImageCms.ImageCmsProfile(lab_white).tobytes()
    plain = copy_of(written(a_scene(), quality=95))
    assert copy_of(written(a_scene(), quality=95, icc_profile=srgb_profile())).width == plain.width
    swapped = srgb_profile().replace(b"rXYZ", b"xxxx").replace(b"gXYZ", b"rXYZ").replace(b"xxxx", b"gXYZ")
    red, green, blue = pixel(plain, 0.9, 0.2)
    assert near(pixel(copy_of(written(a_scene(), quality=95, icc_profile=swapped)), 0.9, 0.2), (green, red, blue))
    # A profile of other colours than the picture has, and one that is none: the colours stay as they are.
    for strange in (profile, b"no profile at all" * 20):
        assert copy_of(written(a_scene(), quality=95, icc_profile=strange)).data == plain.data


@pytest.mark.parametrize("mode", ["1", "L", "I;16"])
def test_grey_pictures_stay_grey(mode: str):
    grey = a_scene().convert("L")
    picture = (
        grey.convert("I").point(lambda level: level * 256).convert("I;16") if mode == "I;16" else grey.convert(mode)
    )
    copy = copy_of(written(picture, "PNG"))
    assert opened(copy.data).mode in ("L", "1")
    if mode != "1":
        assert near(pixel(copy, 0.9, 0.9), pixel(copy_of(written(grey, "PNG")), 0.9, 0.9))


def test_the_same_bytes_give_the_same_copy():
    for form in ("JPEG", "PNG", "WEBP"):
        body = written(a_scene(), form)
        assert copy_of(body) == copy_of(body)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (16, 16), (728, 90), (99, 900)])
def test_counters_icons_and_banners_are_no_pictures(size: tuple[int, int]):
    assert kind_of(written(a_scene(*size), "PNG")) == "ornament"


@pytest.mark.parametrize("colour", ["white", "#c0c0c0", "black"])
def test_a_placeholder_of_one_colour_is_no_picture(colour: str):
    assert kind_of(written(Image.new("RGB", (600, 400), colour))) == "ornament"
    assert kind_of(written(Image.new("RGBA", (600, 400), (9, 99, 199, 0)), "PNG")) == "ornament"


@pytest.mark.parametrize("size", [(40_000, 500), (500, 40_000), (7_000, 6_000), (2**31 - 1, 2**31 - 1)])
def test_what_is_larger_than_any_photograph_is_not_decoded(size: tuple[int, int]):
    assert kind_of(a_png_that_says(*size)) == "too-large"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_a_file_that_was_cut_off_is_damaged(form: str, share: float):
    body = written(a_scene(), form)
    assert kind_of(body[: max(64, int(len(body) * share))]) == "damaged"


def test_no_pixels_and_missing_rows_are_damage():
    assert kind_of(a_png_that_says(0, 0)) == "damaged"
    assert kind_of(a_png_that_says(900, 600, bytes(900))) == "damaged"


def test_spoilt_metadata_costs_no_picture():
    good = written(a_scene(), exif=b"Exif\0\0MM\0*\0\0\0\x08" + b"\xff" * 40)
    assert copy_of(good).width == 900
    odd = exif()
    odd[0x0112] = 77
    assert copy_of(written(a_scene(), exif=odd)).width == 900
