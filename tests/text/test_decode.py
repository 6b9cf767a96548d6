"""Bytes into text and back: nothing is lost, whatever comes in."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repair.text.decode import UndecodableError, decode, encode

FRENCH = (
    "Après le dîner, elle ouvrit la fenêtre : «déjà l’été», dit-elle.\nUne œuvre, et c’est tout.\n"
)
RUSSIAN = "Поезд опоздал на час, и никто не удивился.\nСнег шёл до утра.\n"
CHINESE = "昨天下午我们去了图书馆，借了三本书。"


def roundtrip(data: bytes) -> None:
    try:
        document = decode(data)
    except UndecodableError:
        return
    assert encode(document) == data
    assert decode(data, encoding=document.encoding).text == document.text


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_come_back(data: bytes) -> None:
    roundtrip(data)


PIECES = st.sampled_from(
    [
        b"plain ",
        b"\n",
        b"\r\n",
        "café ".encode(),
        "café ".encode("cp1252"),
        b"\x81",
        b"\x92",
        "снег".encode("cp1251"),
        "снег".encode(),
        "本の".encode("cp932"),
        "書".encode("big5"),
        "图书".encode("gb18030"),
        "본문".encode("cp949"),
        b"\x1b$B",
        b"\x1b(B",
        b"~{",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        "été".encode("utf-16-le"),
        b"\xed\xa0\xbd",
        b"\xff",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_mixed_bytes_come_back(data: bytes) -> None:
    roundtrip(data)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (CHINESE * 3, "gb18030"),
        (FRENCH, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (CHINESE, "utf-16-le"),
        ("วันนี้ฝนตกหนักมาก", "utf-16-be"),
        ("本を読むのが好きです。昨日は雨でした。", "cp932"),
        ("本を読むのが好きです。", "iso2022_jp"),
        (FRENCH, "utf-32-le"),
    ],
)
def test_the_charset_is_found(text: str, codec: str) -> None:
    document = decode(text.encode(codec))
    assert document.text == text
    assert encode(document) == text.encode(codec)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_stays(codec: str) -> None:
    data = ("\ufeff" + FRENCH).encode(codec)
    document = decode(data)
    assert (document.text, document.encoding) == ("\ufeff" + FRENCH, codec)
    assert encode(document) == data


def test_a_stray_byte_costs_nothing_else() -> None:
    data = "Ein schöner Tag ".encode() + b"\x92" + " für alle.".encode()
    assert decode(data).text == "Ein schöner Tag \udc92 für alle."


def test_two_programs_wrote_one_file() -> None:
    lines = [FRENCH.split("\n")[0], "Le café est fermé après dîner", FRENCH.split("\n")[1]]
    data = b"\n".join(
        line.encode("cp1252" if number == 1 else "utf-8") for number, line in enumerate(lines)
    )
    document = decode(data)
    assert document.text == "\n".join(lines)
    assert document.encoding.startswith("utf-8+")
    assert document.encoding.endswith(":2")
    assert encode(document) == data


def test_colours_are_text() -> None:
    assert decode(b"\x1b[31mred\x1b[0m").text == "\x1b[31mred\x1b[0m"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\x06\0\0\0",
        b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0\1\0\0\0",
        b"PK\3\4\x14\0\0\0\x08\0\x12\x9d\x8eY\xff\xfe\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    ],
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError, match=r"^photo\.bin: binary data"):
        decode(data, "photo.bin")


def test_a_named_encoding_is_obeyed() -> None:
    assert decode(b"caf\x82", encoding="cp437").text == "café"
    with pytest.raises(LookupError):
        decode(b"x", encoding="no-such-charset")
    with pytest.raises(UndecodableError, match="leave --encoding out"):
        decode(b"\xff\xfe\xfd", "a.txt", "utf-16-le")


def test_a_mark_of_utf16_in_front_of_rubbish() -> None:
    roundtrip(codecs.BOM_UTF16_LE + b"\x00\xd8x")
