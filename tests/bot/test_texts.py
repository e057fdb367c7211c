"""The wording in both languages: complete, alike in shape, and within what a phone and the voice allow."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

import pytest

import bot
from bot.calendar import BANGKOK
from bot.dialogues.base import DETAILS, DraftField
from bot.dialogues.evidence import MOST
from bot.language.dates import DateSpan, read_date
from bot.language.money import read_amount
from bot.language.people import read_headcount
from bot.messages import FileProblem
from bot.reminders import Count, PairingFacts, summary
from bot.texts import of_language
from bot.texts.en import En
from bot.texts.th import Th
from knowledge.overlay import EntryField, FaultKind
from tests.bot import said_joining, said_offices, said_relation, said_reminding, said_serving

THAI, ENGLISH = of_language("th"), of_language("en")
BOTH = pytest.mark.parametrize("t", [THAI, ENGLISH], ids=["th", "en"])

LONGEST_TEXT = 1000
LONGEST_BUTTON = 60
LONGEST_COMMAND = 256  # characters of a description in Telegram's menu

THAI_LETTER = re.compile(r"[\u0e00-\u0e7f]")
THAI_DIGIT = re.compile(r"[๐-๙]")
REPEATED_WITHOUT_SPACE = re.compile(r"[^\s]ๆ")
OUT_OF_VOICE = re.compile("ครับ|ค่ะ|นะคะ|!|！")
BOTH_ERAS = re.compile(r"\(B\.E\. 2\d{3}(–2\d{3})?\)")
BUDDHIST_YEAR = re.compile(r"\b2[45]\d\d\b")
PRESSED = re.compile(r"\b(?:choice|one|_set)\(\s*(?:facts\.)?t\.([A-Z_]+)")

TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 9, 5, tzinfo=BANGKOK)
NEW_YEAR = (date(2026, 12, 30), date(2027, 1, 2))
ONE_DAY, THREE_DAYS = (date(2026, 11, 3), None), (date(2026, 11, 3), date(2026, 11, 5))


@dataclass(frozen=True)
class Kind:
    label_th: str
    label_en: str


@dataclass(frozen=True)
class Standing:
    status: str
    signed_on: date | None = None
    signed_precision: Literal["day", "month", "year"] | None = None
    verdict: str | None = None
    stage: str | None = None
    expires_on: date | None = None
    expires_precision: Literal["day", "month", "year"] | None = None


STANDINGS = (
    Standing("established"),
    Standing("established", date(2015, 5, 11)),
    Standing("established", date(2015, 5, 1), "month"),
    Standing("established", date(2015, 1, 1), "year"),
    Standing("in_progress"),
    Standing("unknown"),
    Standing("established", verdict="wrong"),
    Standing("ended", verdict="wrong"),
    Standing("established", date(2015, 5, 11), stage="renewed", expires_on=date(2027, 1, 1)),
    Standing("in_progress", stage="mou_draft"),
    Standing("dormant"),
    Standing("ended"),
)


def year_sums(*, held: int = 0, days_left: int = 39) -> tuple[Count, ...]:
    """One of each basis, as the yearly rule gives them."""
    pairing = PairingFacts("50-chengdu", "TH-50", "established", "province", date(2015, 5, 11), "day")
    return tuple(
        Count(one.basis, one.period, held, one.first, one.last, days_left, one.last_held)
        for one in summary(pairing, (), TODAY)
    )


def public(words: type[Th]) -> set[str]:
    """What the language's own classes say; English inherits Thai, and must not rely on it."""
    language = words.__module__[-2:]
    own = [one for one in words.__mro__ if one.__module__.endswith(language)]
    return {name for one in own for name in vars(one) if not name.startswith("_")}


def constants(t: Th) -> dict[str, object]:
    return {name: getattr(t, name) for name in public(Th) if not callable(getattr(t, name))}


