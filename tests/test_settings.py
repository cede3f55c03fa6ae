"""Settings and the station: whatever lies in their place, nothing waits for it and nothing fails on it."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import pytest

from checkin_tui.settings import Places, SettingsError, load_settings, load_station

FIRST, SECOND = UUID(int=1), UUID(int=2)


@pytest.fixture
def where(tmp_path: Path) -> Places:
    (tmp_path / "state").mkdir()
    return Places(tmp_path / "settings.toml", tmp_path, tmp_path / "state")


def test_a_laptop_is_one_station_for_good(where: Places) -> None:
    assert load_station(where, FIRST) == load_station(where, SECOND)
    assert os.listdir(where.state) == ["station.toml"]


def test_a_pipe_in_the_place_of_the_station_is_not_waited_for(where: Places) -> None:
    os.mkfifo(where.station)
    assert load_station(where, FIRST).uid == FIRST
    assert load_station(where, SECOND).uid == FIRST  # written in its place


def test_a_pipe_in_the_place_of_the_settings_is_told(where: Places) -> None:
    os.mkfifo(where.settings)
    with pytest.raises(SettingsError) as told:
        load_settings(where, {})
    assert told.value.code == "settings_unreadable"


def test_a_path_no_file_can_have_is_told(where: Places) -> None:
    where.settings.write_text('database = "a\\u0000b"')
    with pytest.raises(SettingsError) as told:
        load_settings(where, {})
    assert (told.value.code, told.value.key) == ("settings_wrong_type", "database")


def test_a_home_nobody_has_is_a_folder_of_that_name(where: Places) -> None:
    assert load_settings(where, {}, database="~no-such-user/x.db").database == Path("~no-such-user/x.db")
    assert load_settings(where, {"CHECKIN_DB": "~/x.db"}).database == Path.home() / "x.db"
