"""The Telegram channel: python-telegram-bot as installed, against a Bot API server over HTTP."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.channels.telegram import TelegramChannel, _pause_after, raw_update
from bot.channels.telegram_request import AiohttpRequest, FileTooLarge, NotConnected, Throttled
from bot.messages import (
    Button,
    Channel,
    ChatMoved,
    DeliveryError,
    Event,
    FetchError,
    FileRef,
    Location,
    NotSent,
    OutcomeUnknown,
    Outgoing,
    OutgoingFile,
    RawUpdate,
    Rejected,
    RetryLater,
    Unreachable,
    UnreadableUpdate,
)
from tests import fake_bot_api
from tests.fake_bot_api import TOKEN, FakeBotApi, Fault

CHAT = 7
GROUP = -1001
COMMANDS = {"": [("start", "หน้าแรก"), ("help", "วิธีใช้และตัวอย่าง")], "en": [("start", "Home")]}
JPEG = b"\xff\xd8\xff" + b"picture" * 20

Result = TypeVar("Result")


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        yield server


@pytest.fixture
def quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("bot.channels.telegram._CONFLICT_PAUSE", 0.01)


def with_channel(api: FakeBotApi, work: Callable[[TelegramChannel], Awaitable[Result]]) -> Result:
    async def main() -> Result:
        channel = TelegramChannel(api.token, api.url, COMMANDS)
        try:
            return await work(channel)
        finally:
            await channel.close()

    return asyncio.run(main())


def send(api: FakeBotApi, message: Outgoing) -> str:
    return with_channel(api, lambda channel: channel.send(message))


def message(text: str = "สวัสดี", **fields: Any) -> Outgoing:
    return replace(Outgoing(key="row-1", chat=str(CHAT), text=text), **fields)


def poll(api: FakeBotApi, until: Callable[[], bool], receive: Any = None) -> list[RawUpdate]:
    """Run the channel until `until` holds; returns what it handed on."""
    received: list[RawUpdate] = []

    async def keep(updates: list[RawUpdate]) -> None:
        received.extend(updates)

    async def work(channel: TelegramChannel) -> None:
        running = asyncio.create_task(channel.run(receive or keep))
        try:
            await asyncio.to_thread(api.wait_for, until)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    with_channel(api, work)
    return received


def read(api: FakeBotApi) -> Event:
    """The event of the only update that waits; our name is known as after the start."""
    channel = TelegramChannel(api.token, api.url, {})
    channel.bot_username = str(fake_bot_api.BOT["username"])
    return channel.read(raw_update(api._updates.pop()).body)


# ------------------------------------------------------------------ fetching updates


def test_the_channel_is_one() -> None:
    channel: Channel = TelegramChannel(TOKEN, None, {})

    assert channel.name == "telegram"


def test_updates_are_handed_on_in_order_with_their_chat_and_body(api: FakeBotApi) -> None:
    first = api.user_says(CHAT, "สวัสดี")
    second = api.user_says(8, "/start CODE")

    received = poll(api, lambda: api.unconfirmed() == [])

    assert [(raw.update_id, raw.chat) for raw in received] == [(str(first), "7"), (str(second), "8")]
    assert json.loads(received[0].body)["message"]["text"] == "สวัสดี"


def test_an_update_that_comes_while_the_server_holds_the_request_is_handed_on(api: FakeBotApi) -> None:
    received: list[RawUpdate] = []

    async def keep(updates: list[RawUpdate]) -> None:
        received.extend(updates)

    async def work(channel: TelegramChannel) -> None:
        running = asyncio.create_task(channel.run(keep))
        await asyncio.to_thread(api.wait_for, lambda: "getUpdates" in api.methods())
        api.user_says(CHAT, "ช้าหน่อย")
        await asyncio.to_thread(api.wait_for, lambda: api.methods().count("getUpdates") == 2)
        running.cancel()

    with_channel(api, work)

    assert len(received) == 1


def test_a_batch_that_could_not_be_stored_is_not_confirmed_but_fetched_again(
    api: FakeBotApi, quick_retries: None
) -> None:
    update_id = api.user_says(CHAT, "ต้องไม่หาย")
    tries: list[list[str]] = []
    waiting: list[list[int]] = []

    async def fail_once(updates: list[RawUpdate]) -> None:
        tries.append([raw.update_id for raw in updates])
        waiting.append(api.unconfirmed())
        if len(tries) == 1:
            raise OSError("disk full")

    poll(api, lambda: api.unconfirmed() == [], fail_once)

    assert tries == [[str(update_id)], [str(update_id)]]
    assert waiting == [[update_id], [update_id]]


def test_an_update_that_the_library_cannot_parse_does_not_stop_the_next(api: FakeBotApi) -> None:
    api.update({"message": {"message_id": 1, "chat": {"id": CHAT}}})
    api.update({"message": 5})
    api.user_says(8, "ถัดไป")

    received = poll(api, lambda: api.unconfirmed() == [])

    assert [raw.chat for raw in received] == ["7", "update:501", "8"]
    channel = TelegramChannel(TOKEN, api.url, {})
    for broken in received[:2]:
        with pytest.raises(UnreadableUpdate):
            channel.read(broken.body)
    assert channel.read(received[2].body).text == "ถัดไป"


def test_the_menu_of_commands_is_set_for_everybody_and_in_english(api: FakeBotApi) -> None:
    poll(api, lambda: "getUpdates" in api.methods())

    assert api.commands[""][1] == {"command": "help", "description": "วิธีใช้และตัวอย่าง"}
    assert api.commands["en"] == [{"command": "start", "description": "Home"}]


def test_a_refused_menu_does_not_stop_the_bot(api: FakeBotApi) -> None:
    api.refuse("setMyCommands", "Bad Request: BOT_COMMAND_INVALID", times=2)
    api.user_says(CHAT, "สวัสดี")

    assert len(poll(api, lambda: api.unconfirmed() == [])) == 1


def test_a_webhook_left_over_is_deleted_at_the_start(api: FakeBotApi) -> None:
    api.webhook = "https://example.org/hook"
    api.user_says(CHAT, "สวัสดี")

    assert len(poll(api, lambda: api.unconfirmed() == [])) == 1


def test_a_webhook_that_somebody_sets_later_is_deleted_too(api: FakeBotApi, quick_retries: None) -> None:
    async def set_webhook(updates: list[RawUpdate]) -> None:
        if json.loads(updates[0].body)["message"]["text"] == "หนึ่ง":
            api.webhook = "https://example.org/hook"
            api.user_says(CHAT, "สอง")

    api.user_says(CHAT, "หนึ่ง")

    poll(api, lambda: api.unconfirmed() == [], set_webhook)

    assert api.webhook == ""


def test_the_name_of_the_bot_is_known_once_the_server_has_answered(api: FakeBotApi) -> None:
    async def work(channel: TelegramChannel) -> str | None:
        running = asyncio.create_task(channel.run(lambda updates: asyncio.sleep(0)))
        await asyncio.to_thread(api.wait_for, lambda: "getUpdates" in api.methods())
        running.cancel()
        return channel.bot_username

    assert with_channel(api, work) == "SisterCityTestBot"


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getMe", status=502, body="<html>Bad Gateway</html>"),
        Fault("getUpdates", status=500, description="Internal Server Error"),
        Fault("getUpdates", status=429, description="Too Many Requests", parameters={"retry_after": 1}),
        Fault("getUpdates", reset="before"),
        Fault("getUpdates", status=200, body="no JSON"),
        Fault("getUpdates", status=200, body='{"ok": true, "result": [5]}'),
        Fault("getUpdates", status=200, body='{"ok": true, "result": []}', times=2),
        Fault("deleteWebhook", status=404, description="Not Found"),
    ],
    ids=lambda fault: f"{fault.method}-{fault.status}-{fault.reset}{fault.body[:8]}",
)
def test_trouble_on_the_way_is_survived(api: FakeBotApi, quick_retries: None, fault: Fault) -> None:
    api.fail(fault)
    api.user_says(CHAT, "สวัสดี")

    assert len(poll(api, lambda: api.unconfirmed() == [])) == 1


def test_a_second_process_with_the_token_is_named_in_the_log(
    api: FakeBotApi, caplog: pytest.LogCaptureFixture
) -> None:
    api.refuse("getUpdates", "Conflict: terminated by other getUpdates request", status=409)

    poll(api, lambda: "fetching updates" in caplog.text)

    assert "another process fetches updates with this token" in caplog.text


def test_a_long_outage_does_not_make_the_pause_overflow() -> None:
    assert 1 <= _pause_after(NetworkError("down"), failures=100_000) <= 30


def test_neither_token_nor_texts_reach_the_log(
    api: FakeBotApi, quick_retries: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "ข้อความส่วนตัว"
    api.user_says(CHAT, secret)
    api.fail(Fault("getMe", status=401, description="Unauthorized"))
    api.fail(Fault("getUpdates", status=200, body=f"no JSON: {secret}"))
    tries = 0

    async def fail_twice(updates: list[RawUpdate]) -> None:
        nonlocal tries
        tries += 1
        if tries <= 2:
            raise ValueError(updates[0].body, secret)

    poll(api, lambda: api.unconfirmed() == [], fail_twice)
    send(api, message(secret))
    api.fail(Fault("sendMessage", status=502, body=secret))
    with pytest.raises(OutcomeUnknown):
        send(api, message(secret))

    assert "the server does not know this token" in caplog.text
    assert tries == 3
    assert secret not in caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


# ------------------------------------------------------------------ reading


def test_a_text_is_read_with_who_said_it_and_where(api: FakeBotApi) -> None:
    api.user_says(CHAT, "/start CODE")

    assert read(api) == Event("7", "7", "ผู้ใช้ 7", text="/start CODE")


def test_the_largest_size_of_a_photo_is_taken_with_its_caption(api: FakeBotApi) -> None:
    api.user_sends_photo(CHAT, JPEG, caption="ประชุมกับเฉิงตู", album="a1")

    event = read(api)

    assert event.text == "ประชุมกับเฉิงตู"
    assert event.files == (FileRef("file2", "photo", mime="image/jpeg", size=len(JPEG)),)


def test_a_document_keeps_its_name_and_type(api: FakeBotApi) -> None:
    api.user_sends_document(CHAT, b"%PDF", "หนังสือ.pdf")

    assert read(api).files == (FileRef("file1", "document", "หนังสือ.pdf", "application/pdf", 4),)


def test_sticker_and_voice_are_named_as_unsupported(api: FakeBotApi) -> None:
    api.user_sends_sticker(CHAT)
    assert read(api).unsupported == "sticker"

    api.user_sends_voice(CHAT)
    assert read(api).unsupported == "voice"


VIDEO = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"video": VIDEO, "caption": "พิธีลงนาม"}, "video"),
        ({"animation": VIDEO, "document": {"file_id": "v", "file_unique_id": "v"}}, "video"),
        ({"video_note": {"file_id": "v", "file_unique_id": "v", "length": 1, "duration": 1}}, "video"),
        ({"audio": {"file_id": "a", "file_unique_id": "a", "duration": 1}}, "voice"),
        ({"contact": {"phone_number": "0", "first_name": "ก"}}, "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
    ],
)
def test_other_content_is_named_as_unsupported(api: FakeBotApi, content: dict[str, Any], kind: str) -> None:
    api.user_sends(CHAT, content)

    event = read(api)

    assert event.unsupported == kind
    assert event.text == content.get("caption", "")
    assert event.files == ()
    assert event.addressed


PLACE = {"latitude": 18.8, "longitude": 98.9}
VENUE = {"location": PLACE, "title": "ศาลากลาง", "address": "-"}


@pytest.mark.parametrize(
    ("content", "location"),
    [
        ({"location": PLACE}, Location(18.8, 98.9)),
        ({"location": {**PLACE, "live_period": 3600}}, Location(18.8, 98.9)),
        ({"location": PLACE, "venue": VENUE}, Location(18.8, 98.9, "ศาลากลาง")),
    ],
)
def test_a_place_is_read_with_its_name(api: FakeBotApi, content: dict[str, Any], location: Location) -> None:
    api.user_sends(CHAT, content)

    event = read(api)

    assert (event.location, event.unsupported, event.addressed) == (location, None, True)


@pytest.mark.parametrize("latitude", [91, float("nan"), "north"])
def test_a_place_that_is_nowhere_does_not_parse(api: FakeBotApi, latitude: Any) -> None:
    api.user_sends(CHAT, {"location": {**PLACE, "latitude": latitude}})

    with pytest.raises(UnreadableUpdate):
        read(api)


def test_a_live_location_that_moves_on_is_not_taken_again(api: FakeBotApi) -> None:
    api.user_sends(CHAT, {"location": {**PLACE, "live_period": 3600}})
    moved = api._updates[-1].pop("message")
    api._updates[-1]["edited_message"] = {**moved, "edit_date": moved["date"]}

    assert not read(api).addressed


ORIGINS = [
    {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": "ผู้เขียน"}},
    {"type": "hidden_user", "date": 1, "sender_user_name": "ผู้เขียน"},
    {"type": "chat", "date": 1, "sender_chat": {"id": -5, "type": "group", "title": "ผู้เขียน"}},
    {
        "type": "channel",
        "date": 1,
        "chat": {"id": -6, "type": "channel", "title": "ผู้เขียน"},
        "message_id": 3,
    },
]


@pytest.mark.parametrize("origin", ORIGINS, ids=[str(origin["type"]) for origin in ORIGINS])
def test_what_was_forwarded_is_of_the_one_who_forwarded_it(api: FakeBotApi, origin: dict[str, Any]) -> None:
    api.user_sends(CHAT, {"text": "ประชุมกับเฉิงตู", "forward_origin": origin})

    event = read(api)

    assert event == Event("7", "7", "ผู้ใช้ 7", text="ประชุมกับเฉิงตู", forwarded=True)


def test_photos_sent_together_name_their_album(api: FakeBotApi) -> None:
    api.user_sends_photo(CHAT, JPEG, album="1" * 100)
    api.user_sends_photo(CHAT, JPEG)

    first, second = (raw_update(update) for update in api._updates)

    assert (first.album, second.album) == ("1" * 64, None)


def test_a_notice_such_as_a_new_title_is_not_for_the_bot(api: FakeBotApi) -> None:
    api.user_sends(CHAT, {"delete_chat_photo": True})

    assert not read(api).addressed


def test_an_edited_message_is_not_taken_twice(api: FakeBotApi) -> None:
    api.user_says(CHAT, "เดิม")
    edited = api._updates[-1].pop("message")
    api._updates[-1]["edited_message"] = {**edited, "text": "แก้แล้ว", "edit_date": edited["date"]}

    event = read(api)

    assert event.chat == "7"
    assert not event.addressed
    assert event.text == ""


def test_a_press_carries_its_choice_its_card_and_what_stops_the_spinner(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    card = send(api, message(rows=((Button("บันทึก", "choice-1"),),)))
    api.user_presses(CHAT, "บันทึก")

    event = read(api)
    with_channel(api, lambda channel: channel.acknowledge(event))

    assert (event.press, event.card, event.press_query) == ("choice-1", card, "q1")
    assert event.addressed
    assert api.answered == ["q1"]


def test_a_press_on_a_message_too_old_to_be_shown_still_names_its_card(api: FakeBotApi) -> None:
    query = {
        "id": "q9",
        "from": {"id": CHAT, "is_bot": False, "first_name": "ก"},
        "chat_instance": "1",
        "data": "choice-1",
        "message": {"message_id": 4, "date": 0, "chat": {"id": CHAT, "type": "private"}},
    }
    api.update({"callback_query": query})

    event = read(api)

    assert (event.chat, event.card, event.press) == ("7", "4", "choice-1")


def test_an_acknowledgement_that_comes_too_late_is_swallowed(api: FakeBotApi) -> None:
    with_channel(api, lambda channel: channel.acknowledge(Event("7", "7", press="x", press_query="old")))

    assert api.methods() == ["answerCallbackQuery"]


def test_blocking_and_return_are_read_as_presence(api: FakeBotApi) -> None:
    api.user_blocks(CHAT)
    assert read(api).presence == "blocked"

    api.user_returns(CHAT)
    event = read(api)
    assert (event.presence, event.addressed) == ("returned", False)


def test_a_group_that_became_a_supergroup_names_its_new_id(api: FakeBotApi) -> None:
    api.user_sends(GROUP, {"migrate_to_chat_id": -100200})

    event = read(api)

    assert (event.chat, event.migrated_to, event.addressed) == ("-1001", "-100200", False)


@pytest.mark.parametrize(
    ("said", "addressed", "text"),
    [
        ("ประชุมกี่โมง", False, "ประชุมกี่โมง"),
        ("/log ประชุมกับเฉิงตู", True, "/log ประชุมกับเฉิงตู"),
        ("/log@SisterCityTestBot ประชุม", True, "/log ประชุม"),
        ("/log@sistercitytestbot", True, "/log"),
        ("/log@SomeOtherBot ประชุม", False, "/log@SomeOtherBot ประชุม"),
        ("@SisterCityTestBot ต้องเสนอ ครม. หรือไม่", True, "ต้องเสนอ ครม. หรือไม่"),
        ("ถาม@SisterCityTestBotหน่อย", True, "ถามหน่อย"),
        ("@SisterCityTestBotX ถาม", False, "@SisterCityTestBotX ถาม"),
        ("ส่งที่ somchai@SisterCityTestBot", False, "ส่งที่ somchai@SisterCityTestBot"),
    ],
)
def test_in_a_group_the_bot_is_addressed_by_command_or_name(
    api: FakeBotApi, said: str, addressed: bool, text: str
) -> None:
    api.user_says(GROUP, said, user=CHAT)

    event = read(api)

    assert (event.group, event.addressed, event.text) == (True, addressed, text)
    assert (event.chat, event.person) == (str(GROUP), str(CHAT))


def test_in_a_group_an_answer_to_the_bot_is_for_it_and_one_to_a_person_is_not(api: FakeBotApi) -> None:
    api.open_chat(GROUP)
    ours = int(send(api, message("ประเภทใด", chat=str(GROUP))))
    api.user_says(GROUP, "ประชุม", user=CHAT, reply_to=ours)
    assert read(api).addressed

    api.user_says(GROUP, "คุยกัน", user=8)
    read(api)
    api.user_says(GROUP, "ได้", user=CHAT, reply_to=ours + 2)
    assert not read(api).addressed


def test_before_our_name_is_known_a_mention_of_any_bot_counts(api: FakeBotApi) -> None:
    api.user_says(GROUP, "@SisterCityTestBot ถาม", user=CHAT)
    body = raw_update(api._updates.pop()).body

    event = TelegramChannel(TOKEN, api.url, {}).read(body)

    assert (event.addressed, event.text) == (True, "ถาม")


def test_who_writes_in_the_name_of_a_group_is_known_as_that_group(api: FakeBotApi) -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = {"id": GROUP, "type": "supergroup", "title": "กลุ่ม"}
    api.user_sends(GROUP, {"text": "/log", "from": anonymous, "sender_chat": group})

    event = read(api)

    assert (event.person, event.addressed) == (str(GROUP), True)


def test_another_bot_in_the_group_is_not_answered(api: FakeBotApi) -> None:
    api.user_sends(GROUP, {"text": "/log", "from": {"id": 5, "is_bot": True, "first_name": "Other"}})

    assert not read(api).addressed


def test_what_no_database_takes_is_cleaned_from_a_text(api: FakeBotApi) -> None:
    api.user_says(CHAT, "ก\0ข\ud83d")
    raw = raw_update(api._updates.pop())

    assert raw.body.isascii()
    assert TelegramChannel(TOKEN, api.url, {}).read(raw.body).text == "กข?"


def test_what_belongs_to_no_chat_is_kept_in_order_by_its_sender() -> None:
    assert raw_update({"update_id": 1, "inline_query": {"from": {"id": 5}}}).chat == "user:5"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message", "chat", "from", "id", "date", "text", "photo", "callback_query", "data"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["message", "callback_query", "my_chat_member", "poll"]), JSON))
@settings(max_examples=200, deadline=None)
def test_any_update_gets_a_chat_and_is_read_or_refused_as_unreadable(content: dict[str, Any]) -> None:
    raw = raw_update({"update_id": 1, **content})

    try:
        event = TelegramChannel(TOKEN, None, {}).read(raw.body)
    except UnreadableUpdate:
        return
    assert event.chat == raw.chat


# ------------------------------------------------------------------ sending


def test_title_text_and_note_are_formatted_and_nothing_a_user_wrote_becomes_markup(api: FakeBotApi) -> None:
    api.open_chat(CHAT)

    sent_id = send(api, message("1 < 2 & <b>x</b>", title="A & B", note="ที่มา: <แผนฯ>"))

    (sent,) = api.sent(CHAT)
    assert sent.message_id == int(sent_id)
    assert sent.text == "A & B\n1 < 2 & <b>x</b>\nที่มา: <แผนฯ>"
    assert sent.html.startswith("<b>A &amp; B</b>\n")
    assert sent.html.endswith("<i>ที่มา: &lt;แผนฯ&gt;</i>")
    assert json.loads(api.calls[-1][1]["link_preview_options"]) == {"is_disabled": True}


def test_buttons_come_row_by_row_with_their_choice(api: FakeBotApi) -> None:
    api.open_chat(CHAT)

    send(api, message(rows=((Button("บันทึก", "c1"), Button("แก้ไข", "c2")), (Button("ยกเลิก", "c3"),))))

    rows = api.sent(CHAT)[0].rows
    assert [[(key.label, key.data) for key in row] for row in rows] == [
        [("บันทึก", "c1"), ("แก้ไข", "c2")],
        [("ยกเลิก", "c3")],
    ]


def test_an_edit_rewrites_the_card_and_its_buttons(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    card = send(api, message("ตรวจสอบก่อนบันทึก", rows=((Button("บันทึก", "c1"),),)))

    assert send(api, message("บันทึกแล้ว", edit=card)) == card

    (sent,) = api.sent(CHAT)
    assert (sent.text, sent.rows, sent.edits) == ("บันทึกแล้ว", (), 1)


def test_an_edit_that_changes_nothing_is_a_success(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    card = send(api, message())

    assert send(api, message(edit=card)) == card
    assert len(api.sent(CHAT)) == 1


def test_a_card_that_cannot_be_edited_becomes_a_new_message(api: FakeBotApi, tmp_path: Path) -> None:
    api.user_says(CHAT, "ของผู้ใช้")
    picture = tmp_path / "picture"
    picture.write_bytes(JPEG)
    photo = send(api, message("ภาพ", picture=picture, picture_mime="image/jpeg"))

    new = [send(api, message("ใหม่", edit=card)) for card in ("999", "1", photo)]

    assert [sent.text for sent in api.sent(CHAT)] == ["ภาพ", "ใหม่", "ใหม่", "ใหม่"]
    assert [str(sent.message_id) for sent in api.sent(CHAT)[1:]] == new


def test_a_picture_carries_a_short_text_as_its_caption(api: FakeBotApi, tmp_path: Path) -> None:
    api.open_chat(CHAT)
    picture = tmp_path / "picture"
    picture.write_bytes(JPEG)

    send(api, message("ภาพกิจกรรม", picture=picture, picture_mime="image/jpeg", rows=((Button("ลบ", "c1"),),)))

    (sent,) = api.sent(CHAT)
    assert (sent.method, sent.text, sent.picture, sent.labels) == ("sendPhoto", "ภาพกิจกรรม", JPEG, ["ลบ"])


def test_a_long_text_follows_its_picture(api: FakeBotApi, tmp_path: Path) -> None:
    api.open_chat(CHAT)
    picture = tmp_path / "picture"
    picture.write_bytes(JPEG)

    sent_id = send(
        api,
        message("ย" * 1025, picture=picture, picture_mime="image/jpeg", rows=((Button("ลบ", "c1"),),)),
    )

    photo, text = api.sent(CHAT)
    assert (photo.text, photo.labels) == ("", [])
    assert (text.message_id, len(text.text), text.labels) == (int(sent_id), 1025, ["ลบ"])


def test_a_picture_is_not_shown_twice_when_only_its_text_must_be_repeated(
    api: FakeBotApi, tmp_path: Path
) -> None:
    api.open_chat(CHAT)
    api.flood("sendMessage", 3)
    picture = tmp_path / "picture"
    picture.write_bytes(JPEG)
    long = message("ย" * 1025, picture=picture, picture_mime="image/jpeg")

    async def work(channel: TelegramChannel) -> None:
        with pytest.raises(RetryLater):
            await channel.send(long)
        await channel.send(long)

    with_channel(api, work)

    assert [sent.method for sent in api.sent(CHAT)] == ["sendPhoto", "sendMessage"]


@pytest.mark.parametrize("content", [None, b"not a picture"])
def test_a_picture_that_cannot_be_shown_does_not_keep_the_text_back(
    api: FakeBotApi, tmp_path: Path, content: bytes | None
) -> None:
    api.open_chat(CHAT)
    picture = tmp_path / "picture"
    if content is not None:
        picture.write_bytes(content)

    send(api, message("ภาพกิจกรรม", picture=picture, picture_mime="image/jpeg"))

    assert [(sent.method, sent.text) for sent in api.sent(CHAT)] == [("sendMessage", "ภาพกิจกรรม")]


# ------------------------------------------------------------------ files


def made(**fields: Any) -> OutgoingFile:
    return replace(OutgoingFile("บันทึกความเข้าใจ.pdf", "application/pdf", content=b"%PDF-1.7 signed"), **fields)


def test_a_file_carries_a_short_text_as_its_caption_and_keeps_its_thai_name(api: FakeBotApi) -> None:
    api.open_chat(CHAT)

    send(api, message("เอกสาร <ลงนาม>", file=made(), rows=((Button("กลับ", "c1"),),)))

    (sent,) = api.sent(CHAT)
    assert (sent.method, sent.text, sent.labels) == ("sendDocument", "เอกสาร <ลงนาม>", ["กลับ"])
    assert (sent.name, sent.document) == ("บันทึกความเข้าใจ.pdf", b"%PDF-1.7 signed")


def test_a_kept_file_goes_out_as_it_is_kept(api: FakeBotApi, tmp_path: Path) -> None:
    api.open_chat(CHAT)
    kept = tmp_path / ("a" * 64)
    kept.write_bytes(b"%PDF-1.7 kept")

    send(api, message(file=made(path=kept, content=None)))

    assert [sent.document for sent in api.sent(CHAT)] == [b"%PDF-1.7 kept"]


def test_a_long_text_follows_its_file(api: FakeBotApi) -> None:
    api.open_chat(CHAT)

    sent_id = send(api, message("ย" * 1025, file=made(), rows=((Button("กลับ", "c1"),),)))

    document, text = api.sent(CHAT)
    assert (document.method, document.text, document.labels) == ("sendDocument", "", [])
    assert (text.message_id, len(text.text), text.labels) == (int(sent_id), 1025, ["กลับ"])


def test_a_file_is_not_sent_twice_when_only_its_text_must_be_repeated(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    api.flood("sendMessage", 3)

    async def work(channel: TelegramChannel) -> None:
        with pytest.raises(RetryLater):
            await channel.send(message("ย" * 1025, file=made()))
        await channel.send(message("ย" * 1025, file=made()))

    with_channel(api, work)

    assert [sent.method for sent in api.sent(CHAT)] == ["sendDocument", "sendMessage"]


def test_a_file_that_is_gone_does_not_keep_the_text_back(api: FakeBotApi, tmp_path: Path) -> None:
    api.open_chat(CHAT)

    send(api, message("เอกสาร", file=made(path=tmp_path / "gone", content=None)))

    assert [(sent.method, sent.text) for sent in api.sent(CHAT)] == [("sendMessage", "เอกสาร")]


def test_a_picture_that_was_made_is_shown(api: FakeBotApi) -> None:
    api.open_chat(CHAT)

    send(api, message("รหัส", file=made(name="รหัส.jpg", mime="image/jpeg", content=JPEG)))

    assert [(sent.method, sent.picture, sent.text) for sent in api.sent(CHAT)] == [("sendPhoto", JPEG, "รหัส")]


def test_a_scan_goes_as_a_file_and_so_does_what_is_no_picture_for_telegram(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    for file in (
        made(name="หน้า 1.jpg", mime="image/jpeg", content=JPEG, whole=True),
        made(name="หน้า 2.jpg", mime="image/jpeg", content=b"of an unknown make"),
    ):
        send(api, message(file=file))

    assert [(sent.method, sent.name) for sent in api.sent(CHAT)] == [
        ("sendDocument", "หน้า 1.jpg"),
        ("sendDocument", "หน้า 2.jpg"),
    ]


def test_an_edit_with_a_file_is_a_new_message(api: FakeBotApi) -> None:
    api.user_says(CHAT, "ของผู้ใช้")
    card = send(api, message("เดิม"))

    assert send(api, message("เอกสาร", edit=card, file=made())) != card


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (
            Fault("sendDocument", status=403, description="Forbidden: bot was blocked by the user"),
            Unreachable,
        ),
        (Fault("sendDocument", status=429, parameters={"retry_after": 3}), RetryLater),
        (Fault("sendDocument", reset="after"), OutcomeUnknown),
        (Fault("sendDocument", status=502, body="<html>Bad Gateway</html>"), OutcomeUnknown),
    ],
    ids=["blocked", "flood", "no answer", "bad gateway"],
)
def test_a_failed_file_is_not_replaced_by_its_text(
    api: FakeBotApi, fault: Fault, kind: type[DeliveryError]
) -> None:
    """The sender decides what comes next, as for any message; nothing of it is out."""
    api.open_chat(CHAT)
    api.fail(fault)

    with pytest.raises(kind):
        send(api, message("เอกสาร", file=made()))

    assert "sendMessage" not in [method for method, _ in api.calls]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("sendMessage", status=403, description="Forbidden: bot was blocked by the user"), Unreachable),
        (Fault("sendMessage", status=403, description="Forbidden: user is deactivated"), Unreachable),
        (Fault("sendMessage", status=400, description="Bad Request: chat not found"), Unreachable),
        (Fault("sendMessage", status=400, description="Bad Request: PEER_ID_INVALID"), Unreachable),
        (Fault("sendMessage", status=400, description="Bad Request: BUTTON_DATA_INVALID"), Rejected),
        (Fault("sendMessage", status=413, body="<html>Request Entity Too Large</html>"), Rejected),
        (Fault("sendMessage", status=401, description="Unauthorized"), NotSent),
        (Fault("sendMessage", status=502, body="<html>Bad Gateway</html>"), OutcomeUnknown),
        (Fault("sendMessage", status=200, body="no JSON"), OutcomeUnknown),
        (Fault("sendMessage", status=200, body='{"ok": true}'), OutcomeUnknown),
        (Fault("sendMessage", reset="before"), OutcomeUnknown),
        (Fault("sendMessage", reset="after"), OutcomeUnknown),
        (Fault("sendMessage", delay=0.5), OutcomeUnknown),
        (Fault("editMessageText", reset="after"), NotSent),
        (Fault("editMessageText", delay=0.5), NotSent),
        (Fault("editMessageText", status=200, body='{"ok": true}'), NotSent),
        (Fault("editMessageText", status=400, description="Bad Request: chat not found"), Unreachable),
    ],
    ids=lambda value: (
        f"{value.method}-{value.status}-{value.description or value.body or value.reset}"
        if isinstance(value, Fault)
        else value.__name__
    ),
)
def test_a_failed_send_says_what_to_do_next(
    api: FakeBotApi, monkeypatch: pytest.MonkeyPatch, fault: Fault, kind: type[DeliveryError]
) -> None:
    monkeypatch.setattr("bot.channels.telegram_request._READ_TIMEOUT", 0.2)
    api.open_chat(CHAT)
    card = send(api, message("เดิม")) if fault.method == "editMessageText" else None
    api.fail(fault)

    with pytest.raises(DeliveryError) as raised:
        send(api, message("ใหม่", edit=card))

    assert type(raised.value) is kind
    assert TOKEN not in str(raised.value)


def test_a_flood_limit_pauses_the_chat_for_as_long_as_told(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    api.flood("sendMessage", 17)

    with pytest.raises(RetryLater) as raised:
        send(api, message())

    assert (raised.value.seconds, raised.value.scope) == (17, "chat")


def test_a_group_that_moved_names_its_new_chat(api: FakeBotApi) -> None:
    api.open_chat(GROUP)
    api.migrate(GROUP, -100200)

    with pytest.raises(ChatMoved) as raised:
        send(api, message(chat=str(GROUP)))

    assert raised.value.new_chat == "-100200"


def test_a_server_that_is_down_has_certainly_not_taken_the_message(api: FakeBotApi) -> None:
    with FakeBotApi() as other:
        gone = other.url
    api.url = gone

    with pytest.raises(NotSent):
        send(api, message())


def test_typing_is_shown_and_its_failure_is_not(api: FakeBotApi) -> None:
    api.open_chat(CHAT)
    with_channel(api, lambda channel: channel.busy(str(CHAT)))
    with_channel(api, lambda channel: channel.busy("999"))

    assert api.actions == [(CHAT, "typing")]


# ------------------------------------------------------------------ files


def fetch(api: FakeBotApi, file: FileRef, target: Path, max_bytes: int = 1000) -> None:
    with_channel(api, lambda channel: channel.fetch(file, target, max_bytes))


def test_a_file_is_streamed_to_its_place(api: FakeBotApi, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4000
    api.user_sends_document(CHAT, content, "หนังสือ.pdf")

    fetch(api, read(api).files[0], tmp_path / "file", max_bytes=len(content))

    assert (tmp_path / "file").read_bytes() == content


def test_a_file_said_to_be_too_large_is_not_even_asked_for(api: FakeBotApi, tmp_path: Path) -> None:
    with pytest.raises(FetchError) as raised:
        fetch(api, FileRef("file1", "document", size=1001), tmp_path / "file")

    assert (raised.value.reason, raised.value.permanent) == ("too_large", True)
    assert api.methods() == []


def test_a_file_larger_than_said_is_given_up_and_removed(api: FakeBotApi, tmp_path: Path) -> None:
    api.user_sends_document(CHAT, b"x" * 5000, "a.pdf")
    file = replace(read(api).files[0], size=None)

    with pytest.raises(FetchError) as raised:
        fetch(api, file, tmp_path / "file")

    assert (raised.value.reason, raised.value.permanent) == ("too_large", True)
    assert not (tmp_path / "file").exists()


def test_a_file_above_telegrams_own_limit_is_too_large_for_good(api: FakeBotApi, tmp_path: Path) -> None:
    api.refuse("getFile", "Bad Request: file is too big")

    with pytest.raises(FetchError) as raised:
        fetch(api, FileRef("file1", "document"), tmp_path / "file")

    assert (raised.value.reason, raised.value.permanent) == ("too_large", True)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getFile", status=400, description="Bad Request: wrong file_id"),
        Fault("getFile", reset="before"),
        Fault("file", status=404),
        Fault("file", status=500),
        Fault("file", reset="before", times=2),  # a GET is repeated once by the transport itself
    ],
)
def test_a_file_that_cannot_be_had_now_may_be_asked_for_again(
    api: FakeBotApi, tmp_path: Path, fault: Fault
) -> None:
    api.user_sends_document(CHAT, b"%PDF", "a.pdf")
    file = read(api).files[0]
    api.fail(replace(fault))

    with pytest.raises(FetchError) as raised:
        fetch(api, file, tmp_path / "file")
    fetch(api, file, tmp_path / "file")

    assert (raised.value.reason, raised.value.permanent) == ("unavailable", False)
    assert (tmp_path / "file").read_bytes() == b"%PDF"


# ------------------------------------------------------------------ the transport, under the real Bot


def with_bot(
    url: str, work: Callable[[Bot], Awaitable[Result]], connections: int = 8, token: str = TOKEN
) -> Result:
    async def main() -> Result:
        async with AiohttpRequest(url, connections) as request:
            return await work(Bot(token, f"{url}/bot", request=request, get_updates_request=request))

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("status", "kind"), [(400, BadRequest), (401, InvalidToken), (403, Forbidden), (500, NetworkError)]
)
def test_the_library_makes_its_own_errors_of_an_answer(
    api: FakeBotApi, status: int, kind: type[TelegramError]
) -> None:
    api.refuse("getMe", "Bad Request: something", status=status)

    with pytest.raises(TelegramError) as raised:
        with_bot(api.url, lambda bot: bot.get_me())

    assert type(raised.value) is kind


def test_no_answer_in_time_is_told_from_no_connection(api: FakeBotApi) -> None:
    api.slow("getMe", 0.5)
    with pytest.raises(TimedOut):
        with_bot(api.url, lambda bot: bot.get_me(read_timeout=0.1))

    with FakeBotApi() as other:
        gone = other.url
    with pytest.raises(NotConnected):
        with_bot(gone, lambda bot: bot.get_me())


def test_waiting_too_long_for_a_free_connection_means_not_sent(api: FakeBotApi) -> None:
    api.slow("getMe", 0.6)

    async def work(bot: Bot) -> tuple[Any, Any]:
        return await asyncio.gather(
            bot.get_me(),
            bot.get_me(pool_timeout=0.1, connect_timeout=0.1),
            return_exceptions=True,
        )

    first, second = with_bot(api.url, work, connections=1)

    assert first.username == "SisterCityTestBot"
    assert type(second) is NotConnected
    assert api.methods() == ["getMe"]


@pytest.mark.parametrize(("body", "seconds"), [("", 5), ('{"parameters": {"retry_after": 9}}', 9)])
def test_a_429_without_a_word_in_it_still_pauses(api: FakeBotApi, body: str, seconds: float) -> None:
    api.fail(Fault("getMe", status=429, body=body or "slow down"))

    with pytest.raises(Throttled) as raised:
        with_bot(api.url, lambda bot: bot.get_me())

    assert raised.value.seconds == seconds


def test_an_error_of_the_network_does_not_carry_the_token(api: FakeBotApi) -> None:
    api.slow("getMe", 0.5)
    with pytest.raises(TimedOut) as raised:
        with_bot(api.url, lambda bot: bot.get_me(read_timeout=0.1))

    assert TOKEN not in repr(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_a_proxy_of_the_environment_is_used_but_not_towards_this_machine(
    api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert with_bot(api.url, lambda bot: bot.get_me()).id == 123456
    with pytest.raises(NotConnected):
        with_bot("http://bot-api.invalid", lambda bot: bot.get_me())

    monkeypatch.setenv("http_proxy", api.url)
    assert with_bot("http://bot-api.invalid", lambda bot: bot.get_me()).id == 123456


def test_the_library_can_fetch_a_file_itself(api: FakeBotApi) -> None:
    async def work() -> bytes:
        async with AiohttpRequest(api.url) as request:
            return await request.retrieve(f"{api.url}/file/bot{TOKEN}/documents/file1.pdf")

    api.user_sends_document(CHAT, b"%PDF", "a.pdf")

    assert asyncio.run(work()) == b"%PDF"


def test_a_download_stops_at_its_limit(api: FakeBotApi, tmp_path: Path) -> None:
    api.user_sends_document(CHAT, b"x" * 2000, "a.pdf")

    async def work() -> None:
        async with AiohttpRequest(api.url) as request:
            await request.download(
                f"{api.url}/file/bot{TOKEN}/documents/file1.pdf", tmp_path / "file", max_bytes=1999
            )

    with pytest.raises(FileTooLarge):
        asyncio.run(work())


# ------------------------------------------------------------------ the fake itself


def test_the_fake_confirms_updates_only_by_a_higher_offset(api: FakeBotApi) -> None:
    first, second = api.user_says(CHAT, "หนึ่ง"), api.user_says(CHAT, "สอง")

    async def work(bot: Bot) -> list[list[int]]:
        return [
            [update.update_id for update in await bot.get_updates(offset)] for offset in (None, None, second)
        ]

    assert with_bot(api.url, work) == [[first, second], [first, second], [second]]


@pytest.mark.parametrize(
    ("text", "mode"),
    [("", ""), (" \n ", "HTML"), ("ย" * 4097, ""), ("1 < 2", "HTML"), ("<x>", "HTML"), ("<b>x", "HTML")],
)
def test_the_fake_refuses_what_telegram_refuses(api: FakeBotApi, text: str, mode: str) -> None:
    api.open_chat(CHAT)

    with pytest.raises(BadRequest):
        with_bot(api.url, lambda bot: bot.send_message(CHAT, text, parse_mode=mode or None))


def test_the_fake_counts_a_choice_id_in_bytes(api: FakeBotApi) -> None:
    api.open_chat(CHAT)

    send(api, message(rows=((Button("ก", "ก" * 21),),)))
    with pytest.raises(Rejected):
        send(api, message(rows=((Button("ก", "ก" * 22),),)))


def test_the_fake_runs_as_a_process_with_a_journal(tmp_path: Path) -> None:
    journal = tmp_path / "sent.jsonl"
    command = [sys.executable, fake_bot_api.__file__, "--journal", str(journal)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            order = urllib.request.Request(
                f"{url}/control/user_says", json.dumps({"chat": CHAT, "text": "สวัสดี"}).encode()
            )
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            assert json.load(opener.open(order, timeout=10)) == 500
            with_bot(url, lambda bot: bot.send_message(CHAT, "ตอบ"))
        finally:
            process.terminate()

    (line,) = journal.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == "ตอบ"
