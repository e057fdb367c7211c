"""One pairing: everything that is known of it, with sources, and how it is changed, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.language.dates import ERA, english_date
from bot.texts.relation_th import RelationTh


class RelationEn(RelationTh):
    """One pairing: everything that is known of it, with sources, and how it is changed."""

    STAGES: Mapping[str, str] = {
        "proposed": "proposed",
        "committee_agreed": "agreed by the committee",
        "letter_of_intent": "letter of intent signed",
        "mou_draft": "MOU being drafted",
        "signed": "signed",
        "renewed": "renewed",
        "expired": "expired",
        "dormant": "dormant",
        "ended": "ended",
        "established": "established",
        "in_progress": "in progress",
        "unknown": "status to be checked",
    }
    FACTS: Mapping[str, str] = {
        "stage": "Stage",
        "signed_on": "Signed on",
        "expires_on": "Ends on",
        "term": "Term",
        "areas": "Areas of cooperation",
        "signatories": "Signatories",
        "level": "Level",
        "note": "Note",
        "name_th": "Thai name",
        "name_en": "English name",
        "name_local": "Local name",
        "former_names": "Former names",
        "aliases": "Other names",
        "kind": "Kind of unit",
        "parent": "Part of",
    }
    LEVELS: Mapping[str, str] = {
        "province": "provincial",
        "bma": "Bangkok",
        "uncertain": "not clear whether provincial or municipal",
    }
    PARTNER_KINDS: Mapping[str, str] = {
        "province": "province",
        "state": "state",
        "prefecture": "prefecture (Japan)",
        "city": "city",
        "prefecture-level city": "prefecture-level city",
        "sub-provincial city": "sub-provincial city",
        "municipality (province-level)": "province-level municipality",
        "autonomous region": "autonomous region",
        "autonomous prefecture": "autonomous prefecture",
    }
    SOURCE_KINDS: Mapping[str, str] = {
        "ministry_letter": "Letter of the ministry",
        "province_letter": "Letter of the province",
        "partner_letter": "Letter of the partner",
        "mou": "Memorandum of understanding",
        "minutes": "Minutes of a meeting",
        "website": "Official website",
    }
    ORIGINS: Mapping[str, str] = {"shipped": "the system's first data", "sheet": "an imported sheet"}
    STANDINGS: Mapping[str, str] = {
        "proposed": "waits to be confirmed",
        "current": "in use",
        "conflicting": "kept as conflicting",
        "replaced": "replaced since",
        "refused": "not confirmed",
        "taken_back": "taken back",
        "withdrawn": "withdrawn by its proposer",
    }
    REFUSALS: Mapping[str, str] = {
        "not_in_source": "The paper does not say so",
        "right_already": "What stands is right",
        "unclear_source": "The source is not clear",
    }
    FACT_OUTCOMES: Mapping[str, str] = {
        "applied": "Saved. It holds at once.",
        "proposed": "Sent to the ministry to be confirmed. You will be told here; until then the present data hold.",
        "same": "This is what stands already; nothing was changed.",
        "waiting": "This was proposed already and waits for the ministry.",
    }
    DECISIONS: Mapping[str, str] = {
        "confirm": "Confirmed. It holds at once.",
        "refuse": "Not confirmed. Its proposer was told.",
        "keep": "Kept as conflicting; it is shown beside what stands.",
        "withdraw": "The proposal is withdrawn.",
    }
    AUDIT_ACTIONS: Mapping[str, str] = {
        "activity.created": "logged an activity",
        "activity.edited": "edited an activity",
        "activity.merged": "merged an activity",
        "activity.undone": "undid",
        "activity.deleted": "deleted an activity",
        "activity.restored": "brought back an activity",
        "activity.flagged": "commented on",
        "activity.settled": "settled a comment",
        "activity.invited": "invited another province",
        "activity.declined": "said that it took no part",
        "activity.joined": "confirmed that it took part",
        "activity.left": "left an activity",
        "fact.proposed": "proposed",
        "fact.applied": "changed",
        "fact.confirmed": "confirmed",
        "fact.refused": "did not confirm",
        "fact.kept": "kept as conflicting",
        "fact.withdrawn": "withdrew a proposal",
        "fact.taken_back": "took back",
        "pairing.added": "added the pairing",
        "list.marked_wrong": "said that it is no pairing",
        "list.marked_correct": "said that it is a pairing",
        "list.mark_cleared": "had it checked again",
        "list.mark_settled": "found that it is a pairing",
        "reminder.put_off": "put reminders off",
        "reminder.put_off_ended": "ended the putting off",
        "reminder.other_asked": "asked for somebody else to be responsible",
        "exemption.asked": "asked for an exemption",
        "exemption.granted": "granted the exemption",
        "exemption.refused": "refused the exemption",
    }

    # -------------------------------------------------------------- the card

    ALL_FACTS = "Details"
    CHANGE_FACTS = "Change or add data"
    GO_ON_WITH_FACT = "Go on with the data"
    SHOW_PAIRING = "Show this pairing"
    FACT_COUNTRY = "Country"
    FACT_PROVINCE = "Province"
    FACT_PARTNER = "Partner"
    STAGE_HISTORY = "Stages"
    ALL_SOURCES = "Sources"
    NO_SOURCE = "no source stated yet"
    DAY_NOT_KNOWN = "Date not known"

    def stage_of(self, stage: str) -> str:
        return self.STAGES.get(stage, stage)

    def fact_name(self, field: str) -> str:
        return self.FACTS.get(field, field)

    def known_day(self, day: date, precision: str) -> str:
        return f"{english_date(day, precision)} (B.E. {day.year + ERA})"

    def fact_line(self, name: str, value: str) -> str:
        return f"{name}: {value}"

    def agreement(self, term: str, ends: str, left: int | None) -> str:
        parts = [term] if term else []
        if ends and left is not None:
            parts.append(f"until {ends}")
            days = f"{abs(left):,} {'day' if abs(left) == 1 else 'days'}"
            parts.append(f"{days} left" if left >= 0 else f"over for {days}")
        return f"Agreement: {' · '.join(parts)}"

    def merged_into(self, partner: str) -> str:
        return f"This unit was merged into {partner}"

    def conflicts_mark(self, count: int) -> str:
        return f"⚠️ Sources differ in {count} {'matter' if count == 1 else 'matters'}"

    def proposals_mark(self, count: int) -> str:
        return f"{count} {'proposal waits' if count == 1 else 'proposals wait'} for the ministry"

    def kept_beside(self, contacts: int, documents: int) -> str:
        return f"Contacts: {contacts or 'none yet'} · Signed documents: {documents or 'none yet'}"

    def list_confirmed_on(self, day: date) -> str:
        return f"The province confirmed its list on {english_date(day)}"

    def conflict(self, name: str, ours: str, theirs: str) -> str:
        return f"Sources differ: {name}\n- {ours}\n- {theirs}"

    def waits(self, line: str) -> str:
        return f"To be confirmed: {line}"

    def source_dated(self, source: str, day: date | None) -> str:
        return f"{source}, {english_date(day)}" if day else source

    def shared_with(self, provinces: Sequence[str]) -> str:
        return f"The partner's data are shared with {', '.join(provinces)}: a change is made for all of them."

    def post_of(self, role: str, province: str) -> str:
        return f"{role}, {province}" if province else role

    # -------------------------------------------------------------- history, undo, who did what

    WHO_DID_WHAT = "Who did what"
    TAKE_BACK = "Go back to what stood before"
    LEAVE_AS_IT_IS = "Leave it as it is"
    TAKEN_BACK = "Taken back. It holds at once."
    NOT_CURRENT_ANY_MORE = "This is not what holds now, or nothing stood before it. See the history."
    NOTHING_SAID_YET = "Nothing was changed yet; the system's first data hold."
    NOTHING_DONE_YET = "Nothing was done in the system yet."
    YOURSELF = "yourself"
    FORMER_MEMBER = "somebody who has left the post"
    IN_PRIVATE_ONLY = "This is shown in a private chat with the assistant only."

    def history_of(self, label: str) -> str:
        return f"History of {label}"

    def audit_of(self, label: str) -> str:
        return f"{self.WHO_DID_WHAT}: {label}"

    def fact_changed(self, name: str, before: str, after: str) -> str:
        return f"{name}: {before} → {after}"

    def said_by(self, who: str, at: datetime | None, channel: str) -> str:
        return " · ".join(part for part in (f"Said by: {who}", self._moment(at), channel) if part)

    def _moment(self, at: datetime | None) -> str:
        return f"{english_date(at.date())} {at:%H:%M}" if at else ""

    def standing_of(self, standing: str, who: str, note: str) -> str:
        done = f"{self.STANDINGS[standing]}, {who}" if who else self.STANDINGS[standing]
        return f"{done} · {note}" if note else done

    def fact_note(self, note: str) -> str:
        if note == "not_a_pairing":
            return "Note: not a pairing of the province"
        return f"Reason: {self.REFUSALS.get(note, note)}"

    def back_to_before(self, name: str) -> str:
        return f"Take back: {name}"

    def withdraw_fact(self, name: str) -> str:
        return f"Withdraw: {name}"

    def really_take_back(self, name: str, now: str, before: str) -> str:
        return f"{name}\nIn use now: {now}\nTaken back, this holds again: {before}"

    def audit_line(self, at: datetime, what: str, about: str, who: str, channel: str) -> str:
        parts = (self._moment(at), f"{what} {about}".strip(), who, channel)
        return " · ".join(part for part in parts if part)

    # -------------------------------------------------------------- changing a fact

    WHICH_FACT = "What is to be changed? Every change needs its source."
    WHICH_FACT_TO_PROPOSE = (
        "What do you propose to change? A proposal needs its source; the ministry confirms it."
    )
    PARTNER_FACTS = "Names and kind of the partner"
    TYPE_THE_VALUE = "Type the value, or press “Go on with the data”."
    TYPE_A_VALUE = "There is no text to read yet. Please type it again. (What you entered is kept.)"
    CHOOSE_A_BUTTON = "Please choose one of the buttons. (What you entered is kept.)"
    KNOWN_DAY_NOT_READ = (
        "The date was not understood. Type day, month and year, such as 12 Jun 2015, or as much as is known: "
        "Jun 2015 or 2015. (What you entered is kept.)"
    )
    DATE_OUT_OF_RANGE = (
        "Years from 1950 to 2150 are taken. Please type the date again. (What you entered is kept.)"
    )
    ENDS_BEFORE_SIGNED = (
        "It would end before it was signed. Please check and type it again. (What you entered is kept.)"
    )
    WHICH_DAY = "This date can be read in several ways. Which one is meant?"
    AREAS_DONE = "These are all"
    WHEN_REACHED = "When was this stage reached? For example 12 Jun 2015, Jun 2015 or 2015."
    WHICH_SOURCE = (
        "Where does this come from? Choose, or type it, for example: letter MOI 0211.4/123 of 5 Mar 2026"
    )
    WHICH_PAPER = "Type number and date of the paper, for example: 0211.4/123 of 5 Mar 2026"
    PAPER_DATE_MISSING = (
        "The date of the paper is missing. Type it, such as 5 Mar 2026, or press “It bears no date”."
    )
    PAPER_WITHOUT_DATE = "It bears no date"
    SOURCE_NEEDS_A_NAME = (
        "The paper has no name yet. Type its name or number, then its date. (What you entered is kept.)"
    )
    CONFIRM_AND_KEEP = "Confirm and save"
    SEND_TO_CONFIRM = "Send to be confirmed"
    OTHER_VALUE = "Change the value"
    OTHER_SOURCE = "Change the source"
    DROP_CHANGE = "Leave it"
    CHANGE_DROPPED = "Nothing is changed; what stood there stays."
    CHANGE_PAUSED = "Paused. What you entered is kept: press “Go on with the data” when you are ready."
    CHANGE_GONE = (
        "This was sent or left already. Open the pairing and choose “Change or add data” to begin again."
    )
    CHANGED_MEANWHILE = "Somebody changed this meanwhile. Please check once more."

    def ask_fact(self, field: str, most: int) -> str:
        return {
            "stage": "Which stage has the relation reached?",
            "signed_on": "When was it signed? For example 12 Jun 2015; or as much as is known: Jun 2015 or 2015.",
            "expires_on": "When does the agreement end? For example 11 Jun 2027, Jun 2027 or 2027.",
            "term": "How long does the agreement hold? For example 5 years.",
            "areas": "In which areas? Several may be chosen, or typed.",
            "signatories": "Who signed? Post and name, one a line, such as\nThai side: Governor (name)\nPartner: Mayor (name)",
            "level": "Of which level is the relation?",
            "note": f"Type the note, at most {most} characters.",
            "name_th": "Type the partner's Thai name.",
            "name_en": "Type the partner's English name.",
            "name_local": "Type the partner's name in the script of the place.",
            "former_names": "Type all former names, one a line.",
            "aliases": "Type all other names, one a line.",
            "kind": "Which kind of unit is it? Choose or type.",
            "parent": "In which province, state or region does it lie? Type the name.",
        }[field]

    def fact_now(self, value: str) -> str:
        return f"In use now: {value}"

    def fact_before(self, value: str) -> str:
        return f"Before: {value}"

    def fact_after(self, value: str) -> str:
        return f"After: {value}"

    def too_many_items(self, most: int) -> str:
        return f"At most {most} are taken. Please type them again. (What you entered is kept.)"

    def day_is_ahead(self, day: date, precision: str) -> str:
        return f"{english_date(day, precision)} is still to come. Please type the date again. (What you entered is kept.)"

    def attached_document(self, name: str) -> str:
        return f"Attached document: {name}"

    def also_signed_on(self, day: date, precision: str) -> str:
        return f"{english_date(day, precision)} is the day of signature too"

    # -------------------------------------------------------------- the ministry decides

    REVIEW = "Data to be confirmed"
    CONFLICTS = "Conflicting data"
    NEW_FACTS = "Data from the provinces wait to be confirmed by the ministry."
    CONFIRM_FACT = "Confirm"
    REFUSE_FACT = "Do not confirm"
    KEEP_BESIDE = "Keep as conflicting"
    THIS_ONE_HOLDS = "Use the new value"
    OURS_HOLDS = "Keep what stands"
    WHY_REFUSED = "For which reason?"
    WRITE_FACT_REFUSAL = "Type the reason; whoever proposed is told it."

    def facts_waiting(self, count: int) -> str:
        return f"{count} to be confirmed. Choose one." if count else "Nothing waits to be confirmed."

    def facts_conflicting(self, count: int) -> str:
        return f"Sources differ in {count}. Choose one." if count else "No data conflict."

    def already_decided(self, standing: str, who: str) -> str:
        done = "confirmed" if standing == "current" else self.STANDINGS[standing]
        return f"This was decided already: {done}" + (f", {who}" if who else "")

    def proposal_decided(self, decision: str, label: str, name: str, reason: str) -> str:
        what = f"{label} · {name}"
        if decision == "confirm":
            return f"The ministry confirmed what you proposed: {what}"
        if decision == "keep":
            return (
                f"The ministry keeps what you proposed beside what stands, because the sources differ: {what}"
            )
        return f"The ministry did not confirm what you proposed: {what}\n{self.fact_note(reason)}\nIt may be proposed anew."

    # -------------------------------------------------------------- what provinces said of their lists

    MISSING_PAIRINGS = "Pairings that provinces miss"
    MARKED_WRONG = "Pairings said to be none"
    NOTHING_MISSING = "No province misses a pairing."
    NOTHING_MARKED = "No pairing is said to be none."
    MISSING_SETTLED = "This was settled already."
    MARK_SETTLED = "This was settled already; see the history of the pairing."
    PROVINCE_TOLD = "Done. The province is told in office hours."
    ADD_PAIRING = "Add a pairing"
    GO_ON_ADDING = "Go on adding"
    DO_NOT_ADD_PAIRING = "Do not add"
    WHY_NOT_ADDED = "Type why it is not added; the province is told."
    IT_ENDED = "The relation ended"
    IT_IS_NONE = "Not a pairing"
    IT_IS_ONE = "It is a pairing"
    WHY_IT_IS_ONE = "Type the evidence that it is a pairing; the province is told."
    WHICH_PARTNER = "Which partner? Type its Thai name."
    IT_IS_A_NEW_PARTNER = "A new partner of this name"
    WHICH_ENGLISH_NAME = "Type the partner's English name."
    ENGLISH_NAME_NOT_READ = (
        "Please type the English name in Roman letters, such as Kunming. (What you entered is kept.)"
    )
    WHICH_COUNTRY = "In which country? Type its name."
    COUNTRY_NOT_READ = (
        "This country was not found. Please type its name again, such as China. (What you entered is kept.)"
    )
    KNOWN_PARTNER = "This partner is in the registry already."
    NEW_PARTNER = "A new partner in the registry."
    PAIRING_IS_THERE = "The province has this pairing already."
    REOPEN_LIST = "Have the list checked again"
    PLEASE_CHECK_AGAIN = "The ministry asks the province to check its list of pairings once more."

    def missing_named(self, count: int) -> str:
        return f"Provinces miss {count}. Choose one."

    def province_misses(self, province: str, name: str) -> str:
        return f"{province} misses: {name}"

    def marked_count(self, count: int) -> str:
        return f"{count} said to be none. Choose one."

    def province_marked(self, province: str, stage: str) -> str:
        return f"{province}: {stage}\nChoose what was found."

    def adding_to(self, province: str) -> str:
        return f"Add a pairing of {province}"

    def which_partner_of(self, name: str) -> str:
        return f"Which partner is “{name}”? Choose one that is there, or type the name anew."

    def no_partner_of(self, name: str) -> str:
        return f"“{name}” is not in the registry yet. If this Thai name is right, add it as a new partner, or type it anew."

    def pairing_added(self, label: str) -> str:
        return f"Added: {label}. The province is told in office hours."

    def pairing_was_added(self, name: str) -> str:
        return f"The ministry added a pairing of the province: {name}. Please check it."

    def missing_was_refused(self, name: str, reason: str) -> str:
        return f"The ministry did not add the pairing that the province misses: {name}\nReason: {reason}"

    def mark_was_settled(self, label: str, reason: str) -> str:
        return f"The ministry found that {label} is a pairing of the province.\nEvidence: {reason}"

    def list_reopened(self, province: str) -> str:
        return f"The list of {province} waits to be confirmed again."
