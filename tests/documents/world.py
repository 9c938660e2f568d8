"""Invented people in the scripts of the world, each with an address as its country writes it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from returns_cli.documents import PaperAddress

_FOLDER = Path("/usr/share/fonts/truetype")
HAN_FONT = _FOLDER / "wqy/wqy-microhei.ttc"  # Debian fonts-wqy-microhei
HEBREW_FONT = _FOLDER / "noto/NotoSansHebrew-Regular.ttf"  # Debian fonts-noto-core


class Person(NamedTuple):
    """Somebody who sends something back.

    Attributes:
        language: BCP 47.
        copies: whether text copied from a PDF is what was written.
        font: a system font that must be installed, None where packages suffice.
    """

    language: str
    address: PaperAddress
    copies: bool = True
    font: Path | None = None


WORLD = {
    "Romanian": Person(
        "ro",
        PaperAddress(
            "Ștefania Țăranu-Ionescu", ("Strada Mihai Eminescu 14, ap. 3",), "Cluj-Napoca",
            "Cluj", "400033", "RO",
        ),
    ),
    "Polish": Person(
        "pl",
        PaperAddress(
            "Żaneta Świętosława Łącka", ("ul. Gęsia Łódź 7/9 m. 12",), "Łódź", "", "90-001", "PL"
        ),
    ),
    "Vietnamese": Person(
        "vi",
        PaperAddress(
            "Nguyễn Thị Ngọc Ánh", ("12 Đường Nguyễn Huệ, Phường Bến Nghé",),
            "Thành phố Hồ Chí Minh", "", "700000", "VN",
        ),
    ),
    "Greek": Person(
        "el",
        PaperAddress("Ελένη Παπαδοπούλου", ("Οδός Ερμού 25",), "Αθήνα", "", "105 63", "GR"),
    ),
    "Ukrainian": Person(
        "uk",
        PaperAddress(
            "Їванна Ґалаґан-Щур", ("вул. Хрещатик, 22, кв. 5",), "Київ", "", "01001", "UA"
        ),
    ),
    "Chinese (Simplified)": Person(
        "zh-CN",
        PaperAddress(
            "王小明", ("建国路88号现代城5号楼1203室",), "朝阳区", "北京市", "100022", "CN"
        ),
        font=HAN_FONT,
    ),
    "Chinese (Traditional)": Person(
        "zh-TW",
        PaperAddress("陳怡君", ("信義路五段7號89樓",), "信義區", "臺北市", "110615", "TW"),
        font=HAN_FONT,
    ),
    "Japanese": Person(
        "ja",
        PaperAddress(
            "髙橋さくら", ("丸の内2丁目7−2 JPタワー",), "千代田区", "東京都", "100-0005", "JP"
        ),
        font=HAN_FONT,
    ),
    "Korean": Person(
        "ko",
        PaperAddress("김민지", ("세종대로 110, 1203호",), "중구", "서울특별시", "04524", "KR"),
        font=HAN_FONT,
    ),
    "Arabic": Person(
        "ar",
        PaperAddress(
            "محمد عبد الله الأحمد", ("شارع الملك فهد 45 (الطابق 3)",), "الرياض", "", "12211", "SA"
        ),
        copies=False,
    ),
    "Hebrew": Person(
        "he",
        PaperAddress("דוד בן־גוריון", ("רחוב הרצל 12, דירה 4",), "תל אביב", "", "6688101", "IL"),
        copies=False,
        font=HEBREW_FONT,
    ),
    "Thai": Person(
        "th",
        PaperAddress(
            "ณัฐวุฒิ ศรีสุวรรณ์", ("99/7 ถนนสุขุมวิท แขวงคลองเตย",), "กรุงเทพมหานคร", "", "10110", "TH"
        ),
        copies=False,
    ),
    "Hindi": Person(
        "hi",
        PaperAddress(
            "प्रियंका श्रीवास्तव", ("१२/४ महात्मा गाँधी मार्ग, शक्ति नगर",), "नई दिल्ली", "", "110001", "IN"
        ),
        copies=False,
    ),
}  # fmt: skip
