"""The page of an evaluation: complete, safe with any text, and on its own."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from knowledge.report import Confusion, Figure, Group, Miss, Report, bar_width, percent, points, report_html

REPORT = Report(
    title="ผลการทดสอบการตอบ",
    made_on="22 พ.ย. 2569",
    command="sistercity kb eval --html report.html",
    figures=(
        Figure("ตอบถูก", 0.935, 0.9, 0.92),
        Figure("เสนอถูก", 0.88, 0.9, 0.9),
        Figure("ตอบผิด", 0.03, 0.02, 0.05, lower=True),
        Figure("เวลา", 0.5, None, None),
    ),
    groups=(
        Group(
            "ตามรูปแบบ (by style)",
            (
                ("ภาษาพูด", 1200, (Figure("ตอบถูก", 0.9, None, 0.8), Figure("เสนอถูก", 0.95, 0.9, None))),
                ("คำผิด", 40, (Figure("ตอบถูก", 0.7, None, None),)),
            ),
        ),
    ),
    confusions=(Confusion("who-signs", "cabinet", 3, ("ใครเซ็น", "who signs")),),
    misses=(
        Miss(
            "ใครเซ็น MOU",
            "who-signs",
            "suggest",
            (("cabinet", 0.81), ("who-signs", 0.79)),
            "ภาษาพูด",
            "signing",
        ),
        Miss("อากาศวันนี้", None, "answer", (("kpi", 0.9),), "นอกเรื่อง", "–"),
    ),
)
EMPTY = Report("ว่าง", "", "", (), (), (), ())


class Page(HTMLParser):
    """Tags that are open, all attributes, and the visible text."""

    VOID = frozenset({"meta", "br", "wbr", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def words(html: str) -> str:
    return " ".join(Page(html).text.split())


@pytest.mark.parametrize("report", [REPORT, EMPTY])
def test_the_page_is_well_formed_and_loads_nothing(report: Report) -> None:
    html = report_html(report)
    page = Page(html)
    assert page.open == []
    assert html.startswith("<!DOCTYPE html>")
    assert not {"script", "link", "img", "iframe", "a"} & set(page.tags)
    assert not {"href", "src"} & {name for name, _ in page.attributes}
    assert not re.search(r"https?:|url\(|@import", html)


def test_figures_stand_with_aim_and_change() -> None:
    text = words(report_html(REPORT))
    assert "ตอบถูก 93.5% ถึงเป้า ≥ 90.0% +1.5 ดีขึ้น" in text
    assert "เสนอถูก 88.0% ไม่ถึงเป้า ≥ 90.0% −2.0 แย่ลง" in text
    assert "ตอบผิด 3.0% ไม่ถึงเป้า ≤ 2.0% −2.0 ดีขึ้น" in text
    assert "เวลา 50.0% – –" in text


def test_without_a_run_to_compare_with_there_is_no_column_for_it() -> None:
    """On a phone an empty column pushes the others off the page."""
    alone = replace(REPORT, figures=(Figure("ตอบถูก", 0.935, 0.9, None),), groups=())
    assert "เทียบครั้งก่อน" in words(report_html(REPORT))
    assert "เทียบครั้งก่อน" not in words(report_html(alone))
    assert "ตอบถูก 93.5% ถึงเป้า ≥ 90.0% รายการที่สับสนกัน" in words(report_html(alone))


def test_a_long_name_is_broken_at_its_underscores_and_stays_escaped() -> None:
    html = report_html(replace(REPORT, figures=(Figure("near_<b>_answered", 0.1, None, None),)))
    assert "near_<wbr>&lt;b&gt;_<wbr>answered" in html


def test_groups_have_a_column_a_figure_and_bars_of_their_length() -> None:
    html = report_html(REPORT)
    assert "ภาษาพูด 1,200 90.0% +10.0 95.0% คำผิด 40 70.0% –" in words(html)
    assert 'style="width: 70.0%"' in html
    assert 'class="aim" style="left: 90.0%"' in html


def test_confusions_and_misses_are_told_with_their_words() -> None:
    text = words(report_html(REPORT))
    assert "who-signs → cabinet · 3 ครั้ง “ใครเซ็น” “who signs”" in text
    assert "ใครเซ็น MOU ควรได้ who-signs ได้ suggest · cabinet 0.81, who-signs 0.79 กลุ่ม ภาษาพูด · signing" in text
    assert "ควรได้ ไม่มีรายการที่ตอบ (no entry) ได้ answer · kpi 0.90" in text


def test_an_empty_report_says_so() -> None:
    text = words(report_html(EMPTY))
    assert "ไม่มีตัวเลข" in text
    assert "ทุกคำถามได้ผลตรง" in text


def test_texts_are_escaped_wherever_they_stand() -> None:
    """Questions are what people typed: they may hold anything."""
    bad = '<script>alert("x")</script>'
    figure = Figure(bad, 0.5, 0.4, 0.3)
    report = Report(
        bad,
        bad,
        bad,
        (figure,),
        (Group(bad, ((bad, 1, (figure,)),)),),
        (Confusion(bad, bad, 1, (bad,)),),
        (Miss(bad, bad, bad, ((bad, 0.5),), bad, bad),),
    )
    html = report_html(report)
    assert "<script" not in html
    assert Page(html).text.count(bad) == 17


def test_the_same_report_gives_the_same_page() -> None:
    assert report_html(REPORT) == report_html(REPORT)


@pytest.mark.parametrize(
    ("value", "aim", "lower", "reached"),
    [(0.9, 0.9, False, True), (0.89, 0.9, False, False), (0.02, 0.02, True, True), (0.5, None, False, None)],
)
def test_an_aim_is_the_least_or_the_most(
    value: float, aim: float | None, lower: bool, reached: bool | None
) -> None:
    assert Figure("x", value, aim, None, lower).reached is reached


def test_a_change_too_small_to_be_shown_is_none() -> None:
    assert Figure("x", 0.9, None, 0.9001).better is None
    assert points(-0.0001) == "0.0"
    assert points(-0.01) == "−1.0"


def test_bars_stay_within_their_track() -> None:
    assert (bar_width(1.7), bar_width(-1), bar_width(0.333)) == ("100.0", "0.0", "33.3")
    assert percent(0.12345) == "12.3%"
