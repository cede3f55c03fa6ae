"""Chinese surnames that are read otherwise than the same character in the rest of the language.

General knowledge of the language, put down by hand in toneless pinyin. Where families read one surname in two ways, the
more frequent one stands first. Others than these are read as the dictionary reads them first.
"""

from __future__ import annotations

from typing import Final

# Simplified and traditional forms of one surname share an entry.
_SINGLE: Final = """
曾 zeng|单單 shan|仇 qiu|解 xie|查 zha|翟 zhai di|区區 ou|朴 piao|盖蓋 ge gai|缪繆 miao|乐樂 yue le|覃 qin tan|牟 mu mou
种 chong|洗 xian|折 she|召 shao|祭 zhai|谌諶 chen shen|隗 wei kui|黑 he hei|员員 yun|繁 po|秘 bi|乜 nie|佴 nai|都 du
重 chong|适 kuo|阚 kan|任 ren|尉 wei yu|冼 xian
"""
_COMPOUND: Final = """
尉迟 yu chi|尉遲 yu chi|单于 chan yu|單于 chan yu|万俟 mo qi|萬俟 mo qi|澹台 tan tai|澹臺 tan tai|乐正 yue zheng
樂正 yue zheng|欧阳 ou yang|歐陽 ou yang|长孙 zhang sun|長孫 zhang sun
"""


def _entries(table: str) -> list[tuple[str, tuple[str, ...]]]:
    """The characters and the syllables of each entry."""
    words = (entry.split() for entry in table.replace("\n", "|").split("|"))
    return [(word[0], tuple(word[1:])) for word in words if word]


# One character -> the readings families use, the most frequent first.
SURNAMES: Final = {character: readings for characters, readings in _entries(_SINGLE) for character in characters}

# Two characters -> their two syllables.
COMPOUND_SURNAMES: Final = dict(_entries(_COMPOUND))
