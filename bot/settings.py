"""What an operator may set: read once at start, passed down, never global."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "SISTERCITY_"
STEP = re.compile(r"start|d[1-9]\d?|d[12]\d\d|d3[0-5]\d|d36[0-5]|overdue[1-9]")


class SettingsError(Exception):
    """A setting is unknown or bad; the message names it and says what is allowed."""


class Settings(BaseSettings):
    """
    Settings from `SISTERCITY_*`.

    pydantic-settings does not notice a misspelt variable, so `load` compares the names itself.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True, env_ignore_empty=True
    )

    telegram_token: SecretStr | None = Field(
        default=None, description="Bot token from BotFather; needed by `serve` only."
    )
    telegram_api_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s]+$",
        description="Another Bot API server, e.g. http://127.0.0.1:8081; default is Telegram's own.",
    )
    database_url: str = Field(
        default="sqlite:///sistercity.db",
        description="SQLite file, or postgresql://user:password@host/name.",
    )
    media_dir: Path | None = Field(
        default=None, description="Folder for photos and documents; default `media` beside the SQLite file."
    )
    timezone: ZoneInfo = Field(
        default=ZoneInfo("Asia/Bangkok"), description="Zone in which days begin and office hours are kept."
    )
    year_basis: Literal["calendar", "fiscal", "anniversary"] = Field(
        default="calendar", description="Year in which a pairing owes an activity."
    )
    reminder_steps: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("start", "d180", "d90", "d60", "d30", "d7", "overdue1", "overdue2", "overdue3"),
        description="Comma-separated steps: start, dN (N days before the year ends), overdueN.",
    )
    escalate_after: int = Field(
        default=2, ge=1, le=9, description="Steps without an answer after which the head of group is told."
    )
    stage_still_days: int = Field(
        default=180,
        ge=30,
        le=730,
        description="Days without another stage after which a pairing that is not signed is spoken of.",
    )
    closed_days: Annotated[tuple[date, ...], NoDecode] = Field(
        default=(),
        description="Comma-separated days on which offices are closed besides the public holidays, e.g. 2027-01-02.",
    )
    dead_man_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s]+$",
        description="Called after each plan; a watcher outside that is called no more knows that planning stopped.",
    )
    dpo_contact: str | None = Field(
        default=None,
        max_length=200,
        description="Contact of the data protection officer, shown in /privacy; needed by `serve`.",
    )
    ministry_contact: str | None = Field(
        default=None, max_length=200, description="Whom to call at the ministry, shown with `unknown`."
    )
    guests_may_ask: bool = Field(
        default=True, description="Whether people without a membership may ask about the guideline."
    )
    webhook_url: str | None = Field(
        default=None, description="Reserved for the webhook mode; `serve` polls and refuses it for now."
    )
    webhook_secret: SecretStr | None = Field(default=None, description="Reserved, as WEBHOOK_URL.")
    http_listen: str | None = Field(
        default=None,
        pattern=r"^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):[0-9]{1,5}$",
        description="HOST:PORT on which `serve` answers GET /health and nothing else; without it no port is opened.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much the log says."
    )

    @field_validator("reminder_steps", "closed_days", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("reminder_steps")
    @classmethod
    def _known_steps(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for step in value:
            if not STEP.fullmatch(step):
                raise ValueError(f"'{step}' is not a step: write start, dN (N days, 1 to 365) or overdueN")
        return value

    def media_folder(self, database_file: Path | None) -> Path:
        """Where files are kept: as set, or `media` beside the database file."""
        if self.media_dir is not None:
            return self.media_dir
        return (database_file.parent if database_file else Path()) / "media"


def load() -> Settings:
    """
    Read the settings; every fault is reported at once, and no value is ever printed.

    Raises:
        SettingsError: If a name is unknown or a value is not allowed.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    faults = [
        f"{name}: unknown setting; known are {', '.join(sorted(known))}"
        for name in sorted(os.environ)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    ]
    settings = None
    try:
        settings = Settings()
    except ValidationError as error:
        faults += [f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
    if faults or settings is None:
        raise SettingsError("\n".join(faults))
    return settings
