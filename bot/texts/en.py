"""
Everything that people read, in English: the names of `th.py`, all of them, so that one file can be read alone.

Short, polite, plain. Years are C.E.; where the Thai shows both eras, so does this. Names of provinces,
partners and papers come in as they are recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from bot.language.dates import ENGLISH_MONTHS, ERA, english_date, english_range
from bot.texts.joining_en import JoiningEn
from bot.texts.offices_en import OfficesEn
from bot.texts.relation_en import RelationEn
from bot.texts.reminding_en import RemindingEn
from bot.texts.serving_en import ServingEn
from bot.texts.th import Labelled, Precision, Staged, Sum, Th

_BE_YEAR = re.compile(r"\b2[4-6]\d\d\b")
_MINISTRY = "Foreign Affairs Division, Ministry of Interior"


def _in_common_era(years: str) -> str:
    """`2562–2566` as `2019–2023`; whatever is no B.E. year stays."""
    return _BE_YEAR.sub(lambda year: str(int(year.group()) - ERA), years)


def _both_eras(years: str) -> str:
    """`2019–2023 (B.E. 2562–2566)`: papers are known by their B.E. year."""
    common = _in_common_era(years)
    return years if common == years else f"{common} (B.E. {years})"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _left(days: int) -> str:
    return f"{_count(days, 'day', 'days')} left" if days else "today is the last day"


def _baht(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00") + " baht"


class En(RemindingEn, JoiningEn, ServingEn, RelationEn, OfficesEn, Th):
    """English wording."""

    # -------------------------------------------------------------- names of things

    COMMANDS: Sequence[tuple[str, str]] = (
        ("start", "First page"),
        ("help", "How to use it, with examples"),
        ("ask", "Ask about the guideline"),
        ("log", "Log an activity"),
        ("activities", "Logged activities"),
        ("pairings", "The province's sister-city pairings"),
        ("status", "Activities this year"),
        ("settings", "Set the language"),
        ("privacy", "Personal data protection"),
        ("mydata", "My data"),
        ("cancel", "Cancel what is unfinished"),
    )
    FIELD_NAMES: Mapping[str, str] = {
        "pairing_id": "Pairing",
        "type": "Type",
        "type_code": "Type",
        "start": "Date",
        "end": "Last day",
        "title": "Subject",
        "participants": "Participants",
        "budget_thb": "Budget",
        "files": "Photos/documents",
        "state": "Status",
        "partner_joined": "Partner took part",
        "place": "Place",
        "direction": "Direction",
        "sdgs": "SDGs",
        "sectors": "Sectors",
        "also": "Also covers",
        "result": "Result",
        "problems": "Problems",
        "suggestions": "Suggestions",
        "chair_ours": "Chair, Thai side",
        "chair_theirs": "Chair, partner side",
        "head_ours": "Head of delegation, Thai side",
        "head_theirs": "Head of delegation, partner side",
        "spent_thb": "Spent",
        "spent_source": "Source of money",
        "letter_no": "Report letter no.",
        "letter_on": "Date of report letter",
        "follow_up": "Follow-up",
        "follow_up_on": "Follow-up due",
    }
    WORDS: Mapping[str, Mapping[str, str]] = {
        "state": {"held": "held", "planned": "planned"},
        "partner_joined": {"yes": "took part", "online": "took part online", "no": "did not take part"},
        "direction": {"inbound": "the partner came", "outbound": "we went", "online": "online"},
        "spent_source": {
            "province": "province",
            "cluster": "provincial cluster",
            "central": "central government",
            "private": "private sector",
            "foreign": "foreign side",
        },
    }
    ROLES: Mapping[str, str] = {
        "officer": "officer",
        "group_head": "head of group",
        "head": "head of the provincial office",
        "acting_head": "acting head of the provincial office",
        "ministry": f"central office ({_MINISTRY})",
        "curator": f"curator, central office ({_MINISTRY})",
        "operator": "system operator",
    }
    REASONS: Mapping[str, str] = {
        "wrong_topic": "Not my question",
        "outdated": "Wrong or out of date",
        "unclear": "Hard to understand",
        "other": "Something else",
    }
    REJECTIONS: Mapping[str, str] = {
        "out_of_scope": "It is outside the guideline.",
        "unconfirmed": "There is no confirmed information yet.",
    }
    BASES: Mapping[str, str] = {
        "calendar": "calendar year",
        "fiscal": "fiscal year",
        "anniversary": "anniversary year",
    }
    SHORT_BASES: Mapping[str, str] = {
        "calendar": "calendar",
        "fiscal": "fiscal",
        "anniversary": "anniversary",
    }

    # buttons
    SAVE = "Save"
    EDIT = "Edit"
    CANCEL = "Cancel"
    DELETE = "Delete"
    HISTORY = "History"
    TODAY = "Today"
    YESTERDAY = "Yesterday"
    NOT_STATED = "Not stated yet"
    BACK_TO_CARD = "Back to the entry"
    BACK = "Back"
    GO_ON = "Continue"
    START_ANEW = "Start a new entry"
    JOINED = "Took part"
    JOINED_ONLINE = "Online"
    DID_NOT_JOIN = "Did not take part"
    PARTNER_WAS_NOT_THERE = "The partner did not take part"
    SAVE_AS_NEW = "Different, save as well"
    KEEP_IT = "Do not delete"
    UNDO_DELETE = "Undo the deletion"
    UNDO_CANCEL = "Take it up again"
    LOG = "Log an activity"
    ASK = "Ask a question"
    STATUS = "Status this year"
    ACTIVITIES = "Logged activities"
    PAIRINGS = "Pairings of the province"
    OUR_PAIRS = "See our pairings"
    HELP = "How to use it"
    QUEUE = "Waiting questions"
    NEW_QUESTIONS = "New questions to the Foreign Affairs Division wait for an answer."
    ASK_ACCESS = "Request access"
    CHECK_LIST = "Check the list of pairings"
    LIST_RIGHT = "Correct and complete"
    LIST_WRONG = "One is not ours"
    NOT_WRONG = "It is our pairing"
    LIST_MISSING = "One is missing"
    MORE = "More detail"
    SOURCE_TEXT = "See the source text"
    COPY_FOR_LINE = "Copy for LINE"
    NONE_OF_THESE = "None of these"
    NOT_THIS = "Not my question"
    SEND_QUESTION = "Send the question"
    SEND_TO_MINISTRY = "Ask the ministry"
    HOW_IT_IS_KEPT = "How to check the list"
    HOW_IT_IS_COUNTED = "How the year is counted"
    CONTACT = "Contact"
    ALL_TOPICS = "All topics"
    NEXT_PAGE = "Next"
    PREVIOUS_PAGE = "Previous"
    ANSWER_IT = "Answer this question"
    REJECT = "Cannot be answered"
    USE_THIS = "Use this answer"
    SEND_ANSWER = "Send the answer"
    EDIT_ANSWER = "Change the answer"
    EDIT_SOURCE = "Change the source"
    TYPE_REASON = "Type a reason"
    PHRASINGS = "Wordings to review"
    LOG_THIS = "Log it as an activity"
    ASK_THIS = "Find an answer"

    # -------------------------------------------------------------- first page, help, privacy

    WELCOME_GUEST = (
        "Ask here about sister-city relations of provinces. Every answer names its source.\n"
        "Provincial officers who want to log activities: choose “Request access”.\n"
        "Please do not send personal data or classified documents."
    )
    YOU_ARE_WELCOME = "You are welcome."
    SETTINGS = "Choose the assistant's language"
    LANGUAGE_SET = "The language is now English"
    PRIVACY = "Personal data protection"
    MYDATA = "My data"
    GUESTS_MAY_NOT_ASK = "For now only officers who have been given access may ask."
    MEMBERS_ONLY = (
        "This part is for provincial officers who have been given access. "
        "Questions about the guideline can still be asked."
    )
    ROLE_DOES_NOT_LOG = "Activities are logged by the provinces. Your access does not include logging."

    def help_text(self, *, member: bool) -> str:
        ask = "Ask: type your question, e.g. “How many activities a year are required?”"
        if not member:
            return f"{ask}\nBrowse by topic: /ask"
        return (
            f"{ask}\n"
            "Log: type one sentence, e.g. “Meeting with Chengdu 3 Nov 2026, 30 people”, "
            "check it and tap Save, or choose with buttons at /log. Photos, documents, links and places can be attached.\n"
            "Follow: /status this year · /activities logged activities · /pairings of the province\n"
            "Stop what is unfinished: /cancel · Language: /settings"
        )

    def welcome_member(self, provinces: Sequence[str], roles: Sequence[str]) -> str:
        if not provinces:
            return f"You are signed in as {' and '.join(dict.fromkeys(roles))}."
        return (
            f"You are signed in for the provincial office of {' · '.join(provinces)} "
            f"({' · '.join(dict.fromkeys(roles))})."
        )

    def please_check(self, count: int) -> str:
        if count == 0:
            return "No pairings of the province are on record yet. Please check the list first."
        pairings = _count(count, "pairing", "pairings")
        return f"The province has {pairings} on record. The list may be incomplete: please check it first."

    # -------------------------------------------------------------- asking

    ASK_OR_BROWSE = "Type your question, or choose a topic."
    WHICH_QUESTION = "Which would you like to know?"
    IN_A_DOCUMENT = "Text of a document"
    PASSAGE_FOUND = "A document has a related passage"
    KEPT = (
        f"Your question has been kept. If you send it to the {_MINISTRY}, "
        "you will be told when there is an answer. For urgent matters, please contact them directly."
    )
    NEARBY = "Related questions that have an answer"
    NONE_FITS = (
        f"No answer fits this question yet. If you send it to the {_MINISTRY}, "
        "you will be told when there is one."
    )
    QUESTION_SENT = "The question has been sent. The answer will come in this chat."
    THANKS = "Thank you for your feedback."
    WHICH_REASON = "Why was this answer not helpful?"
    WRITE_REASON = "Type the reason in one short message."
    WILL_IMPROVE = (
        "Noted: this answer will be reviewed. To be answered by an officer, choose “Send the question”."
    )
    NEXT_NEAREST = "Other related questions that have an answer. If none fits, choose “Send the question”."

    def topic(self, _label_th: str, label_en: str) -> str:
        return label_en

    def not_known(self, text: str) -> str:
        return f"There is no confirmed answer yet: {text[:120]}"

    def ask_ministry(self, contact: str | None) -> str:
        where = f", {contact}" if contact else " (the operator has not yet given a contact)"
        return f"For more, ask the {_MINISTRY}{where}"

    def quoted(self, text: str) -> str:
        return f"“{text}”"

    def source(self, title: str, section: str | None) -> str:
        return f"{title}, section {section}" if section else title

    def passage_source(self, title: str, section: str | None, page: int | None) -> str:
        return self.source(title, section) + (f", page {page}" if page else "")

    def source_note(self, cited: str, as_of: str, confidence: str) -> str:
        standing = {
            "official_page": "official web page",
            "press": "news or secondary source, not an official document",
            "research": "research, not an official document",
            "passage": "the document's own words, not edited",
        }.get(confidence)
        year = f"as of {_both_eras(as_of)}" if as_of[:1].isdigit() else as_of
        return " · ".join(part for part in (f"Source: {cited}", year, standing) if part)

    # -------------------------------------------------------------- the ministry's queue

    QUEUE_EMPTY = "No questions are waiting."
    ANSWER_SENT = "The answer has been sent to those who asked, and is kept as a draft for approval."
    LINK_SENT = "The answer has been sent to those who asked."
    REJECTION_SENT = "Those who asked have been told the reason."
    CHECK_BEFORE_SENDING = "Check before sending"
    WRITE_SOURCE = "Type the source: document, number or section, and year."
    WHY_REJECT = "Which reason should be given to those who asked?"
    WRITE_REJECTION = "Type the reason to give to those who asked."
    FROM_MINISTRY = f"Answer from the {_MINISTRY}"
    OUTCOME = f"Outcome from the {_MINISTRY}"

    def queue(self, inquiries: int, askers: int) -> str:
        waiting = _count(inquiries, "question is", "questions are")
        return f"{waiting} waiting (asked by {_count(askers, 'person', 'people')}). Choose one to answer."

    def askers(self, count: int) -> str:
        return _count(count, "person", "people")

    def counted(self, label: str, count: int) -> str:
        return f"{label} ({count})"

    def more_than(self, label: str, count: int) -> str:
        return f"{label} (more than {count:,})"

    def asked_since(self, askers: int, since: date) -> str:
        return f"Asked by {_count(askers, 'person', 'people')} since {english_date(since)}"

    def asked_otherwise(self, text: str) -> str:
        return f"Also asked as: {text}"

    def write_answer(self, text: str) -> str:
        return f"Question: {text}\nType the answer. The source comes next."

    def written_so_far(self, text: str) -> str:
        return f"Typed so far:\n{text}"

    def text_too_long(self, limit: int) -> str:
        return f"The text is too long: type at most {limit:,} characters. (What you entered is kept.)"

    def asked(self, question: str) -> str:
        return f"Question: {question[:200]}"

    def cited(self, source: str) -> str:
        return f"Source: {source}"

    def rejection(self, reason: str) -> str:
        return self.REJECTIONS.get(reason, reason)

    def cannot_answer(self, reason: str) -> str:
        return f"This cannot be answered yet. Reason: {reason}"

    def decided(self, state: str, day: date) -> str:
        how = {
            "answered": "answered",
            "linked": "an existing answer was used",
            "rejected": "cannot be answered",
        }[state]
        return f"This was dealt with on {english_date(day)}: {how}"

    # -------------------------------------------------------------- logging

    CHECK_BEFORE_SAVING = "Check before saving"
    WHICH_FIELD = "What would you like to change?"
    SAVED = "Saved"
    RESTORED = "Restored"
    RECORD = "Activity"
    CANCELLED = "Cancelled. This entry was not saved."
    EDIT_CANCELLED = "The changes were cancelled. The activity stays as it was."
    STOPPED = "Cancelled."
    NOTHING_TO_CANCEL = "There is nothing unfinished."
    EARLIER_KEPT = "The entry before this one is not saved. It is kept: /log"
    NOTHING_YET = "nothing entered yet"
    NO_SUCH_PAIRING = (
        "Your province has no such pairing. Choose from the list, or type the partner's name. "
        "(What you entered is kept.)"
    )
    TYPE_NOT_READ = "The type could not be read. Please choose a button. (What you entered is kept.)"
    DATE_NOT_READ = (
        "The date could not be read. Type day/month/year, e.g. 5/3/2026, or tap “Today”. "
        "(What you entered is kept.)"
    )
    DAY_WANTED = "The day is missing. Choose it, or type day, month and year, e.g. 3 Nov 2026. (What you entered is kept.)"
    DATE_REVERSED = (
        "The last day is before the first. Type them again, e.g. 3–5 Nov 2026. (What you entered is kept.)"
    )
    PEOPLE_NOT_READ = (
        "The number of people could not be read. Type a figure, e.g. 30. (What you entered is kept.)"
    )
    MONEY_NOT_READ = "The amount could not be read. Type it in baht, e.g. 50000. (What you entered is kept.)"
    FILE_WANTED = "Send a photo or document in this chat, or tap “Back to the entry”."
    FILE_BEGINS = "The file has been received. Now the activity."
    DETAILS_REMOVED = (
        "The place and other details hidden in the photo were removed; only the picture is kept."
    )
    ASSUMED = " (from your text)"
    PLANNED_DOES_NOT_COUNT = "Status: planned. It does not count until it is confirmed as held."
    DOES_NOT_COUNT = "Does not count as a joint activity of the year"
    COUNTS_WHEN_JOINED = "Does not count as a joint activity until you say that the partner took part"

    def field_name(self, field: str) -> str:
        return self.FIELD_NAMES[field]

    def line(self, field: str, value: str) -> str:
        return f"{self.FIELD_NAMES[field]}: {value}"

    def word(self, field: str, value: str) -> str:
        return self.WORDS.get(field, {}).get(value, value)

    def type_label(self, kind: Labelled) -> str:
        return kind.label_en

    def ask_field(self, field: str, known: str) -> str:
        question = {
            "pairing_id": "With which partner? Choose, or type the name.",
            "type": "What type of activity was it?",
            "start": "On which date? Type e.g. 3 Nov 2026 or 12–15 Mar 2026.",
            "title": "What was it about? Type a few words.",
            "participants": "How many people took part? Type a figure.",
            "budget_thb": "What did it cost? Type it in baht, e.g. 50000.",
            "files": "Send the photos or documents now.",
            "partner_joined": "Did the partner take part?",
            "end": "Which was the last day?",
            "place": "Where did it take place? Choose, or type a few words.",
            "direction": "Who travelled, or was it online?",
            "sdgs": "Which SDGs does it serve? Choose one or more.",
            "sectors": "Which sectors does it concern? Choose one or more.",
            "also": "Did other partners of the province take part? Choose one or more.",
        }[field]
        return f"{known}\n{question}" if known else question

    def title_too_long(self, limit: int) -> str:
        return f"The subject is too long. Type at most {limit} characters. (What you entered is kept.)"

    def date_impossible(self, typed: str) -> str:
        return (
            f"{typed.strip()[:40]} is not in the calendar. Type the date again. (What you entered is kept.)"
        )

    def date_is_ahead(self, day: date) -> str:
        return f"{english_date(day)} is still to come. Choose or type the day it was held. (What you entered is kept.)"

    def day_both(self, day: date) -> str:
        return f"{english_date(day)} (B.E. {day.year + ERA})"

    def days(self, start: date, end: date | None, precision: Precision = "day") -> str:
        return english_range(start, end) if end else english_date(start, precision)

    def days_both(self, start: date, end: date | None, precision: Precision = "day") -> str:
        if end is None and precision != "day":
            return english_date(start, precision)
        if end is None:
            return self.day_both(start)
        first, last = start.year + ERA, end.year + ERA
        years = f"{first}" if first == last else f"{first}–{last}"
        return f"{english_range(start, end)} (B.E. {years})"

    def people(self, count: int) -> str:
        return _count(count, "person", "people")

    def files(self, count: int) -> str:
        return _count(count, "file", "files")

    def money(self, amount: Decimal) -> str:
        return _baht(amount)

    def people_money_files(
        self, people: int | None, budget: Decimal | None, files: int, assumed: Collection[str] = ()
    ) -> str:
        return (
            f"Participants: {self.people(people) if people is not None else self.NOT_STATED}"
            f"{self.ASSUMED if 'participants' in assumed else ''}"
            f" · Budget: {self.spent(budget)}{self.ASSUMED if 'budget_thb' in assumed else ''}"
            f" · Photos/documents: {files or 'none'}"
        )

    def spent(self, budget: Decimal | None) -> str:
        if budget is None:
            return self.NOT_STATED
        return self.money(budget) if budget else self.NO_BUDGET

    def partner_line(self, joined: str) -> str:
        return f"Partner: {self.WORDS['partner_joined'][joined]}"

    def did_partner_join(self, partner: str) -> str:
        return f"Did {partner} take part?"

    def years(self, calendar: Sequence[str], fiscal: Sequence[str]) -> str:
        return _in_common_era(f"calendar year {'–'.join(calendar)} / fiscal year {'–'.join(fiscal)}")

    def counts_for(self, years: str) -> str:
        return f"Counts for {years}"

    def would_count(self, years: str) -> str:
        return f"If so, it will count for {years}"

    def number(self, activity_id: int) -> str:
        return f"No. {activity_id}"

    def unfinished_draft(self, known: str) -> str:
        return f"There is an entry that was not saved\n{known}"

    def same_event(self, line: str) -> str:
        return f"This may be an activity that is already logged\n{line}"

    def really_delete(self, line: str) -> str:
        return f"Delete this activity? Its history is kept.\n{line}"

    def deleted(self, activity_id: int) -> str:
        return f"{self.number(activity_id)} was deleted. Reminders resume if the year has no other activity."

    def file_problem(self, kind: str | None) -> str:
        return {
            "too_large": "The file is larger than 20 MB. Send a smaller one. (What you entered is kept.)",
            "type": "This kind of file cannot be attached. Send a photo, PDF or Office document. "
            "(What you entered is kept.)",
            "damaged": "The file cannot be opened; it may be incomplete or damaged. Save it again as a photo or "
            "PDF and send that. (What you entered is kept.)",
            "pixels": "The picture has too many pixels. Send it as a photo instead of a file, or make it smaller. "
            "(What you entered is kept.)",
            "active": "The file holds a macro, a script or another file, so it is not kept. Print it to PDF and "
            "send that. (What you entered is kept.)",
            "locked": "The file has a password. Save it without one and send it again. (What you entered is kept.)",
            "secret": "The file bears a marking of secrecy. It was deleted here and is not kept, but it has "
            "already passed through the messenger. Delete that message, use the secure channel instead, and inform "
            "your office's registrar of classified papers. (What you entered is kept.)",
        }.get(str(kind), "The file could not be received. Please send it again. (What you entered is kept.)")

    # -------------------------------------------------------------- what is sent along

    USE_AGAIN = "Use it here too"
    LEAVE_OUT = "Leave it out"
    NEW_ACTIVITY = "New activity"
    ATTACHED = "Attached"
    CLASSIFIED_TEXT = (
        "The message bears a marking of secrecy and is not kept here, but it has already passed through the "
        "messenger. Delete it there, use the secure channel instead, and inform your office's registrar of "
        "classified papers. (What you entered is kept.)"
    )
    CAPTION_NOT_USED = "The caption is not used yet. To make it the title, press “Edit” and type it."

    def links(self, count: int) -> str:
        return _count(count, "link", "links")

    def locations(self, count: int) -> str:
        return _count(count, "location", "locations")

    def too_many(self, sort: str, kept: int, refused: int) -> str:
        what = {"files": "files", "links": "links", "locations": "locations"}[sort]
        return f"An activity takes {kept} {what}. Those are kept; {refused} more were not."

    def link_too_long(self, limit: int) -> str:
        return f"The link is longer than {limit} characters. Send a shorter one. (What you entered is kept.)"

    def used_elsewhere(self, count: int, numbers: Sequence[str]) -> str:
        return f"Already attached to {', '.join(numbers)}: {_count(count, 'file', 'files')}. Use here too?"

    def attach_to(self, activity_id: int) -> str:
        return f"Attach to {self.number(activity_id)}"

    def whose(self, what: str) -> str:
        return f"Received: {what}\nIs it for the activity just saved, or for a new one?"

    def attached(self, added: int, refused: int) -> str:
        if not added and not refused:
            return "This activity already has what was sent."
        more = f"{added} added." if added else ""
        full = f"The activity is full; {refused} more were not kept." if refused else ""
        return " ".join(part for part in (more, full) if part)

    def report_kept(self, cut_at: int | None) -> str:
        part = f"The first {cut_at:,} characters of the" if cut_at else "The whole"
        return f"{part} text stands under “{self.FIELD_NAMES['result']}”."

    # -------------------------------------------------------------- the card's fields by buttons

    SDGS: Mapping[str, str] = {
        "1": "No poverty",
        "2": "Zero hunger",
        "3": "Health",
        "4": "Education",
        "5": "Gender",
        "6": "Water",
        "7": "Energy",
        "8": "Work, growth",
        "9": "Industry",
        "10": "Inequalities",
        "11": "Cities",
        "12": "Consumption",
        "13": "Climate",
        "14": "Oceans",
        "15": "Life on land",
        "16": "Peace",
        "17": "Partnerships",
    }
    SECTORS: Mapping[str, str] = {
        "tourism": "Tourism",
        "trade": "Trade",
        "agriculture": "Agriculture",
        "education": "Education",
        "health": "Health",
        "culture": "Culture",
        "sport_youth": "Sport, youth",
        "environment": "Environment",
        "disaster": "Disasters",
        "industry": "Industry",
        "border": "Border",
        "administration": "Administration",
    }
    WEEKDAYS: Mapping[str, str] = {
        "mon": "Monday",
        "tue": "Tuesday",
        "wed": "Wednesday",
        "thu": "Thursday",
        "fri": "Friday",
        "sat": "Saturday",
        "sun": "Sunday",
    }
    SHORT_WEEKDAYS: Mapping[str, str] = {
        "mon": "Mo",
        "tue": "Tu",
        "wed": "We",
        "thu": "Th",
        "fri": "Fr",
        "sat": "Sa",
        "sun": "Su",
    }
    CALENDAR = "Calendar"
    SEVERAL_DAYS = "Several days"
    ONE_DAY = "One day"
    FIRST_DAY = "Choose the first day"
    CHOOSE_MONTH = "Choose a month"
    NO_BUDGET = "No budget"
    PROVINCIAL_HALL = "Provincial hall"
    SKIP = "Skip"
    FILL_IN = "Add details"
    CHANGE_TAGS = "Change sectors/SDGs"
    DROP_TAGS = "No sectors/SDGs"
    WAS_IT_HELD = "Has it been held?"
    DIRECTION_NOT_READ = "That could not be read. Please choose a button. (What you entered is kept.)"
    SDGS_NOT_READ = (
        "The goals could not be read. Choose buttons, or type numbers from 1 to 17, e.g. 4, 8. "
        "(What you entered is kept.)"
    )
    SECTORS_NOT_READ = "The sectors could not be read. Please choose buttons. (What you entered is kept.)"
    DATE_TOO_EARLY = (
        "Dates are taken from 1957 (B.E. 2500) on. Type the date again. (What you entered is kept.)"
    )

    def date_too_far(self, years: int) -> str:
        return f"Dates are taken up to {years} years ahead. Type the date again. (What you entered is kept.)"

    def range_too_long(self, days: int) -> str:
        return f"That is too long. Type a range of at most {days} days. (What you entered is kept.)"

    def place_too_long(self, limit: int) -> str:
        return f"The place is too long. Type at most {limit} characters. (What you entered is kept.)"

    def people_too_many(self, limit: int) -> str:
        return f"Type a number of people from 1 to {limit:,}. (What you entered is kept.)"

    def money_too_much(self, limit: int) -> str:
        return f"Type an amount of at most {limit:,} baht. (What you entered is kept.)"

    def all_pairings(self, count: int) -> str:
        return f"All {count}"

    def short_day(self, day: date) -> str:
        return f"{[*self.SHORT_WEEKDAYS.values()][day.weekday()]} {day.day}"

    def short_month(self, month: date) -> str:
        return ENGLISH_MONTHS[month.month - 1]

    def year(self, year: int) -> str:
        return f"{year}"

    def choose_day(self, month: date) -> str:
        first = [*self.WEEKDAYS.values()][month.weekday()]
        return f"Choose a day of {english_date(month, 'month')} (B.E. {month.year + ERA})\nEach row begins on a {first}"

    def choose_month(self, year: int) -> str:
        return f"Choose a month of {year} (B.E. {year + ERA})"

    def day_forgotten(self, month: date) -> str:
        return f"Day not known: only {english_date(month, 'month')}"

    def ticked(self, label: str, on: bool) -> str:
        return f"✓ {label}" if on else label

    def goal(self, code: str) -> str:
        return f"{code} {self.SDGS.get(code, '')}".strip()

    def sector(self, code: str) -> str:
        return self.SECTORS.get(code, code)

    def change_field(self, field: str) -> str:
        return f"Change {self.FIELD_NAMES[field]}"

    def fixed(self, parts: Sequence[str]) -> str:
        return f"Changed: {' · '.join(parts)}"

    def fixed_part(self, field: str, value: str) -> str:
        return f"{self.FIELD_NAMES[field]} {value}"

    # -------------------------------------------------------------- records

    NO_ACTIVITIES = "No activities have been logged yet."

    def changed(self, field: str, old: str, new: str) -> str:
        return f"{self.FIELD_NAMES[field]}: {old} → {new}"

    # -------------------------------------------------------------- after saving

    UNDO = "Undo"
    DETAILS = "Results"
    MORE_ACTIONS = "More"
    SHOW_RECORD = "See the activity"
    WAS_HELD = "It was held"
    POSTPONE = "Move the date"
    CALLED_OFF = "Called off"
    MERGE = "Same activity, merge"
    OTHER_REASON = "Other"
    EMPTY_FIELD = "Clear this field"
    OTHER_PROVINCE = "Another province took part"
    DID_NOT_TAKE_PART = "We did not take part"
    ADD_COMMENT = "Add a comment"
    FLAG_SETTLED = "Dealt with"
    DELETIONS: Mapping[str, str] = {
        "duplicate": "Recorded twice",
        "wrong": "Wrong pairing or activity",
        "not_held": "It was not held",
    }
    EVIDENCE: Mapping[str, str] = {
        "photo": "photo",
        "document": "document",
        "link": "link",
        "location": "location",
    }
    CHANNELS: Mapping[str, str] = {
        "web": "chat page",
        "telegram": "Telegram",
        "line": "LINE",
        "terminal": "terminal",
    }
    UNDONE = "The changes are undone."
    UNDO_CLOSED = (
        "Saving can be undone for one minute, by whoever saved. To change it now, press “Edit” or “Delete”."
    )
    MERGED = "Merged into"
    DIFFERENCES = "Where the two differ, what was recorded first stays. To change it, press “Edit”."
    WRITE_DELETION = "Type why it is deleted, up to 300 characters."
    HELD_YET = "Has it been held?"
    NEW_DAY = "Which is the new day? You can type e.g. 5 Mar 2027"
    NEW_DAY_NOT_READ = "The date was not understood. Type it as e.g. 5/3/2027. (What you entered is kept.)"
    HOW_TO_GIVE_DETAILS = "Choose a field, or type several lines at once, e.g.\nResult: …\nProblems: …"
    NOT_THE_LETTER = "This record does not replace the official letter that reports to the ministry."
    SOURCE_NOT_READ = "The source was not understood. Choose one of the buttons. (What you entered is kept.)"
    NO_DAY_YET = "The follow-up has no day yet. With a day it becomes a planned activity."
    WHICH_OTHER_PROVINCE = "Which other province took part? Choose it or type its name."
    WITH_WHICH_PAIRING = (
        "Which pairing of your province took part? Choose it, or press “We did not take part”."
    )
    JOINED_IN = "Joined:"
    INVITATION_WITHDRAWN = "The province has withdrawn this activity. There is nothing to do."
    NOT_COUNTED_HERE = "Noted: your province did not take part. The activity does not count for it."
    WRITE_COMMENT = "Type the comment for whoever recorded it, up to 500 characters."
    COMMENT_SENT = "The comment was sent to whoever recorded it."
    COMMENT_SETTLED = "The comment has been dealt with."
    COMMENT_FROM_HEAD = "The head of the provincial office commented on"
    COPIED_HEAD = "Sister-city activity"

    def revision(self, version: int, change: str, at: datetime, by: str, channel: str) -> str:
        done = {
            "created": "saved",
            "edited": "edited",
            "merged": "merged",
            "undone": "undone",
            "deleted": "deleted",
            "restored": "restored",
        }[change]
        return f"{version}. {done} · {self._at(at)} · {by} · {self.CHANNELS.get(channel, channel)}"

    def _at(self, at: datetime) -> str:
        return f"{english_date(at.date())} {at:%H:%M}"

    def who(self, name: str, role: str, province: str) -> str:
        post = ", ".join(part for part in (role, province) if part)
        return f"{name} ({post})" if post and name else post or name or "no name given"

    def recorded_by(self, names: Sequence[str]) -> str:
        return f"Recorded by: {', '.join(names)}"

    def reason(self, reason: str) -> str:
        if reason == "promise":
            return "from the follow-up of another activity"
        return f"Reason: {self.DELETIONS.get(reason, reason)}"

    def added(self, field: str, what: str) -> str:
        return f"{self.FIELD_NAMES[field]}: added {what}"

    def removed(self, field: str, what: str) -> str:
        return f"{self.FIELD_NAMES[field]}: removed {what}"

    def aside(self, what: str, about: str, at: datetime, by: str) -> str:
        said = {
            "invited": f"{about} was asked whether it took part",
            "declined": f"{about} did not take part",
            "flagged": f"Comment: {about}",
            "settled": f"Comment dealt with: {about}",
        }[what]
        return f"• {said} · {self._at(at)} · {by}"

    def taken_back(self, activity_id: int) -> str:
        return f"Undone: {self.number(activity_id)} is an unsaved entry again."

    def differs(self, field: str, kept: str, typed: str) -> str:
        return f"{self.FIELD_NAMES[field]}: {kept} (entered now: {typed})"

    def waiting_for(self, provinces: Sequence[str]) -> str:
        return f"Waiting for an answer from: {', '.join(provinces)}"

    def promised(self, activity_id: int, title: str, day: date) -> str:
        return f"Planned follow-up: {self.number(activity_id)} · {english_date(day)} · {title}"

    def promised_by(self, activity_id: int) -> str:
        return f"Follows {self.number(activity_id)}"

    def flagged(self, comment: str) -> str:
        return f"⚠️ Comment: {comment}"

    def stored(self, fields: Sequence[str]) -> str:
        return f"Saved: {', '.join(fields)}"

    def ask_detail(self, field: str, most: int) -> str:
        return {
            "spent_thb": "How much was spent? Type it in baht, e.g. 50000",
            "spent_source": "Where did the money come from?",
            "letter_no": "Type the number of the letter, with its date if you like, e.g. CM 0017/123, 5 Nov 2026",
            "letter_on": "What is the date of the letter? You can type e.g. 5 Nov 2026",
            "follow_up": "What is to be followed up? A day may stand in it, e.g. next meeting 5 Mar 2027",
            "follow_up_on": "When is the follow-up due? You can type e.g. 5 Mar 2027",
        }.get(field, f"{self.FIELD_NAMES[field]}: type up to {most:,} characters")

    def invited(self, outcome: str, province: str) -> str:
        return {
            "invited": f"{province} was asked. The activity counts for it once it agrees.",
            "already": f"{province} was asked before.",
            "own": f"{province} is part of this activity. Further pairings are added with “Edit”.",
            "full": "At most 10 other provinces can be asked.",
            "nobody": f"{province} has no pairing or no officer here yet. Please contact it directly.",
        }[outcome]

    def asks_to_join(self, province: str, ours: str) -> str:
        return f"{province} says that it held this activity together with {ours}."

    def province_joined(self, province: str, pairing: str) -> str:
        return f"{province} took part ({pairing})."

    def declined_by(self, province: str) -> str:
        return f"{province} did not take part in this activity."

    def copied_number(self, activity_id: int) -> str:
        return f"({self.number(activity_id)} in the sister-city assistant)"

    # -------------------------------------------------------------- the list of records, unfinished drafts

    CHOOSE_RECORD = "Choose a record to see or edit it"
    NOTHING_FOUND = "Nothing fits. Change the filter or press “Show all”"
    WHICH_RECORDS = "Show only which records?"
    WRITE_WORDS = "Type what to look for: a partner, a year, a type, a subject or a record number"
    PLANNED_MARK = "plan · "
    FLAG = "has a comment · "
    MINE = "recorded by me"
    FLAGGED = "has a comment"
    FILTER_PAIRING = "Pairing"
    FILTER_YEAR = "Year"
    FILTER_TYPE = "Type"
    FILTER_MORE = "More filters"
    SEARCH = "Search"
    SHOW_ALL = "Show all"
    UNFINISHED = "Not saved yet"
    WHICH_DRAFT = "Which one do you want to go on with?"

    def year_name(self, basis: str, year: int) -> str:
        return f"{self.BASES[basis]} {year - ERA} (B.E. {year})"

    def narrowed(self, by: str) -> str:
        return f"Only: {by}"

    # -------------------------------------------------------------- keeping the entries

    ENTRY_FIELDS: Mapping[str, str] = {
        "question": "Question",
        "question_en": "Question in English",
        "title": "Title",
        "answer": "Answer",
        "answer_en": "Answer in English",
        "detail": "Detail",
        "detail_en": "Detail in English",
        "phrasings": "Wordings",
        "sources": "Sources",
        "topic": "Topic",
        "related": "Related entries",
        "as_of": "As of",
        "confidence": "Kind of source",
        "known": "A source confirms the answer",
        "in_force_from": "In force from",
        "superseded_by": "Superseded by",
    }
    ENTRY_CHANGES: Mapping[str, str] = {
        "shipped": "came with the program",
        "answered": "answer to a question",
        "edited": "edited",
        "phrasing": "wording added",
        "imported": "imported",
        "rolled_back": "rolled back",
    }
    MANAGE_ENTRY = "Manage the entry"
    DRAFTS = "Drafts to approve"
    DRAFT = "Draft"
    APPROVE_DRAFT = "Approve"
    RETURN_DRAFT = "Return"
    ADD_WORDING = "Add the wording"
    DO_NOT_ADD = "Do not add"
    SHOW_AGAIN = "Show the list again"
    NO_DRAFTS = "No drafts are waiting."
    NEW_ENTRY = "A new entry: no version is in use yet."
    CHANGED = "Changes from the version in use"
    NOTHING_CHANGED = "No different from the version in use."
    YES = "yes"
    NO = "no"
    NEEDS_ANOTHER_CURATOR = "Another curator has to approve it."
    DRAFT_NOT_READ = "This draft cannot be read: the entry is incomplete. It can be returned to its author."
    DRAFT_KEPT = "Kept as a draft."
    RETURNED = "Returned with the reason."
    WHY_RETURNED = "Type the reason for returning it. Its author will be told."
    BATCH_CHANGED = "The entries of this import have changed. Please check them again."
    NOT_APPROVED = "This cannot be used yet:"
    TYPE_AGAIN = "Type it again, or tap “Cancel”."
    NO_PHRASINGS = "No wordings are waiting."
    WORDING_REFUSED = "Noted: the wording was not added."
    WORDING_DECIDED = "This wording has already been reviewed."

    def drafts(self, count: int) -> str:
        return f"{_count(count, 'draft is', 'drafts are')} waiting. Choose one to check."

    def batch(self, name: str, count: int) -> str:
        return f"Import {name} ({_count(count, 'entry', 'entries')})"

    def approve_all(self, count: int) -> str:
        return f"Approve all: {_count(count, 'entry', 'entries')}"

    def question_line(self, question: str) -> str:
        return f"Question: {question}"

    def written_by(self, author: str, change: str, at: datetime) -> str:
        who = {"me": "curator (your own draft)", "operator": self.ROLES["operator"]}.get(author, "curator")
        return f"Author: {who} · {self.ENTRY_CHANGES[change]} · {english_date(at.date())}"

    def noted(self, note: str) -> str:
        return f"Note: {note}"

    def draft_decided(self, state: str) -> str:
        return {
            "approved": "This draft has been approved.",
            "returned": "This draft has been returned.",
            "replaced": "This draft has been edited since. The new one: /drafts",
        }[state]

    def approved(self, count: int) -> str:
        how_many = f": {count} entries" if count > 1 else ""
        return f"Approved{how_many}. In use from the next question on."

    def draft_approved(self, question: str, count: int) -> str:
        others = f" and {count - 1} more" if count > 1 else ""
        return f"Your draft has been approved: {question[:200]}{others}"

    def draft_returned(self, question: str, reason: str) -> str:
        return f"Your draft has been returned: {question[:200]}\nReason: {reason}"

    def entry_fault(self, kind: str, value: str, other: str) -> str:
        return {
            "wording": f"The wording “{value}” belongs to another entry: {other}",
            "topic": f"There is no topic {value}.",
            "related": f"There is no related entry {value}.",
            "source": f"There is no source {value}.",
            "section": f"The plan has no section {value}.",
            "superseded_by": f"There is no entry {value} that could replace it.",
            "lines": f"The answer has more than {value} lines.",
            "long": f"The wording has more than {value} characters.",
            "empty": "There is no readable text yet.",
            "body": f"The entry is incomplete or not valid: {value}",
        }[kind]

    def ask_entry_text(self, field: str, question: str, now: str) -> str:
        wanted = {
            "answer": f"As it stands:\n{now}\nType the new answer in Thai, at most 6 lines. The English answer will be removed.",
            "source": f"As it stands: {now}\nType the new source: document, number or section, and year.",
            "wording": "Type one way of asking this, one wording at a time.",
        }[field]
        return f"Question: {question}\n{wanted}"

    def version(
        self, number: int, change: str, state: str, at: datetime | None, live: bool, back_to: str | None
    ) -> str:
        parts = [f"Version {number}", self.back_to(back_to) if back_to else self.ENTRY_CHANGES[change]]
        parts += [english_date(at.date())] if at else []
        standing = {"draft": "to be approved", "unusable": "cannot be used with the current data"}.get(state)
        parts += [standing] if standing else []
        return " · ".join([*parts, *(["in use"] if live else [])])

    def draft_version(self, version: int) -> str:
        return f"{self.DRAFT} {version}"

    def back_to(self, version: int | str) -> str:
        return f"Back to version {version}"

    def rolled_back(self, version: int) -> str:
        return f"Back to version {version}. In use from the next question on."

    def phrasings_left(self, count: int) -> str:
        return _count(count, "wording to review", "wordings to review")

    def proposal(self, text: str, question: str, count: int) -> str:
        return f"Wording: {text}\nPeople confirmed that it asks: {question}\nConfirmed {_count(count, 'time', 'times')}"

    def wording_added(self, text: str) -> str:
        return f"The wording has been added: {text}"

    # -------------------------------------------------------------- pairings, status

    WHICH_PROVINCE = "Choose a province, or type its name."
    PROVINCE_NOT_READ = "This province was not found. Type its name again, e.g. Chiang Mai."
    NO_PAIRINGS = "No pairings on record yet"
    INCOMPLETE = "Incomplete: the province has not yet confirmed its list of pairings"
    NOTHING_OWED = "No signed pairing needs an activity this year"
    UNCONFIRMED_MARK = "* Data incomplete: the province has not confirmed its list of pairings."
    NAME_A_PROVINCE = "Type the name of a province to see its pairings."
    WHICH_IS_WRONG = "Which one is not a pairing of the province?"
    WHICH_IS_MISSING = "Type the name and country of the missing partner."

    def role(self, role: str) -> str:
        return self.ROLES[role]

    def name(self, _name_th: str, name_en: str) -> str:
        return name_en

    def pairings_of(self, province: str) -> str:
        return f"Sister-city pairings of {province}"

    def stage(self, pairing: Staged) -> str:
        if pairing.verdict == "wrong":
            if pairing.status == "ended":
                return "not a pairing of the province (checked by the ministry)"
            return "reported as not a pairing, to be checked by the ministry"
        if pairing.status != "established":
            return self.stage_of(pairing.stage or pairing.status)
        signed = "signed (date not recorded)"
        if pairing.signed_on is not None:
            signed = f"signed {english_date(pairing.signed_on, pairing.signed_precision or 'day')}"
        parts = [signed]
        if pairing.stage in ("renewed", "expired"):
            parts.append(self.stage_of(pairing.stage))
        if pairing.expires_on is not None:
            parts.append(f"until {english_date(pairing.expires_on, pairing.expires_precision or 'day')}")
        return " · ".join(parts)

    def is_list_right(self, province: str) -> str:
        return f"Is the list of pairings of {province} correct?"

    def list_confirmed(self, province: str) -> str:
        return f"The list of pairings of {province} is confirmed. It can be changed later at /pairings."

    def marked_wrong(self, label: str) -> str:
        return (
            f"Noted: {label} is not a pairing of the province. "
            "Its reminders stop, and the ministry will check."
        )

    def not_wrong(self, label: str) -> str:
        return f"Noted: {label} is a pairing of the province. Reminders for it go on."

    def missing_noted(self, name: str) -> str:
        return f"Noted as missing: {name}. The ministry will check before it is added."

    # -------------------------------------------------------------- finding by a name

    NAME_NOT_FOUND = (
        "No pairing was found by this name. Type the name of a partner, province or country again, "
        "or see the list at /pairings."
    )
    MUNICIPAL_NOT_KEPT = (
        "Only relations of provinces are kept here, none of municipalities. "
        "Type the name of the province to see its pairings."
    )
    MORE_NAMES = "There are more such names. Type the whole name to narrow the choice."
    WHICH_NAMES: Mapping[str, str] = {
        "shared": "Several bear this name. Choose the one that is meant.",
        "alike": "Names like this one. Choose the one that is meant.",
        "everyday": "This word has another meaning too. Choose it here if this is meant.",
        "beginning": "Names that begin like this. Choose the one that is meant.",
        "several": "Several were found. Choose the one that is meant.",
        "not_paired": "This pairing is not on record. See one of them.",
        "district": "This name is a part of it. Choose what to see.",
        "city": "This name is a city in it. Choose what to see.",
        "former": "This is a former name. Choose what to see.",
        "merged": "Provinces of this name were merged. Choose what to see.",
        "nickname": "Several are called so. Choose the one that is meant.",
    }

    def which_name(self, reason: str) -> str:
        return self.WHICH_NAMES[reason]

    def of_province(self, province: str) -> str:
        return province

    def pairings_found(self, count: int) -> str:
        return f"{_count(count, 'pairing', 'pairings')} found. Choose what to see."

    # -------------------------------------------------------------- status

    def status_of(self, province: str, today: date) -> str:
        return f"{province} as of {english_date(today)}"

    def country_status(self, lacking: int, today: date) -> str:
        if lacking == 0:
            return f"As of {english_date(today)}: no pairing lacks an activity this year"
        pairings = _count(lacking, "pairing has", "pairings have")
        return f"As of {english_date(today)}: {pairings} no activity yet this year"

    def province_line(self, name: str, owing: int, active: int, confirmed: bool) -> str:
        pairings = _count(owing, "pairing", "pairings")
        done = f"{name}: " + (
            f"{active} of {pairings} with an activity" if active else f"{pairings}, no activity yet"
        )
        return done if confirmed else f"* {done}"

    def lacking(self, basis: str, period: str, count: int, days: int) -> str:
        pairings = _count(count, "pairing", "pairings")
        left = _count(days, "day", "days")
        return f"{self.BASES[basis]} {_in_common_era(period)}: {pairings} without an activity ({left} left)"

    def active(self, count: int) -> str:
        return f"{_count(count, 'pairing', 'pairings')} with an activity"

    def times(self, count: int) -> str:
        return _count(count, "activity", "activities")

    def last_activity(self, day: date | None) -> str:
        return f"latest {english_date(day)}" if day else "no activity on record"

    def sums(self, sums: Sequence[Sum]) -> str:
        return " · ".join(self._sum(one) for one in sums)

    def _sum(self, one: Sum) -> str:
        count = _count(one.count, "activity", "activities") if one.count else "no activity yet"
        left = f", {_left(one.days_left)}" if one.days_left >= 0 and not one.count else ""
        return f"{self.BASES[one.basis]} {_in_common_era(one.period)}: {count}{left}"

    # -------------------------------------------------------------- reminders

    def digest_title(self, province: str, count: int, basis: str, period: str) -> str:
        pairings = _count(count, "pairing has", "pairings have")
        year = f"{self.BASES[basis]} {_in_common_era(period)}"
        return f"{province}: {pairings} no joint activity yet in {year}"

    def digest_left(self, days: int, last: date) -> str:
        if days < 0:
            return f"Ended on {english_date(last)}"
        until = "until " if days else ""
        return f"{_left(days).capitalize()} ({until}{english_date(last)})"

    def digest_line(
        self, number: int, partner: str, last: date | None, sums: Sequence[tuple[str, str, int]]
    ) -> str:
        counted = " · ".join(
            f"{self.SHORT_BASES[basis]} {_in_common_era(period)}: {self.times(count) if count else 'none yet'}"
            for basis, period, count in sums
        )
        return f"{number}. {partner} · {self.last_activity(last)}\n{counted}"

    def year_of_several(self, basis: str, period: str, lacking: int, total: int, days: int) -> str:
        year = f"{self.BASES[basis]} {_in_common_era(period)}"
        if not lacking:
            return f"{year}: every pairing has an activity"
        how_many = f"{lacking} of {total} without one"
        if lacking == total:
            how_many = f"none of {total} yet" if total > 1 else "nothing held yet"
        return f"{year}: {how_many}, {_left(days)}"

    def digest_late(self, days: int) -> str:
        return f"This message is {_count(days, 'day', 'days')} later than it should be"

    def digest_of(self, day: date) -> str:
        return f"Message of {english_date(day)}, repeated because it may not have arrived"

    def climbed_title(self, province: str, count: int, basis: str, period: str) -> str:
        pairings = _count(count, "pairing has", "pairings have")
        year = f"{self.BASES[basis]} {_in_common_era(period)}"
        return f"{province}: {pairings} no record of a joint activity in {year}"

    def climbed_line(self, number: int, partner: str, tried: Sequence[tuple[str, int, date]]) -> str:
        return f"{number}. {partner} · {self.told_so_far(tried)}"

    def told_so_far(self, tried: Sequence[tuple[str, int, date]]) -> str:
        told = [
            f"{self.POSTS[level]} {_count(count, 'time', 'times')} ({'last ' if count > 1 else ''}{english_date(day)})"
            for level, count, day in tried
        ]
        return f"told: {' · '.join(told)}" if told else "nobody responsible can be reached"

    DUE_SIGN = "⏳"
    HINT_START = "The start of the year is a good time to plan a joint activity. If the day is set, record it as a plan."
    HINT_LOG = "If it has been held, log it now: it counts on the date on which it was held."
    HINT_SHORT = f"{HINT_LOG}\nIf there is no time left for a visit, meet online with the partner or ask for an exemption."
    CLIMBED_HINT = "For your information and consideration: it may have been held and not logged yet."

    def log_for(self, partner: str) -> str:
        return f"Log an activity with {partner}"

    # -------------------------------------------------------------- the demo

    DEMO_AT = "The demo chat is at"
    TERMINAL_HINT = (
        "Type a message and press Enter · choose a button by its number · send a file with :file PATH · "
        "end with Ctrl-D"
    )

    # -------------------------------------------------------------- faults

    NOT_FOUND = "This item was not found."
    STALE_BUTTON = "This button no longer works."
    NOT_READ = (
        "This message was not understood. Type a question, or an activity in one sentence. Examples: /help"
    )
    LOG_OR_ASK = "Would you like to log an activity or ask a question?"
    CANNOT_HANDLE = (
        "Your last message could not be processed. The operator will look into it. "
        "Please try other words. (What you entered is kept.)"
    )

    def too_long(self, limit: int) -> str:
        return (
            f"The message is too long: at most {limit:,} characters. "
            "Shorten it and send it again. (What you entered is kept.)"
        )

    def unsupported(self, kind: str) -> str:
        what = {"sticker": "Stickers", "voice": "Voice messages", "video": "Videos"}.get(
            kind, "Messages of this kind"
        )
        return (
            f"{what} cannot be read yet. Please type text, or send a photo or document. "
            "(What you entered is kept.)"
        )
