"""
How fast a sentence and a line that is only a name are read, and how that grows: `python benchmarks/reading.py`. Prints, judges nothing.

The registry's own pairings are joined by made-up ones whose names are put together from syllables of foreign
place names. Sentences and names are those that the readers are developed against, slips of the finger included.
"""

from __future__ import annotations

import csv
import json
import random
import re
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from bot.language.finding import find
from bot.language.names import CountryNames, Lexicon, PairingNames, PlaceNames, ProvinceNames, TypeWords
from bot.language.quick_log import read_log
from bot.language.whole_names import Relation

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "bot" / "language"
SIZES = (100, 1_000, 10_000, 100_000)

_THAI = re.findall(
    r"\S+",
    "กว่าง กวาง เฉิง โจว หยาง หนาน เป่ย ซาน ตง ซี เจียง หลง ฝู เจี้ยน อัน หู ไห่ เหอ จิ่น หลิน ชิง เต่า อู่ ฮั่น หลาน ซู หาง เหวิน ไถ หย่ง "
    "นิญ บิ่ญ ถวน เหงียน ฮา ลอง ดา นัง กวี เญิน เตย คั้ญ ฟู เอียน ซา มา โต โย โก คา ชิ มะ ริ นา วา ซากิ โอ ตะ คุ โม โท ยา ชอง บุก นัม แท กู พู "
    "ซัน คัง วอน อึน พา บู สะ วัน เขต พะ บาง จำ ปา ลา ไซ คำ ม่วน เมือง ละ กา รัง เซ งอร์ เพ รัก บา หลี สุ รา บัน ดุง มาส เบิร์ก ตัน โบ วิล โฮ",
)
_LATIN = re.findall(
    r"\S+",
    "guang cheng zhou yang nan bei shan dong xi jiang long fu jian an hu hai he jin lin qing dao wu han lan su hang wen tai yong "
    "ninh binh thuan nguyen ha da nang quy nhon tay khanh phu yen sa ma to yo go ka shi ri na wa saki o ta ku mo ya chong buk nam dae gu san gang won "
    "eun pa sav khet pha bang cham sak lai kham muan la rang se ngor per bo vil ho ton burg",
)
_FORMS = ("มณฑล", "เมือง", "นคร", "จังหวัด", "แขวง", "รัฐ")


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "storage" / "reference" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split("|") if name.strip())


def _provinces() -> list[ProvinceNames]:
    return [
        ProvinceNames(
            row["code"],
            row["name_th"],
            _names(row["aliases"]),
            _names(row["unsafe_aliases"]),
            row["name_rtgs"],
        )
        for row in _rows("provinces.csv")
    ]


def made_name(chance: random.Random) -> tuple[str, str, str]:
    """A made-up partner: its form of government, its Thai name and its romanised one."""
    thai, latin = (
        "".join(chance.choice(pieces) for _ in range(chance.randint(2, 4))) for pieces in (_THAI, _LATIN)
    )
    return chance.choice(_FORMS), thai, latin.title()


def _pairings(size: int) -> list[PairingNames]:
    """The registry's pairings and as many made-up ones as it takes."""
    found = [
        PairingNames(
            row["pairing_id"],
            row["province_code"],
            row["province_th"],
            row["partner_th"],
            row["partner_en"],
            _names(row["partner_aliases"]),
            row["country_code"],
            row["status"],
            row["thai_level"],
            row["partner_th"],
            row["pairing_id"].partition("-")[2],
        )
        for row in _rows("pairings.csv")
    ][:size]
    codes = [row["code"] for row in _rows("provinces.csv")]
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    for number in range(size - len(found)):
        form, thai, latin = made_name(chance)
        code = chance.choice(codes)
        found.append(
            PairingNames(
                f"x{number}",
                code,
                code,
                form + thai,
                latin,
                (thai,),
                "CN",
                "established",
                "province",
                thai,
                f"partner{number}",
            )
        )
    return found


def _lexicon(size: int) -> Lexicon:
    types = [
        TypeWords(row["code"], row["label_th"], row["label_en"], row["counts"], _names(row["synonyms"]))
        for row in _rows("activity_types.csv")
    ]
    countries = [
        CountryNames(row["code"], row["name_th"], row["name_en"], _names(row["aliases"]))
        for row in _rows("countries.csv")
    ]
    places = [
        PlaceNames(
            _names(row["names"]),
            cast(Relation, row["relation"]),
            row["province_code"] or None,
            row["partner_id"] or None,
        )
        for row in _rows("places.csv")
    ]
    return Lexicon.build(_provinces(), _pairings(size), types, countries, places)


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def _reading(lexicon: Lexicon) -> list[float]:
    meta, *rows = _lines("golden_log.jsonl")
    today = date.fromisoformat(meta["meta"]["today"])
    return _milliseconds(rows, lambda row: read_log(row["text"], lexicon, home=row["home"], today=today))


def _finding(lexicon: Lexicon) -> list[float]:
    return _milliseconds(
        _lines("golden_names.jsonl"), lambda row: find(row["text"], lexicon, home=row["home"])
    )


def _milliseconds(rows: Sequence[dict[str, Any]], read: Callable[[dict[str, Any]], object]) -> list[float]:
    """The time of each line, the faster of two runs, in order of size."""
    taken: list[float] = []
    for row in rows:
        runs = []
        for _ in range(2):
            began = time.perf_counter()
            read(row)
            runs.append(1000 * (time.perf_counter() - began))
        taken.append(min(runs))
    return sorted(taken)


def _figures(taken: list[float]) -> str:
    return f"{statistics.median(taken):.1f} | {taken[int(0.95 * len(taken))]:.1f} | {taken[-1]:.1f}"


def main() -> None:
    print(
        "| pairings | sentence: median ms | p95 | slowest | name: median ms | p95 | slowest | index s | MB |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in SIZES:
        began = time.perf_counter()
        lexicon = _lexicon(size)
        built = time.perf_counter() - began
        figures = f"{_figures(_reading(lexicon))} | {_figures(_finding(lexicon))}"
        del lexicon
        tracemalloc.start()
        lexicon = _lexicon(size)
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"| {size:,} | {figures} | {built:.1f} | {held / 2**20:.0f} |", flush=True)
        del lexicon


if __name__ == "__main__":
    main()
