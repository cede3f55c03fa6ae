"""OneRoster data sets: users.csv with what lies beside it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from checkin_tui.domain.errors import CheckInError
from checkin_tui.interchange.lists import bundles
from checkin_tui.interchange.lists.bundles import open_roster, rows_beside
from checkin_tui.interchange.lists.oneroster import with_orgs
from checkin_tui.interchange.lists.rosters import read_roster
from checkin_tui.interchange.reading.tables import pasted

SAMPLES = Path(__file__).parent / "presets"
HEAD = ["sourcedId", "givenName", "familyName", "orgSourcedIds"]
ORGS = [["sourcedId", "name", "type"], ["d", "District", "district"], ["s", "Xinghe", "school"], ["t", "", "school"]]


def packed(path: Path, folder: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
    return path


@pytest.mark.parametrize("inside", ["", "export 2026/"])
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_zip_is_read_as_its_folder_is(tmp_path: Path, version: str, inside: str) -> None:
    folder = SAMPLES / f"oneroster-{version}"
    found = read_roster(packed(tmp_path / "set.zip", folder, inside))
    assert found == read_roster(folder / "users.csv")
    assert [one.branch for one in found.rows] == ["Xinghe", "Beishan"]


def test_a_zip_may_be_opened_first_and_read_then(tmp_path: Path) -> None:
    source = open_roster(packed(tmp_path / "set.zip", SAMPLES / "oneroster-1.1"))
    assert (source.sheets, source.encoding) == ((), "utf-8")
    assert [one.branch for one in read_roster(source).rows] == ["Xinghe", "Beishan"]


@pytest.mark.parametrize(
    ("ids", "name"),
    [("s", "Xinghe"), ("d,s", "Xinghe"), ("d", "District"), ("x,d", "x"), ("t", "t"), ("", ""), (" , s ", "Xinghe")],
)
def test_the_branch_is_the_name_of_the_first_school(ids: str, name: str) -> None:
    rows = with_orgs([HEAD, ["1", "Mara", "Quill", ids]], {"orgs.csv": ORGS}.get)
    assert rows == [HEAD, ["1", "Mara", "Quill", name]]


def test_without_what_lies_beside_ids_stay_as_they_are() -> None:
    rows = [HEAD, ["1", "Mara", "Quill", "s"], ["2"]]
    assert with_orgs(rows, lambda name: None) == [HEAD, ["1", "Mara", "Quill", "s"], ["2", "", "", ""]]
    assert with_orgs([["name"], ["Mara"]], lambda name: None) == [["name"], ["Mara"]]
    assert with_orgs(rows, lambda name: [["x"]] if name == "orgs.csv" else [])[1][3] == "s"


def test_roles_of_1_2_come_from_their_own_file_the_primary_one_first() -> None:
    head = ["sourcedId", "primaryOrgSourcedId"]
    roles = [["userSourcedId", "roleType", "role", "orgSourcedId", "status"],
             ["1", "secondary", "aide", "d", ""], ["1", "primary", "teacher", "s", ""], ["1", "primary", "x", "d", ""],
             ["2", "secondary", "aide", "s", ""], ["3", "primary", "x", "s", "tobedeleted"],
             ["", "primary", "x", "s", ""]]  # fmt: skip
    rows = with_orgs([head, ["1", ""], ["2", "d"], ["3", ""]], {"orgs.csv": ORGS, "roles.csv": roles}.get)
    assert rows == [[*head, "role"], ["1", "Xinghe", "teacher"], ["2", "District", "aide"], ["3", "", ""]]


def test_other_archives_are_no_bundle(tmp_path: Path) -> None:
    for names in ([], ["readme.txt"], ["users.csv/"]):
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            for name in names:
                archive.writestr(name, "")
        with pytest.raises(CheckInError, match="import_"):
            read_roster(tmp_path / "x.zip")
    assert rows_beside(pasted("name\nMara"), "orgs.csv") is None


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "set.zip", SAMPLES / "oneroster-1.1")
    monkeypatch.setattr(bundles, "_PART_LIMIT", 100)
    with pytest.raises(CheckInError, match="import_too_large"):
        read_roster(path)


def test_a_damaged_or_locked_bundle_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "set.zip", SAMPLES / "oneroster-1.1")
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("users.csv").header_offset + 60
    path.write_bytes(data[:start] + b"\xff" * 40 + data[start + 40 :])
    with pytest.raises(CheckInError, match="import_unreadable"):
        read_roster(path)
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(CheckInError, match="import_unreadable"):
        read_roster(path)
    central = data.rindex(b"PK\x01\x02")
    path.write_bytes(data[: central + 8] + b"\x01\x00" + data[central + 10 :])
    with pytest.raises(CheckInError, match="import_encrypted"):
        read_roster(path)


def test_an_empty_list_in_a_bundle_is_empty(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.writestr("users.csv", "")
    with pytest.raises(CheckInError, match="import_empty") as caught:
        read_roster(tmp_path / "set.zip")
    assert caught.value.values == {"file": str(tmp_path / "set.zip")}
