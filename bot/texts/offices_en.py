"""Provinces, countries, contacts and signed documents, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.language.dates import english_date
from bot.texts.offices_th import OfficesTh, _size


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


class OfficesEn(OfficesTh):
    """Provinces, countries, contacts and signed documents."""

    PRIVATE_ONLY = "This can be seen only in a private chat with the assistant"
    UNDO_IT = "Undo"
    DONE = "Done"
    TAKE_OUT = "Take out"

    # -------------------------------------------------------------- signed documents

    DOCUMENTS = "Signed documents"
    ADD_DOCUMENT = "Add a document"
    NO_DOCUMENTS = "No signed document of this pairing yet"
    SEND_DOCUMENTS = "Send the files here, several if needed (PDF, Word or pictures). No classified papers"
    WRITE_DOCUMENT_NAME = "Type the document's name and the date of signature"
    WHY_TAKE_OUT = "Why should this document be taken out?"
    WRITE_REMOVAL = "Type the reason in one short message"
    DOCUMENT_KINDS: Mapping[str, str] = {
        "mou": "Memorandum of understanding",
        "agreement": "Sister-city agreement",
        "intent": "Letter of intent",
        "record": "Record of discussion",
    }
    DOCUMENT_REMOVALS: Mapping[str, str] = {
        "wrong_pairing": "Wrong pairing",
        "doubled": "Attached twice",
        "newer": "Replaced by another version",
    }

    def documents_of(self, pairing: str, count: int) -> str:
        return f"Signed documents of {pairing}" + (f" ({count})" if count else "")

    def document_kind(self, kind: str) -> str:
        return self.DOCUMENT_KINDS[kind]

    def document_line(self, number: int, name: str, size: int, at: datetime, post: str) -> str:
        by = f" · {post}" if post else ""
        return f"{number}. {name}\n   {_size(size)} · {english_date(at.date())}{by}"

    def document_added(self, name: str) -> str:
        return f"Attached: {name}"

    def ask_document_name(self, name: str) -> str:
        return (
            f"What is {name}? Choose, or type the document's name and the date of signature.\n"
            "Further files can be sent now."
        )

    def documents_known(self, count: int) -> str:
        return f"{_counted(count, 'file was', 'files were')} here already"

    def documents_full(self, most: int, megabytes: int) -> str:
        return f"A pairing takes {most} files of {megabytes} MB in all. Take one out first, then send again"

    def document_removed(self, name: str) -> str:
        return f"Document taken out: {name}"

    def document_removal(self, reason: str) -> str:
        return self.DOCUMENT_REMOVALS.get(reason, reason)

    def name_too_long(self, most: int) -> str:
        return f"The name has more than {most} characters. Type a shorter one (the file stays attached)"

    # -------------------------------------------------------------- working contacts

    CONTACTS = "Contacts"
    ADD_CONTACT = "Add a contact"
    NO_CONTACTS = "No working contact of this pairing yet"
    WHICH_SIDE = "A contact of which side?"
    CHECK_CONTACT = "Check before saving"
    CONTACT_NOT_READ = "No name could be read. Type one line with commas: name, post, telephone or e-mail"
    CONTACT_TOO_LONG = "That is too long. Type a shorter name, post and way to reach them"
    CONTACT_SAVED = "Contact saved"
    CONTACT_REMOVED = "Contact taken out"
    CONTACT_BACK = "The contact is back"
    CONTACT_KEPT = "You look after this contact now"
    KEEP_CONTACT = "Look after it"
    CORRECT_IT = "Correct"
    TYPE_CONTACT_AGAIN = "Type again"
    SIDES: Mapping[str, str] = {"ours": "Thai side", "theirs": "Partner's side"}

    def side(self, side: str) -> str:
        return self.SIDES[side]

    def contacts_of(self, pairing: str) -> str:
        return f"Contacts of {pairing}"

    def contact_number(self, number: int) -> str:
        return f"Number {number}"

    def contact(self, name: str, post: str | None, reached_by: str | None) -> str:
        return " · ".join(part for part in (name, post, reached_by) if part)

    def contact_parts(self, side: str, name: str, post: str | None, reached_by: str | None) -> str:
        return (
            f"Side: {self.SIDES[side]}\nName: {name}\nPost: {post or 'not stated'}\n"
            f"Reached by: {reached_by or 'not stated'}"
        )

    def kept_by(self, keeper: str) -> str:
        return f"Looked after by: {keeper or 'nobody yet'}"

    def ask_contact(self, side: str) -> str:
        return f"{self.SIDES[side]}: type one line with commas: name, post, telephone or e-mail"

    def contacts_full(self, most: int) -> str:
        return f"A pairing has at most {most} contacts on each side. Take one out first"

    # -------------------------------------------------------------- what is said of a province or a country

    PROFILE = "Province profile"
    CHANGE_PROFILE = "Change"
    WHICH_OFFICE_FIELD = "What should be changed?"
    WRITE_FACT_SOURCE = "Type the source: the name of the letter or order, its number and date"
    WRITE_FACT_REASON = "Type the reason in one short message"
    CHECK_FACT = "Check before sending"
    PROPOSE = "Send to the ministry"
    PROPOSED_TO_MINISTRY = "Sent to the ministry. It is shown once confirmed"
    FACT_SAVED = "Saved"
    FACT_TAKEN_BACK = "Undone. What stood before stands again"
    FACT_NOT_OPEN = "This was decided already"
    TOO_MANY_PROPOSED = "Many proposals wait for the ministry. Wait for the outcome, then send again"
    FACT_CONFIRMED = "Confirmed. It holds from now on"
    FACT_REFUSED = "Noted as not used"
    OFFICE_FIELDS: Mapping[str, str] = {
        "office": "Responsible office",
        "group_order": "Order that set up the working group",
        "group_order_on": "Date of the order",
        "group_members": "Members of the working group",
        "group_meetings": "Meetings of the working group",
        "special_zone": "Special economic zone",
        "priority": "Priority of the country",
    }
    YES_NO: Mapping[str, str] = {"yes": "yes", "no": "no"}
    PRIORITIES: Mapping[str, str] = {
        "first": "to be supported first",
        "next": "to be supported next",
        "later": "to be supported later",
    }
    NOT_RANKED = "not ranked yet"
    STATED_STATES: Mapping[str, str] = {
        "proposed": "waits for the ministry",
        "current": "in use",
        "conflicting": "differs from what is in use",
        "replaced": "was in use",
        "refused": "not used",
    }

    def office_field(self, name: str) -> str:
        return self.OFFICE_FIELDS.get(name, name)

    def office_value(self, name: str, value: Any, precision: str | None = None) -> str:
        if value in (None, "", []):
            return "not stated"
        if name == "special_zone":
            return self.YES_NO.get(str(value), str(value))
        if name == "priority":
            return self.PRIORITIES.get(str(value), str(value))
        if name == "group_meetings":
            return ", ".join(english_date(date.fromisoformat(one)) for one in value)
        if name == "group_order_on":
            return english_date(date.fromisoformat(value), precision or "day")
        return str(value)

    def ask_office_field(self, name: str, most: int) -> str:
        return {
            "group_order": f"Type the number of the order (at most {most} characters)",
            "group_order_on": "Type the date of the order, such as 5 Jan 2023",
            "group_members": f"Type the members by post, with commas; names may be given (at most {most} characters)",
            "group_meetings": "Type all days of meetings with commas, such as 5 Jan 2026, 3 Apr 2026",
            "special_zone": "Is the province a special economic zone?",
            "priority": "How does this country rank?",
        }.get(name, f"Type: {self.office_field(name)} (at most {most} characters)")

    def office_value_not_read(self, typed: str) -> str:
        return f"Not understood: {typed[:80]}. Type the date again, such as 5 Jan 2026"

    def office_day_ahead(self, typed: str) -> str:
        return f"That day is still ahead: {typed[:80]}. Type a day that has passed"

    def profile_of(self, province: str) -> str:
        return f"Profile of {province}"

    def office_line(self, name: str, value: str, source: str | None) -> str:
        return f"{self.office_field(name)}: {value}" + (f" (source: {source})" if source else "")

    def region_line(self, region: str, cluster: str) -> str:
        return f"Region: {region}" + (f" · cluster: {cluster}" if cluster else "")

    def pairings_line(self, signed: int, unfinished: int) -> str:
        parts = [f"{_counted(signed, 'pairing', 'pairings')} signed" if signed else "No pairing signed yet"]
        return " · ".join([*parts, *([f"{unfinished:,} in progress"] if unfinished else [])])

    def unfinished_line(self, partners: Sequence[str]) -> str:
        return f"Pairings in progress: {', '.join(partners)}"

    def staff_count(self, count: int) -> str:
        return f"People of the province here: {count or 'none yet'}"

    def proposals_line(self, count: int) -> str:
        return f"{_counted(count, 'proposal waits', 'proposals wait')} for the ministry"

    def proposal_of(self, name: str, value: str) -> str:
        return f"Proposal, {self.office_field(name)}: {value}"

    def fact_source(self, source: str) -> str:
        return f"Source: {source}"

    def fact_reason(self, reason: str) -> str:
        return f"Reason: {reason}"

    def stated_line(self, name: str, value: str, state: str, at: datetime, post: str) -> str:
        by = f" · {post}" if post else ""
        return f"{self.office_field(name)}: {value} · {self.STATED_STATES[state]} · {english_date(at.date())}{by}"

    def fact_decided(self, subject: str, name: str, value: str, accepted: bool, note: str | None) -> str:
        what = f"{self.office_field(name)}, {subject}: {value}"
        if accepted:
            return f"Confirmed by the ministry: {what}"
        return f"Not used by the ministry for now: {what}" + (f"\nReason: {note}" if note else "")

    # -------------------------------------------------------------- which countries come first

    COUNTRIES = "Priority of countries"
    RANK = "Rank"
    ABOUT_RANKING = (
        "The plan of 2019–2023 (B.E. 2562–2566), approach 2, asks that partner countries be ranked, to choose where "
        "activities are supported first"
    )

    def country_rank(self, level: str | None) -> str:
        return self.PRIORITIES.get(level or "", self.NOT_RANKED)

    def country_line(self, level: str | None) -> str:
        return f"Priority of the country: {self.country_rank(level)}"

    def countries_line(self, countries: Mapping[str, str | None]) -> str:
        if not any(countries.values()):
            return f"{self.COUNTRIES}: {self.NOT_RANKED}"
        return f"{self.COUNTRIES}: " + " · ".join(
            f"{name} {self.country_rank(level)}" for name, level in countries.items()
        )

    def country_choice(self, country: str, pairings: int, level: str | None) -> str:
        return f"{country} ({_counted(pairings, 'pairing', 'pairings')}) · {self.country_rank(level)}"

    def countries_ranked(self, ranked: int, total: int) -> str:
        return f"{ranked} of {total} countries ranked" if ranked else self.NOT_RANKED

    # -------------------------------------------------------------- who has confirmed

    CHECKS = "Confirmed lists"
    ONLY_UNCONFIRMED = "Only unconfirmed"
    ALL_PROVINCES = "All provinces"
    BY_REGION = "By region"
    BY_CLUSTER = "By cluster"
    NO_PROVINCE_FITS = "No province fits"
    PROVINCE_LIST_HISTORY = "History of the check"
    NO_LIST_HISTORY = "The list was not checked yet"
    CONFIRMATION_UNDONE = "Undone. The list stands as before it was confirmed"
    NOT_UNDONE = "The list was checked again since, so nothing was undone. See how it stands under Check list"
    PAIRING_RIGHT = "This one is right"
    PAIRING_WRONG = "Not a pairing of the province"
    LIST_EVENTS: Mapping[str, str] = {
        "list.confirmed": "list confirmed",
        "list.unconfirmed": "confirmation undone",
        "list.marked_wrong": "said to be no pairing of the province:",
        "list.marked_correct": "said to be a pairing of the province:",
        "list.missing": "a missing pairing noted",
        "list.missing_dropped": "a missing pairing withdrawn",
    }

    def confirmed_of(self, confirmed: int, total: int) -> str:
        return f"{confirmed} of {_counted(total, 'province', 'provinces')} confirmed"

    def incomplete_of(self, confirmed: int, total: int) -> str:
        return f"Incomplete: {confirmed} of {_counted(total, 'province', 'provinces')} confirmed their list"

    def check_line(
        self, province: str, pairings: int, confirmed: date | None, missing: int, wrong: int, since: int
    ) -> str:
        parts = [
            f"confirmed {english_date(confirmed)}" if confirmed else "not confirmed",
            _counted(pairings, "pairing", "pairings"),
        ]
        parts += [f"{missing} missing"] if missing else []
        parts += [f"{wrong} wrong"] if wrong else []
        parts += [f"{since} changed since"] if since else []
        return f"{province}: {' · '.join(parts)}"

    def confirmed_on(self, day: date | None, post: str) -> str:
        if day is None:
            return "The list of pairings is not confirmed yet"
        return f"List of pairings confirmed on {english_date(day)}" + (f" ({post})" if post else "")

    def missing_line(self, names: Sequence[str]) -> str:
        return f"Noted as missing: {', '.join(names)}"

    def wrong_line(self, labels: Sequence[str]) -> str:
        return f"Said to be no pairing of the province: {', '.join(labels)}"

    def since_confirmed(self, labels: Sequence[str]) -> str:
        return f"New or changed since the confirmation, to be checked again: {', '.join(labels)}"

    def drop_missing(self, name: str) -> str:
        return f"Not missing any more: {name}"

    def missing_dropped(self, name: str) -> str:
        return f"No longer noted as missing: {name}"

    def list_event(self, action: str, at: datetime, post: str, pairing: str | None) -> str:
        what = self.LIST_EVENTS.get(action, action) + (f" {pairing}" if pairing else "")
        return f"{english_date(at.date())} {at:%H:%M} · {what}" + (f" · {post}" if post else "")
