"""
Thai by its sound: what people mistype most often, taken away.

Tone marks are dropped and doubled, ใ and ไ change places, and letters of one sound stand for one another
(ณ น, ศ ษ ส, ธ ท). Two spellings of a word that sound alike fold to the same letters. For comparing only.
"""

from __future__ import annotations

# Mai taikhu to thanthakhat, and phinthu: the marks above a syllable that slips lose or add.
_SILENT = dict.fromkeys(range(0x0E47, 0x0E4D)) | {0x0E3A: None}
_ONE_SOUND = str.maketrans("ำใณฎฏศษธฐฒภฆญฬ", "าไนดตสสทถทพคยล")


def by_sound(text: str) -> str:
    """
    The text in the letters of its sound; what is not Thai stays as it is.

    ำ becomes า: documents lose its ring, and as a vowel it sounds like อัม, which nobody types for it.
    """
    return text.translate(_SILENT).translate(_ONE_SOUND)
