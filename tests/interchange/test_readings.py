from __future__ import annotations

import subprocess
import sys

import pytest

from checkin_tui.domain.search import Query, person_key
from checkin_tui.interchange.readings import readings


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("曾国强", "zengguoqiang", "zgq"),
        ("单雄", "shanxiong", "sx"),
        ("仇英", "qiuying", "qy"),
        ("解珍", "xiezhen", "xz"),
        ("查良", "zhaliang", "zl"),
        ("翟志", "zhaizhi", "zz"),
        ("区明", "ouming", "om"),
        ("朴正", "piaozheng", "pz"),
        ("任远", "renyuan", "ry"),
        ("盖文", "gewen", "gw"),
        ("缪斌", "miaobin", "mb"),
        ("黑虎", "hehu", "hh"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("单于明", "chanyuming", "cym"),
        ("万俟卓", "moqizhuo", "mqz"),
        ("欧阳修", "ouyangxiu", "oyx"),
        ("單小明", "shanxiaoming", "sxm"),
        ("张伟", "zhangwei", "zw"),
    ],
)
def test_a_surname_is_read_first_as_families_read_it(name: str, full: str, initials: str) -> None:
    found = readings(name)
    assert (found.full[0], found.initials[0]) == (full, initials)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("曾国强", "cengguoqiang"),
        ("单雄", "danxiong"),
        ("翟志", "dizhi"),
        ("尉迟恭", "weichigong"),
        ("长乐", "changle"),
    ],
)
def test_the_other_readings_of_the_first_character_are_kept(name: str, other: str) -> None:
    assert other in readings(name).full


def test_the_other_initials_are_kept_too() -> None:
    assert set(readings("单雄").initials) == {"sx", "dx", "cx"}


def test_later_characters_have_their_most_common_reading() -> None:
    assert readings("王乐").full[0] == "wangle"
    assert all(way.endswith("le") for way in readings("王乐").full)


def test_every_way_to_type_an_umlaut_is_there() -> None:
    assert readings("吕略").full == ("lvlve", "lulue", "lyulyue")
    assert readings("Ivan 吕布").full == ("ivanlvbu", "ivanlubu", "ivanlyubu")


def test_no_reading_is_there_twice() -> None:
    for name in ("张伟", "单于单", "女儿", "和和"):
        found = readings(name)
        assert len(set(found.full)) == len(found.full)
        assert len(set(found.initials)) == len(found.initials)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("Mark 李", "markli", "ml"),
        ("李Mark", "limark", "lm"),
        ("José 王", "josewang", "jw"),
        ("迪丽热巴·木拉提", "dilirebamulati", "dlrbmlt"),
        ("第3村", "di3cun", "d3c"),
        ("张 伟", "zhangwei", "zw"),
        ("张\U0003fffd伟", "zhangwei", "zw"),
    ],
)
def test_mixed_names_are_read_through(name: str, full: str, initials: str) -> None:
    found = readings(name)
    assert (found.full[0], found.initials[0]) == (full, initials)


@pytest.mark.parametrize("name", ["", "Zhang Wei", "محمد", "Иван", "김철수", "さくら", "[/foo]"])
def test_names_without_chinese_characters_have_none(name: str) -> None:
    assert readings(name) == ((), ())


def test_a_character_nobody_can_read_is_no_reading() -> None:
    assert readings("\U0003fffd") == ((), ())


def test_names_without_chinese_characters_cost_no_import() -> None:
    script = (
        "import sys\n"
        "from checkin_tui.interchange.readings import readings\n"
        "readings('Zhang Wei'); assert 'pypinyin' not in sys.modules\n"
        "readings('张伟'); assert 'pypinyin' in sys.modules\n"
        "assert 'pypinyin.phrases_dict' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("typed", ["zgq", "zengguoqiang", "ceng", "曾", "国强", "zeng"])
def test_the_search_key_finds_a_person_by_every_way(typed: str) -> None:
    key = person_key("0001", "曾国强", "", readings("曾国强"))
    assert Query.parse(typed).matches(key)
