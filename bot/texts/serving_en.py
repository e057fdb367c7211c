"""Those who serve: their own data, leaving, handing over, standing in, the list of staff, in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.language.dates import english_date, english_range


class ServingEn:
    """Those who serve: their own data, leaving, handing over, standing in, the list of staff."""

    CHANNELS: Mapping[str, str]

    OWN_CHAT_ONLY = (
        "This is about persons and opens only in your own chat with the assistant. Nothing was changed"
    )

    # -------------------------------------------------------------- privacy, own data

    PRIVACY_WHAT = (
        "What is kept: name, language, channels, posts and provinces, the activities that you log with their "
        "history, your questions, the reminders sent to you, what you put off or asked to be exempt and why, and "
        "a trace of what was done.\n"
        "What for: to follow the sister-city activities of the provinces, to answer on the guideline, and to see "
        "which post recorded or changed something.\n"
        "Legal ground: a task in the public interest and official authority, Personal Data Protection Act "
        "2019 (B.E. 2562), section 24 (4). It does not rest on consent."
    )
    PRIVACY_HOW_LONG = (
        "For how long\n"
        "• Messages that come in: until handled; what could not be handled at most 30 days\n"
        "• Messages sent out: 30 days\n"
        "• Unfinished drafts: until saved or cancelled, then at most 30 days\n"
        "• Questions: the text stays to improve the answers, who asked at most 2 years\n"
        "• Public enquirers: 90 days after they last wrote\n"
        "• Invitations and requests: 90 days after their use or end\n"
        "• Contacts that were removed: 30 days\n"
        "• Activities, evidence, history, the registry, what was put off or exempt, posts held and the trace: kept as the office's record"
    )
    PRIVACY_WHO_SEES = (
        "Who sees it: staff see their own province, the ministry (Foreign Affairs Division) every province, the "
        "operator what running the system needs; the messenger sees what passes through it. Once a duty has ended, "
        "others see the post only, not the name.\n"
        "Your rights: to see it and get a copy (/mydata), to have it corrected, erased or restricted, to object, and "
        "to complain to the Personal Data Protection Committee."
    )
    ERASE_ME = "Ask for erasure"
    NO_POST = "Access: public enquirer"
    GET_COPY = "Get a copy as a file"
    YOUR_COPY = "A copy of what is kept, as JSON"
    CHANGE_NAME = "Correct name"
    CHANGE_POST = "Correct post"
    NO_TITLE = "State no post"
    CORRECTED = "Corrected"
    NAME_NOT_READ = "That is not read as a name. Write it in letters, for instance Somsri Jaidee (what stood before is kept)"
    WHICH_SEAT = "The post of which duty"

    def privacy_contact(self, contact: str | None) -> str:
        whom = contact or "Office of the Permanent Secretary, Ministry of Interior"
        return f"Data protection officer: {whom}"

    def own_name(self, name: str) -> str:
        return f"Name: {name or 'no name given'}"

    def own_language(self) -> str:
        return "Language: English"

    def own_channels(self, channels: Sequence[str]) -> str:
        return f"Channels: {', '.join(channels)}"

    def channel_name(self, channel: str) -> str:
        return self.CHANNELS.get(channel, channel)

    def channel_line(self, channel: str, *, here: bool) -> str:
        return self.channel_name(channel) + (" (this one)" if here else "")

    def own_seat_line(self, role: str, province: str | None, title: str | None) -> str:
        place = f", {province}" if province else ""
        return f"Access: {role}{place}" + (f" · {title}" if title else "")

    def own_seat(
        self,
        role: str,
        province: str | None,
        title: str | None,
        since: date,
        until: date | None,
        granted_by: str | None,
        *,
        office_held: bool,
    ) -> str:
        days = f"since {english_date(since)}" + (f" until {english_date(until)}" if until else "")
        device = " · office phone" if office_held else ""
        given = f"granted by: {granted_by or 'operator'}"
        return f"{self.own_seat_line(role, province, title)}{device} · {days} · {given}"

    def own_count(self, kind: str, number: int) -> str:
        what = {
            "drafts": "Unfinished drafts",
            "records": "Activities recorded (see /activities)",
            "questions": "Questions kept",
            "reminders": "Reminders",
            "holds": "Reminders put off, asked to be exempt or suspended",
            "contacts": "Contacts looked after",
            "events": "Traces of what was done",
        }[kind]
        return f"{what}: {f'{number:,}' if number else 'none'}"

    def how_to_erase(self, contact: str | None) -> str:
        return (
            "You may leave by yourself: access and reminders end at once, and your name is no longer shown to others.\n"
            "What stays with the post: activities, evidence and history.\n"
            "To have name, channels and all messages erased, write to the data protection officer; the operator "
            "erases them.\n"
            f"{self.privacy_contact(contact)}"
        )

    def write_name(self, name: str) -> str:
        return f"Name in use: {name or 'no name given'}\nWrite the right name"

    def write_post(self, role: str, title: str | None) -> str:
        return f"Access: {role} · post: {title or 'not stated'}\nWrite the post, for instance foreign relations officer"

    # -------------------------------------------------------------- leaving and handing over

    LEAVE = "Leave / move to another office"
    WHICH_SEAT_TO_LEAVE = "Which duty do you leave? The others stay"
    OTHER_POSTS_STAY = "Your other duties stay as they are"
    LAST_HEAD = "The province will have no head of office in the system; the ministry will be told"
    CHOOSE_SUCCESSOR = "Choose who takes over"
    CONFIRM_LEAVING = "Yes, leave"
    CONFIRM_ENDING = "Yes, the duty has ended"
    WHO_TAKES_OVER = "Who takes over? Once chosen, access ends at once"
    MORE_COLLEAGUES = "Next names"
    NO_SUCCESSOR = "Nobody yet"
    SUCCESSOR_GONE = "That colleague no longer serves. Nothing was changed; choose again"
    LEFT = "The duty has ended"
    STILL_SERVES = "Your other duties go on as before"
    STILL_ASKS = "Reminders have stopped. You may still ask about the guideline"
    LEFT_TO_THE_POST = "The work stays with the post until somebody takes over"
    TAKE_OVER = "Take over"
    TAKEN_OVER = "Taken over"
    SHOW_WORK = "Show what waits"
    NO_WORK_WAITS = "No work waits for anybody"
    RESUME_DRAFTS = "Go on with a draft"

    def seat_label(self, role: str, province: str | None) -> str:
        return f"{role}, {province}" if province else role

    def named(self, name: str, role: str) -> str:
        return f"{name or 'no name given'} ({role})"

    def leaving_own(self) -> str:
        return (
            "Stays with the post: activities, evidence and history (others see the post only, not your name)\n"
            "Ends at once: access, reminders, and invitations that you made"
        )

    def leaving_other(self, name: str) -> str:
        return (
            f"Has the duty of {name or 'this person'} ended?\n"
            "Activities and history stay with the post; access, reminders and invitations made end at once"
        )

    def work(self, parts: Sequence[str]) -> str:
        return f"Work handed over: {', '.join(parts)}"

    def work_part(self, kind: str, number: int) -> str:
        what = {"drafts": "drafts", "plans": "planned activities", "contacts": "contacts"}[kind]
        return f"{what}: {number:,}"

    def given_to(self, name: str) -> str:
        return f"Taken over by: {name}"

    def ended_for(self, name: str) -> str:
        return f"Access has ended: {name or 'no name given'}"

    def work_waits(self, province: str) -> str:
        return f"{province}: work waits for somebody to take over"

    def you_take_over(self, role: str, province: str) -> str:
        return f"You take over from the {role}, {province}"

    def your_post_ended(self, role: str, province: str | None) -> str:
        return (
            f"Access as {self.seat_label(role, province)} has ended. If you still serve, write to the head of the "
            "provincial office or to the ministry"
        )

    def member_left(self, named: str, province: str) -> str:
        return f"{named} has left {province}"

    def no_head_left(self, province: str) -> str:
        return f"{province} has no head of office in the system any more. Please consider an invitation"

    # -------------------------------------------------------------- who serves

    WHICH_OF_YOUR_PROVINCES = "Choose the province"
    STAFF = "Staff of the province"
    NOBODY_SERVES = "Nobody serves here in the system yet"
    STAFF_RIGHT = "Correct"
    NO_LONGER_SERVES = "Duty has ended"
    OTHER_PROVINCE_STAFF = "Another province"
    WHO_LEFT = "Whose duty has ended"
    OCTOBER_HINT = "If the list is complete, choose “Correct”; if somebody's duty has ended, choose the name"

    def staff_of(self, province: str) -> str:
        return f"Staff of {province}"

    def staff_line(
        self,
        number: int,
        named: str,
        title: str | None,
        since: date,
        until: date | None,
        *,
        office_held: bool,
    ) -> str:
        parts = [
            f"{number}. {named}",
            *([title] if title else []),
            english_range(since, until) if until else f"since {english_date(since)}",
            *(["office phone"] if office_held else []),
        ]
        return " · ".join(parts)

    def staff_confirmed(self, fiscal_year: int, day: date) -> str:
        return f"Staff confirmed for fiscal year {fiscal_year - 543} ({english_date(day)})"

    def october(self, province: str, fiscal_year: int, *, again: bool) -> str:
        if again:
            return f"{province}: staff not confirmed yet for fiscal year {fiscal_year - 543}"
        return f"{province}: please confirm the staff for fiscal year {fiscal_year - 543}"

    def left_already(self, name: str) -> str:
        return f"Duty has ended: {name or 'no name given'}"[:60]

    # -------------------------------------------------------------- standing in for the head

    NAME_ACTING = "Name an acting head"
    WHO_STANDS_IN = "Who acts for the head of the provincial office"
    CANCEL_ACTING = "End the acting post"
    SOMEBODY_STANDS_IN = (
        "Somebody acts for the head on these days already. End that first, or choose other days"
    )
    STANDS_IN_FROM_TODAY = "The first day must be today or later. Write another day (nothing was changed)"

    def full_day(self, day: date) -> str:
        return english_date(day)

    def for_days(self, number: int) -> str:
        return "1 day" if number == 1 else f"{number} days"

    def stands_in_when(self, name: str) -> str:
        return (
            f"From which day does {name or 'this person'} act for the head?\n"
            "Choose the first day, or write both, for instance 1–15 Dec 2026"
        )

    def stands_in_until(self, name: str, first: date) -> str:
        return (
            f"{name or 'This person'} from {english_date(first)}; until which day?\n"
            "Choose the number of days, or write the last day"
        )

    def stands_in_too_long(self, most: int) -> str:
        return f"At most {most} days at a time. Write other days (nothing was changed)"

    def stands_in(self, name: str, province: str, first: date, last: date) -> str:
        days = english_range(first, last if last != first else None)
        return f"{name or 'This person'} acts for the head of the provincial office of {province}: {days}. It ends by itself"

    def end_acting(self, name: str) -> str:
        return f"End acting post: {name or 'no name given'}"[:60]

    def stands_in_no_more(self, name: str) -> str:
        return f"{name or 'This person'} no longer acts for the head"

    # -------------------------------------------------------------- several channels

    LINK_CHANNEL = "Link another channel"
    HOW_TO_LINK = "Whoever uses several apps can be one person in all of them: get a code here and type it in the other app"
    MAKE_LINK_CODE = "Get a code"
    TYPE_LINK_CODE = (
        "Type the code below in your chat with the assistant in the other app within 15 minutes. It works once.\n"
        "Give it to nobody: whoever types it has the same access"
    )
    LINKED = "Linked. The same access and drafts are there on every channel"
    NOT_LINKED = "Not linked. Nothing was changed"
    SAME_PERSON = "The same person, link"
    DO_NOT_LINK = "Do not link"
    UNLINKED = "The channel is no longer linked"

    def link_refused(self, reason: str) -> str:
        return {
            "unknown": "That code is not known. Check the letters and type it again, or get a new one on the other channel",
            "used": "That code was used already. Get a new one on the other channel",
            "expired": "That code has expired. Get a new one on the other channel",
            "locked": "Too many wrong codes. Try again in an hour",
            "self": "That code belongs to a channel that is linked already. Type it in the other app",
        }[reason]

    def is_that_you(self, name: str, posts: Sequence[str]) -> str:
        held = f" ({', '.join(posts)})" if posts else ""
        return (
            f"This code belongs to {name or 'somebody without a name'}{held}\n"
            "Link only if that is yourself: access, drafts and questions of both become one person's"
        )

    def channel_linked(self, channel: str) -> str:
        return f"Linked with {channel}. If that was not you, take it out again"

    def unlink(self, channel: str) -> str:
        return f"Take out {channel}"

    def really_unlink(self, channel: str) -> str:
        return f"Once {channel} is taken out, there is no access from there. Data and drafts all stay"

    # -------------------------------------------------------------- a duty phone

    CHANGE_RECORDER = "Somebody else records"
    WHO_RECORDS = "Who records? Choose or write the name; it holds for today"
    WHO_RECORDS_FIRST = "Who records? Write the name; it holds for today"

    def recorder_today(self, name: str) -> str:
        return f"Recording today: {name}"

    def records_today(self, name: str) -> str:
        return f"Recording today: {name}. It can be changed any time"

    def on_duty_phone(self, recorder: str, role: str, province: str) -> str:
        post = ", ".join(part for part in (role, province) if part)
        return f"{recorder} (office phone{f': {post}' if post else ''})"
