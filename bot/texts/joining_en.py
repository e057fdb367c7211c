"""Invitations, requests to join, and the notice of what is kept, in English."""

from __future__ import annotations

from datetime import date, datetime

from bot.language.dates import english_date
from bot.texts.joining_th import JoiningTh

_MINISTRY = "Foreign Affairs Division, Ministry of Interior"


class JoiningEn(JoiningTh):
    """Invitations, requests to join, and the notice of what is kept."""

    # -------------------------------------------------------------- the notice

    SHORT_NOTICE = (
        "For your information: from your next message on, the name that the app shows and your questions are kept, "
        "to answer, to improve answers and to tell you later, as a public task. Please send no personal data. "
        "Details and your rights: /privacy"
    )
    NOT_KNOWN = "There is no confirmed answer to this question yet."
    MAY_BE_SENT = (
        f"If you send it to the {_MINISTRY}, you are told when there is one. If it is urgent, please get in touch "
        "directly."
    )
    IN_PRIVATE = (
        "This works in a private chat with the assistant only. Nothing was done: open it and try again."
    )
    BEFORE_A_REQUEST = "What is kept when you ask for access"
    ACCEPT_INVITATION = "Understood, let me in"
    DECLINE_INVITATION = "Do not join"
    ACCEPT_NOTICE = "Understood, write a request"
    DECLINE_NOTICE = "Send no request"
    DECLINED = (
        "Nothing more was kept. You can still ask about the guideline. If you change your mind, use the same code "
        "or write a request."
    )

    def notice(self, contact: str | None) -> str:
        whom = contact or "Office of the Permanent Secretary, Ministry of Interior"
        return (
            "For your information (this is not a request for consent)\n"
            "Kept: the name that the app shows or that you give, role, province, post, the activities that you log "
            "with their history, and the questions that you send\n"
            "For: the public task of furthering sister-city relations\n"
            "How long: what you send is deleted once handled, what is sent to you after 30 days; name and role "
            "while you serve; records and their history as official records\n"
            f"Seen by: officers of your province, the {_MINISTRY}, and the system operator\n"
            "Rights: to see, correct, object to or erase your data, and to complain to the Office of the Personal "
            "Data Protection Committee. Your data: /mydata\n"
            f"Data protection officer: {whom}"
        )

    # -------------------------------------------------------------- by a code

    HOW_TO_JOIN = (
        "If you have an invitation code, type it here: it begins with SC-.\n"
        "If not, choose “Write a request”: the head of your provincial office, "
        f"or the {_MINISTRY}, will decide."
    )
    CODE_IN_GROUP = (
        "A code cannot be used in a group. It is not used up, but everybody here has seen it: "
        "have it withdrawn, ask for a new one, and type that in a private chat."
    )
    GIVE_POST = "Add your post"
    WRITE_POST = "Type your post, such as foreign relations officer."

    def joined(self, role: str, province: str | None) -> str:
        if province is None:
            return f"You now have access as {role}."
        return f"You now have access for the provincial office of {province} ({role})."

    def invited_as(self, role: str, province: str | None) -> str:
        return f"Invitation: {role}" + (f", {province}" if province else "")

    def code_refused(self, reason: str) -> str:
        return {
            "unknown": "This code was not found. Check the letters and type it again, or ask for a new one.",
            "used": "This code has been used, and a code works once. Ask for a new one.",
            "yours": "You have used this code and have access. Begin with /start.",
            "expired": "This code has expired. Ask for a new one.",
            "withdrawn": "This code was withdrawn by who made it. Ask for a new one.",
            "already": "You have the access that this code gives. It is not used up: hand it on to who was meant.",
            "locked": "Too many wrong codes. Try again in 1 hour.",
        }[reason]

    def post_kept(self, post: str) -> str:
        return f"Your post is kept: {post}"

    # -------------------------------------------------------------- inviting

    INVITE = "Invite"
    BY_LETTER = "Code for an official letter"
    OPEN_INVITATIONS = "Open invitations"
    MAKE_CODE = "Make the code"
    DUTY_PHONE = "It is a duty phone"
    NO_DUTY_PHONE = "It is no duty phone"
    CONFIRM_LETTER = "Confirm and make the code"
    PUT_TO_HEAD = "Ask the head of office"
    SHOW_CODE = "Show the code"
    MAY_NOT_INVITE = f"Inviting is for heads of provincial offices and the {_MINISTRY}."
    WHICH_ROLE = "In which role?"
    WHICH_ROLE_BY_LETTER = "For which role is the code in the letter?"
    HEAD_OF_WHICH = "Type the province of the head whom you invite."
    WHICH_OF_THESE = "Which province is it? Choose one, or type its name again."
    OF_A_PROVINCE = (
        "This is for provincial offices, not for municipalities or Pattaya City. Type the province."
    )
    CHECK_INVITATION = "Check before the code is made"
    VALID_SHORTLY = "Works once, within 72 hours"
    LETTER_CONFIRMED_BY_PRESS = (
        "Code for an official letter: works once, within 30 days. Confirming counts as approval."
    )
    LETTER_WAITS_FOR_HEAD = (
        "Code for an official letter: works once, within 30 days of approval. "
        "There is a code once the head of the provincial office has approved it."
    )
    INVITATION = "Invitation to the sister-city assistant"
    TYPE_THE_CODE = "Type this code in a private chat with the assistant."
    SHOWN_ONCE = "This code is shown once and works once. Send it to the person alone."
    LETTER_WAITS = "A code for an official letter waits for approval"
    LETTER_CODE_AFTER = "Once approved, who prepared it opens the code. It works for 30 days."
    LETTER_APPROVED = "The code for an official letter is approved"
    LETTER_REFUSED = "The code for an official letter was not approved"
    NO_OPEN_INVITATIONS = "There is no open invitation."
    INVITATION_TAKEN_BACK = "The invitation is withdrawn. Its code no longer works."

    def duty_phone(self, *, on: bool) -> str:
        if on:
            return "Duty phone: yes, who records is asked for"
        return "Duty phone: no"

    def invitation_link(self, link: str) -> str:
        return (
            f"Open the link, scan the picture, or type the code in a private chat with the assistant.\n{link}"
        )

    def valid_until(self, until: datetime) -> str:
        return f"Valid until {_at(until)}"

    def not_invited(self, reason: str) -> str:
        return {
            "full": "You have as many open invitations as possible. Withdraw those that are not needed first.",
            "issued": "This code was shown already. If it is lost, withdraw the invitation and prepare a new one.",
            "gone": "This was not found.",
        }[reason]

    def letter_prepared(self, outcome: str) -> str:
        return {
            "asked": "The head of the provincial office is asked. You are told here what was decided.",
            "nobody": "It is kept. The province has no head on record yet: it waits until there is one.",
            "full": self.not_invited("full"),
            "gone": self.not_invited("gone"),
        }[outcome]

    def letter_decided(self, outcome: str) -> str:
        return {
            "approved": "Approved. Who prepared it is told and can open the code.",
            "refused": "Not approved. Who prepared it is told.",
            "decided": "This was decided or withdrawn already.",
            "gone": self.not_invited("gone"),
        }[outcome]

    def prepared_by(self, name: str) -> str:
        return f"Prepared by: {name or 'no name given'}"

    def open_invitations(self, count: int) -> str:
        return f"Open invitations ({count})"

    def open_invitation(self, number: int, role: str, province: str, until: datetime, state: str) -> str:
        standing = {
            "open": "",
            "waiting": " · waits for approval",
            "approved": " · approved, code not opened",
        }[state]
        place = f" · {province}" if province else ""
        return f"{number}. {role}{place} · until {_at(until)}{standing}"

    def withdraw_invitation(self, number: int) -> str:
        return f"Withdraw {number}"

    def show_code_of(self, number: int) -> str:
        return f"Show code {number}"

    # -------------------------------------------------------------- asking to be let in

    WRITE_REQUEST = "Write a request"
    SEND_REQUEST = "Send the request"
    WITHDRAW_REQUEST = "Withdraw the request"
    WHICH_IS_YOURS = "At which provincial office do you serve? Type the province."
    WHICH_IS_YOUR_ROLE = "In which role do you ask for access?"
    CHOOSE_A_ROLE = "Choose one of the roles."
    WRITE_YOUR_NAME = "Type your name and surname."
    WRITE_YOUR_POST = "Type your post, such as foreign relations officer."
    CHECK_REQUEST = "Check before sending"
    REQUEST_ENDED = "This request was sent or cancelled. You can begin anew."
    REQUEST_WAITS = "Your request that waits"
    NOBODY_DECIDES = (
        "Your request is kept. Nobody who could decide it is on record yet: it waits for a head of the "
        "provincial office or a central officer. If it is urgent, please get in touch directly."
    )
    REQUEST_WITHDRAWN = "The request is withdrawn."
    NOTHING_TO_WITHDRAW = "This request was decided or withdrawn already."

    def change_request(self, field: str) -> str:
        return {
            "province": "Change province",
            "role": "Change role",
            "name": "Change name",
            "post": "Change post",
        }[field]

    def request_lines(self, name: str, post: str, role: str, province: str) -> str:
        return f"Name: {name}\nPost: {post}\nProvince: {province}\nRole asked for: {role}"

    def request_sent(self, to: str, province: str) -> str:
        whom = {
            "heads": f"the head of the provincial office of {province}",
            "ministry": f"the {_MINISTRY}",
        }[to]
        return f"Your request is sent to {whom}. You are told here what was decided."

    def not_requested(self, reason: str) -> str:
        return {
            "waiting": "A request of yours waits already. To change it, withdraw that one first.",
            "often": "At most 3 requests can be sent in 24 hours. Try again tomorrow, or ask the head of your "
            "provincial office for a code.",
            "already": "You have this access already. No request is needed.",
            "gone": "The request could not be sent. Please write it anew.",
        }[reason]

    # -------------------------------------------------------------- deciding

    APPROVE = "Approve"
    REFUSE = "Do not approve"
    GIVE_REFUSAL_REASON = "Give a reason"
    BEGIN = "Begin"
    ASKS_TO_BE_LET_IN = "Somebody asks for access"
    SURE_WHO_IT_IS = "Approve only if you know that this person serves there."
    NOTHING_WAITS = "No request waits for you."
    WHICH_REQUEST = "Choose the one to decide."
    OWN_REQUEST = "Your own request is for somebody else to decide."
    REQUEST_APPROVED = "Approved. The person is told."
    REQUEST_REFUSED = "Not approved. The person is told."
    WRITE_REFUSAL = "Type a short reason to be told to the person."
    REFUSAL_EXPLAINED = "The person is told the reason."
    YOUR_REQUEST = "What was decided on your request"

    def requests_waiting(self, count: int) -> str:
        return f"Waiting requests ({count})"

    def request_item(self, name: str, role: str, province: str) -> str:
        return f"{name} · {role} · {province}"

    def letter_item(self, role: str, province: str) -> str:
        return f"Code for a letter · {role} · {province}"

    def asked_on(self, channel: str, at: datetime) -> str:
        name = {"web": "chat page", "telegram": "Telegram", "line": "LINE", "terminal": "terminal"}.get(
            channel, channel
        )
        return f"Channel: {name} · {_at(at)}"

    def decided_already(self, state: str, on: date) -> str:
        said = {"approved": "approved", "refused": "not approved", "withdrawn": "withdrawn by the person"}[
            state
        ]
        return f"This request is settled: {said} ({english_date(on)})"

    def your_request_refused(self, role: str, province: str) -> str:
        return (
            f"Your request ({role}, {province}) was not approved. You can still ask about the guideline. "
            "If this seems wrong, please get in touch with the provincial office."
        )

    def refused_because(self, reason: str) -> str:
        return f"Reason: {reason}"


def _at(at: datetime) -> str:
    return f"{english_date(at.date())} {at:%H:%M}"
