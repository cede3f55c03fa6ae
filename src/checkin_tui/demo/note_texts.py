"""Study notes as people might write them, put together from invented sentences."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

_HEARD: Final = (
    "The speaker began with a map of the valley and asked where each of us drinks our water.",
    "Main point today: a plan nobody can read is a plan nobody follows.",
    "We read aloud in turns; the part about pruning in a wet spring was new to me.",
    "Three examples were shown, two that worked and one that did not, which taught us more.",
    "I wrote down the five steps and the order matters: look, ask, count, decide, look again.",
    "Chapter two says a good year hides mistakes and a bad year shows them.",
    "The figures on the board: income up by a tenth, repairs up by a third.",
    "Much of it I knew, but not that the reserve must be named in the accounts.",
)
_THOUGHT: Final = (
    "In our branch we do the opposite, out of habit more than for a reason.",
    "I thought of the old well behind the mill and how long we waited to repair it.",
    "My neighbour disagreed, and I think both of us are half right.",
    "It is easier to agree in this hall than to do it on Monday morning.",
    "This fits what grandmother used to say about mending the roof in summer.",
    "I am not sure the numbers hold for a village as small as ours.",
    "What surprised me is how little of it costs money.",
    "I would have liked more time for questions at the end.",
)
_RESOLVED: Final = (
    "I will try the first step with two families before the next session.",
    "To do: measure the lower field, ask the clinic for the leaflet, report on Thursday.",
    "Next time I want to speak about the path by the ferry.",
    "Question to bring along: who checks the checkers?",
    "I will copy the table for those who could not come.",
    "Until the seminar I will keep a list of what we throw away.",
)
_CHINESE: Final = (
    "今天听了关于水源保护的讲课，最重要的一点是先看清楚再动手。我们村的老井就是因为没人记录才坏得那么快，回去以后要先做一份登记表。",
    "读了第二章，体会很深：丰年容易掩盖问题，歉年才看得出平时的功夫。下周讨论时我想谈谈果园的排水，也想听听别的村是怎么安排人手的。",
    "笔记：一、账目要让每个人都看得懂；二、留出维修的钱；三、每季度公开一次。我觉得第三点最难，但也最有用，准备先在小组里试一试。",
)
_SHARE_CHINESE: Final = 0.08


def note_texts(rng: Random) -> Iterator[str]:
    """Notes without end, each well over the usual minimum of 50 characters; some have paragraphs, a few are Chinese."""
    while True:
        if rng.random() < _SHARE_CHINESE:
            yield rng.choice(_CHINESE)
            continue
        sentences = rng.sample(_HEARD, rng.randint(1, 3)) + rng.sample(_THOUGHT, rng.randint(1, 2))
        closing = [rng.choice(_RESOLVED)] if rng.random() < 0.6 else []
        yield rng.choice((" ", "\n")).join(sentences) + "".join(f"\n\n{sentence}" for sentence in closing)