def flat(value: object) -> Iterator[str]:
    """Every wording in a constant, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from flat(inner)
    else:
        assert isinstance(value, Sequence)
        for _command, wording in value:
            yield wording


def methods_said(t: Th) -> dict[str, list[str]]:
    """Each method with arguments that reach each of its wordings. What people typed is in Latin letters."""
    chengdu, office = "Chengdu", "Chiang Mai"
    fields = list(Th.FIELD_NAMES)
    asked = get_args(DraftField)
    wordings = {
        **said_joining.said(t),
        **said_serving.said(t),
        **said_relation.said(t),
        **said_offices.said(t),
        **said_reminding.said(t),
        "help_text": [t.help_text(member=member) for member in (False, True)],
        "welcome_member": [t.welcome_member([office], ["a"]), t.welcome_member([], ["a", "a", "b"])],
        "please_check": [t.please_check(count) for count in (0, 1, 8)],
        "topic": [t.topic("หัวข้อ", "Topic")],
        "not_known": [t.not_known("MOU " * 500)],
        "ask_ministry": [t.ask_ministry(None), t.ask_ministry("02 000 0000")],
        "quoted": [t.quoted("at least one")],
        "source": [t.source("Plan", None), t.source("Plan", "KPI")],
        "passage_source": [t.passage_source("Plan", "KPI", None), t.passage_source("Plan", None, 12)],
        "source_note": [
            t.source_note("Plan", as_of, standing)
            for as_of in ("2562–2566", "2561", "2026-11-22", "no year", "")
            for standing in ("official_text", "official_page", "press", "research", "passage")
        ],
        "queue": [t.queue(1, 1), t.queue(12, 30)],
        "askers": [t.askers(1), t.askers(12)],
        "counted": [t.counted("a", 3)],
        "more_than": [t.more_than("a", 1000)],
        "year_name": [t.year_name("calendar", 2569), t.year_name("fiscal", 2570)],
        "narrowed": [t.narrowed("a · b")],
        "asked_since": [t.asked_since(1, TODAY), t.asked_since(12, TODAY)],
        "asked_otherwise": [t.asked_otherwise("Does a call count?")],
        "write_answer": [t.write_answer("Does a call count?")],
        "written_so_far": [t.written_so_far("Yes.")],
        "text_too_long": [t.text_too_long(3000)],
        "asked": [t.asked("MOU " * 500)],
        "cited": [t.cited("Plan")],
        "rejection": [t.rejection(reason) for reason in (*t.REJECTIONS, "as typed")],
        "cannot_answer": [t.cannot_answer("as typed")],
        "decided": [t.decided(state, TODAY) for state in ("answered", "linked", "rejected")],
        "field_name": [t.field_name(field) for field in fields],
        "line": [t.line(field, "x") for field in fields],
        "word": [t.word(field, value) for field in t.WORDS for value in t.WORDS[field]]
        + [t.word("title", "x")],
        "type_label": [t.type_label(Kind("ประชุม", "Meeting"))],
        "ask_field": [t.ask_field(field, known) for field in asked for known in ("", chengdu)],
        "title_too_long": [t.title_too_long(300)],
        "date_impossible": [t.date_impossible(" 31/4/69 "), t.date_impossible("9" * 4000)],
        "day_both": [t.day_both(TODAY)],
        "days": [t.days(*ONE_DAY), t.days(*THREE_DAYS), t.days(*NEW_YEAR), t.days(TODAY, None, "month")],
        "days_both": [t.days_both(*ONE_DAY), t.days_both(*THREE_DAYS), t.days_both(*NEW_YEAR)],
        "people": [t.people(1), t.people(1200)],
        "files": [t.files(1), t.files(3)],
        "people_money_files": [
            t.people_money_files(None, None, 0),
            t.people_money_files(30, Decimal(350000), 1),
            t.people_money_files(1, Decimal("1234.50"), 20, ("participants", "budget_thb")),
        ],
        "spent": [t.spent(None), t.spent(Decimal(0)), t.spent(Decimal(350000))],
        "date_too_far": [t.date_too_far(5)],
        "range_too_long": [t.range_too_long(366)],
        "place_too_long": [t.place_too_long(200)],
        "people_too_many": [t.people_too_many(1_000_000)],
        "money_too_much": [t.money_too_much(100_000_000_000)],
        "all_pairings": [t.all_pairings(2)],
        "short_day": [t.short_day(TODAY + timedelta(days=ahead)) for ahead in range(7)],
        "short_month": [t.short_month(TODAY)],
        "year": [t.year(2026)],
        "choose_day": [t.choose_day(date(2026, 11, 1))],
        "choose_month": [t.choose_month(2026)],
        "day_forgotten": [t.day_forgotten(date(2026, 3, 1))],
        "ticked": [t.ticked("x", on) for on in (True, False)],
        "goal": [t.goal(code) for code in t.SDGS],
        "sector": [t.sector(code) for code in (*t.SECTORS, "x")],
        "change_field": [t.change_field(field) for field in fields],
        "fixed": [t.fixed([t.fixed_part("start", "x"), t.fixed_part("participants", "y")])],
        "fixed_part": [t.fixed_part(field, "x") for field in fields],
        "partner_line": [t.partner_line(joined) for joined in ("yes", "online", "no")],
        "did_partner_join": [t.did_partner_join(chengdu)],
        "years": [t.years(["2569"], ["2570"]), t.years(["2569", "2570"], ["2570"])],
        "counts_for": [t.counts_for(t.years(["2569"], ["2570"]))],
        "would_count": [t.would_count(t.years(["2569"], ["2570"]))],
        "number": [t.number(12)],
        "unfinished_draft": [t.unfinished_draft(chengdu)],
        "same_event": [t.same_event(chengdu)],
        "really_delete": [t.really_delete(chengdu)],
        "date_is_ahead": [t.date_is_ahead(TODAY)],
        "not_wrong": [t.not_wrong(chengdu)],
        "deleted": [t.deleted(12)],
        "file_problem": [t.file_problem(kind) for kind in (*get_args(FileProblem), None)],
        "revision": [
            t.revision(1, change, AT, "Malee", channel)
            for change in ("created", "edited", "merged", "undone", "deleted", "restored")
            for channel in (*t.CHANNELS, "other")
        ],
        "who": [
            t.who(name, post, place) for name in ("", "Malee") for post, place in (("", ""), ("a", office))
        ],
        "recorded_by": [t.recorded_by(["Malee", "Somsri"])],
        "reason": [t.reason(reason) for reason in (*t.DELETIONS, "promise", "as typed")],
        "added": [t.added("files", "photo.jpg")],
        "removed": [t.removed("files", "photo.jpg")],
        "aside": [
            t.aside(what, office, AT, "Malee") for what in ("invited", "declined", "flagged", "settled")
        ],
        "taken_back": [t.taken_back(12)],
        "differs": [t.differs(field, "1", "2") for field in fields],
        "waiting_for": [t.waiting_for([office])],
        "promised": [t.promised(12, "x", TODAY)],
        "promised_by": [t.promised_by(12)],
        "flagged": [t.flagged("x")],
        "stored": [t.stored(["a", "b"])],
        "ask_detail": [t.ask_detail(field, 1000) for field in DETAILS],
        "invited": [
            t.invited(outcome, office) for outcome in ("invited", "already", "own", "full", "nobody")
        ],
        "asks_to_join": [t.asks_to_join(office, "Mukdahan")],
        "province_joined": [t.province_joined(office, chengdu)],
        "declined_by": [t.declined_by(office)],
        "copied_number": [t.copied_number(12)],
        "changed": [t.changed(field, "1", "2") for field in fields],
        "links": [t.links(1), t.links(10)],
        "locations": [t.locations(1), t.locations(2)],
        "too_many": [t.too_many(sort, most, 3) for sort, most in MOST.items()],
        "link_too_long": [t.link_too_long(500)],
        "used_elsewhere": [t.used_elsewhere(1, [t.number(3)]), t.used_elsewhere(2, [t.number(3), "x"])],
        "attach_to": [t.attach_to(12)],
        "whose": [t.whose(t.files(2))],
        "attached": [t.attached(added, refused) for added in (0, 2) for refused in (0, 3)],
        "report_kept": [t.report_kept(None), t.report_kept(2000)],
        "drafts": [t.drafts(count) for count in (1, 12)],
        "batch": [t.batch("2026-11-22", count) for count in (1, 40)],
        "approve_all": [t.approve_all(count) for count in (1, 40)],
        "question_line": [t.question_line("Does a call count?")],
        "written_by": [
            t.written_by(author, change, datetime(2026, 11, 22, 9, 5, tzinfo=BANGKOK))
            for author in ("me", "curator", "operator")
            for change in t.ENTRY_CHANGES
        ],
        "noted": [t.noted("The law changed")],
        "draft_decided": [t.draft_decided(state) for state in ("approved", "returned", "replaced")],
        "approved": [t.approved(count) for count in (1, 40)],
        "draft_approved": [t.draft_approved("Does a call count?", count) for count in (1, 40)],
        "draft_returned": [t.draft_returned("Does a call count?", "The source is missing")],
        "entry_fault": [t.entry_fault(kind, "x", "y") for kind in get_args(FaultKind)],
        "ask_entry_text": [
            t.ask_entry_text(field, "Does a call count?", "Yes.") for field in get_args(EntryField)
        ],
        "version": [
            t.version(number, change, state, at, number == 2, "1" if change == "rolled_back" else None)
            for number, change in enumerate(t.ENTRY_CHANGES)
            for state in ("approved", "draft", "unusable")
            for at in (None, datetime(2026, 11, 22, 9, 5, tzinfo=BANGKOK))
        ],
        "back_to": [t.back_to(0)],
        "draft_version": [t.draft_version(3)],
        "rolled_back": [t.rolled_back(0)],
        "phrasings_left": [t.phrasings_left(count) for count in (1, 3)],
        "proposal": [t.proposal("call ok", "Does a call count?", count) for count in (1, 3)],
        "wording_added": [t.wording_added("call ok")],
        "role": [t.role(role) for role in Th.ROLES],
        "name": [t.name("จีน", "China")],
        "money": [t.money(Decimal("350000")), t.money(Decimal("0.5"))],
        "pairings_of": [t.pairings_of(office)],
        "stage": [t.stage(standing) for standing in STANDINGS],
        "is_list_right": [t.is_list_right(office)],
        "list_confirmed": [t.list_confirmed(office)],
        "marked_wrong": [t.marked_wrong(chengdu)],
        "missing_noted": [t.missing_noted(chengdu)],
        "which_name": [t.which_name(reason) for reason in Th.WHICH_NAMES],
        "of_province": [t.of_province(office)],
        "pairings_found": [t.pairings_found(count) for count in (2, 35)],
        "status_of": [t.status_of(office, TODAY)],
        "country_status": [t.country_status(lacking, TODAY) for lacking in (0, 1, 37)],
        "province_line": [
            t.province_line(office, 3, active, confirmed) for active in (0, 1) for confirmed in (True, False)
        ],
        "last_activity": [t.last_activity(None), t.last_activity(TODAY)],
        "sums": [
            *(t.sums(year_sums(held=held)) for held in (0, 1, 4)),
            *(t.sums(year_sums(days_left=days)) for days in (-1, 0)),
        ],
        "digest_title": [
            t.digest_title(office, count, basis, "2569") for count in (1, 2) for basis in Th.BASES
        ],
        "digest_of": [t.digest_of(TODAY)],
        "digest_late": [t.digest_late(days) for days in (1, 20)],
        "climbed_title": [
            t.climbed_title(office, count, basis, "2569") for count in (1, 2) for basis in Th.BASES
        ],
        "climbed_line": [
            t.climbed_line(1, chengdu, tried) for tried in ([], [("officer", 2, TODAY), ("head", 1, TODAY)])
        ],
        "told_so_far": [t.told_so_far(tried) for tried in ([], [("officer", 2, TODAY), ("head", 1, TODAY)])],
        "digest_left": [t.digest_left(days, TODAY) for days in (-1, 0, 1, 30)],
        "digest_line": [
            t.digest_line(1, chengdu, last, [(basis, "2569", count) for basis in Th.BASES])
            for last, count in ((None, 0), (TODAY, 1))
        ],
        "year_of_several": [
            t.year_of_several("fiscal", "2570", lacking, total, days)
            for lacking, total, days in ((0, 7, 310), (3, 7, 310), (7, 7, 0), (1, 1, 310))
        ],
        "lacking": [t.lacking("calendar", "2569", 3, 39)],
        "active": [t.active(2)],
        "times": [t.times(1)],
        "log_for": [t.log_for(chengdu)],
        "too_long": [t.too_long(4000)],
        "unsupported": [t.unsupported(kind) for kind in ("sticker", "voice", "video", "poll")],
    }
    missing = {name for name in public(Th) if callable(getattr(t, name))} - set(wordings)
    assert not missing, "give sample arguments for these"
    return wordings


def everything_said(t: Th) -> list[tuple[str, str]]:
    said = [(name, wording) for name, wordings in methods_said(t).items() for wording in wordings]
    return said + [(name, wording) for name, value in constants(t).items() for wording in flat(value)]


def buttons() -> set[str]:
    """The names that a dialogue puts on a button."""
    sources = [path.read_text("utf-8") for path in (Path(bot.__file__).parent / "dialogues").glob("*.py")]
    found = {name for source in sources for name in PRESSED.findall(source)}
    assert {"SAVE", "ASK_ACCESS", "SEND_QUESTION"} <= found, "the search for buttons has lost its way"
    return found | {"SHOW_ALL", "JOINED", "JOINED_ONLINE", "DID_NOT_JOIN"}


def shape(value: object) -> object:
    """What must be equal in both languages: keys and commands, not words."""
    if isinstance(value, Mapping):
        return {key: shape(inner) for key, inner in value.items()}
    return None if isinstance(value, str) else [key for key, _wording in value]  # type: ignore[attr-defined]


# ------------------------------------------------------------------ complete and alike


def test_english_says_everything_that_thai_says_and_nothing_else() -> None:
    assert public(En) == public(Th)


@pytest.mark.parametrize("words", [Th, En])
def test_no_name_stands_in_two_parts_of_a_language(words: type[Th]) -> None:
    """The second would be what nobody reads."""
    language = words.__module__[-2:]
    parts = [one for one in words.__mro__ if one.__module__.endswith(language)]
    names = Counter(name for part in parts for name in vars(part) if not name.startswith("__"))
    assert [name for name, number in names.items() if number > 1] == []


def test_the_constants_of_both_languages_have_the_same_keys() -> None:
    shapes = {name: shape(value) for name, value in constants(THAI).items()}
    assert shapes == {name: shape(value) for name, value in constants(ENGLISH).items()}


@BOTH
def test_every_wording_says_something(t: Th) -> None:
    assert [name for name, wording in everything_said(t) if not wording.strip()] == []


def test_english_wordings_hold_no_thai() -> None:
    assert [(name, said) for name, said in everything_said(ENGLISH) if THAI_LETTER.search(said)] == []


@BOTH
def test_no_wording_is_too_long_for_a_phone(t: Th) -> None:
    assert [name for name, wording in everything_said(t) if len(wording) > LONGEST_TEXT] == []


# ------------------------------------------------------------------ the voice


@BOTH
def test_nothing_ends_politely_by_particle_or_shouts(t: Th) -> None:
    assert [(name, said) for name, said in everything_said(t) if OUT_OF_VOICE.search(said)] == []


def test_thai_in_chat_has_arabic_digits_and_a_space_before_the_repetition_mark() -> None:
    said = everything_said(THAI)
    assert [
        (name, one) for name, one in said if THAI_DIGIT.search(one) or REPEATED_WITHOUT_SPACE.search(one)
    ] == []


def test_english_shows_a_buddhist_year_only_beside_the_common_one() -> None:
    assert [
        (name, said)
        for name, said in everything_said(ENGLISH)
        if BUDDHIST_YEAR.search(BOTH_ERAS.sub("", said))
    ] == []


@BOTH
def test_a_fault_in_an_entry_says_that_nothing_was_lost(t: Th) -> None:
    kept = {THAI: "(ข้อมูลที่กรอกไว้ยังอยู่)", ENGLISH: "(What you entered is kept.)"}[t]
    faults = [t.DATE_NOT_READ, t.DATE_REVERSED, t.PEOPLE_NOT_READ, t.MONEY_NOT_READ, t.TYPE_NOT_READ]
    faults += [t.NO_SUCH_PAIRING, t.title_too_long(300), t.date_impossible("31/4/69"), t.text_too_long(300)]
    faults += [t.DIRECTION_NOT_READ, t.SDGS_NOT_READ, t.SECTORS_NOT_READ, t.DATE_TOO_EARLY]
    for limit in ("date_too_far", "range_too_long", "place_too_long", "people_too_many", "money_too_much"):
        faults += methods_said(t)[limit]
    faults += methods_said(t)["file_problem"]
    assert [fault for fault in faults if not fault.endswith(kept)] == []


# ------------------------------------------------------------------ buttons and commands


@BOTH
def test_labels_of_buttons_are_one_short_line(t: Th) -> None:
    labels = [getattr(t, name) for name in buttons()]
    labels += [t.field_name(field) for field in t.FIELD_NAMES] + [t.log_for("a partner of some length")]
    labels += [*t.REASONS.values(), *t.REJECTIONS.values(), *t.DELETIONS.values()]
    labels += t.WORDS["spent_source"].values()
    assert [label for label in labels if len(label) > LONGEST_BUTTON or "\n" in label] == []


@BOTH
def test_a_text_that_names_a_button_names_it_as_it_reads(t: Th) -> None:
    labels = {getattr(t, name) for name in buttons()}
    texts = [value for value in constants(t).values() if isinstance(value, str)]
    named = {label for text in texts for label in re.findall("“(.+?)”", text)}
    assert {t.TODAY, t.BACK_TO_CARD, t.ASK_ACCESS} <= named <= labels
    assert t.SAVE in t.help_text(member=True)


def test_the_button_that_saves_reads_save() -> None:
    assert (THAI.SAVE, ENGLISH.SAVE) == ("บันทึก", "Save")


@BOTH
def test_the_three_answers_about_the_partner_can_be_told_apart(t: Th) -> None:
    assert len({t.JOINED, t.JOINED_ONLINE, t.DID_NOT_JOIN}) == 3


@BOTH
def test_commands_fit_into_the_menu_of_telegram(t: Th) -> None:
    names = [name for name, _wording in t.COMMANDS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
    assert all(0 < len(wording) <= LONGEST_COMMAND for _name, wording in t.COMMANDS)


# ------------------------------------------------------------------ what the texts ask to be typed


@pytest.mark.parametrize(
    ("text", "example", "first", "last"),
    [
        (THAI.ask_field("start", ""), "3 พ.ย. 69", date(2026, 11, 3), None),
        (THAI.ask_field("start", ""), "12–15 มี.ค. 69", date(2026, 3, 12), date(2026, 3, 15)),
        (THAI.DATE_NOT_READ, "5/3/2569", date(2026, 3, 5), None),
        (THAI.DATE_REVERSED, "3–5 พ.ย. 2569", date(2026, 11, 3), date(2026, 11, 5)),
        (ENGLISH.ask_field("start", ""), "3 Nov 2026", date(2026, 11, 3), None),
        (ENGLISH.ask_field("start", ""), "12–15 Mar 2026", date(2026, 3, 12), date(2026, 3, 15)),
        (ENGLISH.DATE_NOT_READ, "5/3/2026", date(2026, 3, 5), None),
        (ENGLISH.DATE_REVERSED, "3–5 Nov 2026", date(2026, 11, 3), date(2026, 11, 5)),
    ],
)
def test_a_date_that_is_given_as_an_example_is_read(
    text: str, example: str, first: date, last: date | None
) -> None:
    assert example in text
    read = read_date(example, TODAY)
    assert isinstance(read, DateSpan)
    assert (read.start, read.end, read.doubtful) == (first, last, ())


@pytest.mark.parametrize(
    ("t", "example", "amount"),
    [(THAI, "50000", 50_000), (THAI, "2.5 แสน", 250_000), (ENGLISH, "50000", 50_000)],
)
def test_an_amount_that_is_given_as_an_example_is_read(t: Th, example: str, amount: int) -> None:
    assert example in t.MONEY_NOT_READ
    assert example in t.ask_field("budget_thb", "")
    assert read_amount(example) == amount


@BOTH
def test_a_number_of_people_that_is_given_as_an_example_is_read(t: Th) -> None:
    assert "30" in t.PEOPLE_NOT_READ
    assert read_headcount("30") == 30


# ------------------------------------------------------------------ dates, years and numbers


@pytest.mark.parametrize(
    ("days", "thai", "english"),
    [
        (ONE_DAY, "3 พ.ย. 2569 (ค.ศ. 2026)", "3 Nov 2026 (B.E. 2569)"),
        (THREE_DAYS, "3–5 พ.ย. 2569 (ค.ศ. 2026)", "3–5 Nov 2026 (B.E. 2569)"),
        (
            NEW_YEAR,
            "30 ธ.ค. 2569 – 2 ม.ค. 2570 (ค.ศ. 2026–2027)",
            "30 Dec 2026 – 2 Jan 2027 (B.E. 2569–2570)",
        ),
    ],
)
def test_the_card_shows_both_eras(days: tuple[date, date | None], thai: str, english: str) -> None:
    assert (THAI.days_both(*days), ENGLISH.days_both(*days)) == (thai, english)


def test_years_that_count_are_named_in_the_era_of_the_language() -> None:
    years = (["2569", "2570"], ["2570"])
    assert THAI.years(*years) == "ปีปฏิทิน 2569–2570 / ปีงบประมาณ 2570"
    assert ENGLISH.years(*years) == "calendar year 2026–2027 / fiscal year 2027"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2562–2566", "Source: Plan · as of 2019–2023 (B.E. 2562–2566)"),
        ("2561", "Source: Plan · as of 2018 (B.E. 2561)"),
        ("2026-11-22", "Source: Plan · as of 2026-11-22"),
        ("", "Source: Plan"),
    ],
)
def test_the_year_of_a_source_is_told_in_both_eras(as_of: str, expected: str) -> None:
    assert ENGLISH.source_note("Plan", as_of, "official_text") == expected


def test_english_counts_one_and_many() -> None:
    assert ENGLISH.digest_left(1, TODAY) == "1 day left (until 22 Nov 2026)"
    assert ENGLISH.digest_left(30, TODAY) == "30 days left (until 22 Nov 2026)"
    assert ENGLISH.digest_left(0, TODAY) == "Today is the last day (22 Nov 2026)"
    assert ENGLISH.people_money_files(1, Decimal(350000), 0) == (
        "Participants: 1 person · Budget: 350,000 baht · Photos/documents: none"
    )
    assert ENGLISH.people_money_files(1200, Decimal("1234.50"), 3) == (
        "Participants: 1,200 people · Budget: 1,234.50 baht · Photos/documents: 3"
    )


def test_days_left_are_told_only_where_the_year_still_lacks_an_activity() -> None:
    silent, done, over = year_sums()[:1], year_sums(held=2)[:1], year_sums(days_left=-3)[:1]
    assert THAI.sums(silent) == "ปีปฏิทิน 2569: ยังไม่มีกิจกรรม เหลือ 39 วัน"
    assert ENGLISH.sums(silent) == "calendar year 2026: no activity yet, 39 days left"
    assert ENGLISH.sums(done) == "calendar year 2026: 2 activities"
    assert ENGLISH.sums(over) == "calendar year 2026: no activity yet"
    last_day = ENGLISH.sums(year_sums(days_left=0)[:1])
    assert last_day == "calendar year 2026: no activity yet, today is the last day"
