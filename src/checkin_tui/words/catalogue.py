"""The sentences that need nothing but their values put in, by code. `N_` marks them for the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def N_(message: str) -> str:
    """The message as it is, marked to be found for translation; the translation happens when it is shown."""
    return message


DESK: Final[Mapping[str, str]] = {
    "unknown": N_("{typed} is not a code here. Nobody was marked."),
    "not_expected": N_("{name} is not expected here. Nobody was marked."),
    "at_needs_attended": N_("A time of arrival goes only with present or late."),
    "reason_needs_excused": N_("A reason goes only with on leave."),
    "not_arrived": N_("There is no arrival to correct. Nothing changed."),
    "not_left": N_("There is no leaving to correct. Nothing changed."),
    "nothing_to_undo": N_("There is nothing of this station to undo here."),
    "nothing_to_redo": N_("There is nothing to redo."),
    "undo_closed": N_("The register is closed. Correct this day instead, person by person."),
    "because_needed": N_("A closed register is corrected only with a reason. Say why."),
    "undo_taken": N_("The register of {key} has been taken since. It is not undone."),
    "not_taken_back": N_("There is no step left to take back."),
    "not_here": N_("{name} is not marked as here. The notebook was not counted."),
    "notebook_seen": N_("The notebook of {name} was seen already. Nothing changed."),
    "note_not_asked": N_("{name} owes no note for this session. Nothing changed."),
}

TYPED: Final[Mapping[str, str]] = {
    "keep_exists": N_("There is already a file {path}. Nothing was changed. Give the sample another name: --keep FILE"),
    "not_text": N_("What was typed holds bytes that are no text. Nothing was changed."),
    "code_odd": N_("The code holds characters that cannot be seen: type it anew. Nothing was changed."),
}

PROGRAM: Final[Mapping[str, str]] = {
    "no_program": N_("There is no program in this file yet."),
    "program_exists": N_("This file already has a program. Nothing changed."),
    "no_session": N_("No session is planned for {day}."),
    "session_unknown": N_("There is no session {key}."),
    "session_exists": N_("The session {key} exists already."),
    "cancel_taken": N_("Somebody was marked at {key} or has a note there: it cannot be cancelled. Close it instead."),
    "late_from_before_start": N_("Late cannot begin before the session does."),
    "branch_unknown": N_("There is no branch {name}."),
    "no_days": N_("These dates hold no day on which a session would be."),
    "date_order": N_("{last} is before {first}."),
    "bad_date": N_("{text} is not a date. Dates are written 2026-05-18."),
    "bad_number": N_("{text} is not a whole number from 0 to {limit}."),
    # The short words of domain.calendar, domain.rates and interchange.rosters.
    "date": N_("{text} is not a date. Dates are written 2026-05-18."),
    "clock": N_("{text} is not a time of day. Times are written 14:30."),
    "hours": N_("{text} are no hours. They are written 14:30-17:00."),
    "hours_order": N_("The end is not after the start: {text}."),
    "weekdays": N_("{text} are no weekdays. They are written mon-fri or mon,wed,fri."),
    "target": N_("{text} is no target. It is written >98 or >=98."),
    "zone_in_use": N_("Sessions were held by the clocks of {zone}: the time zone can no longer be changed."),
    "hours_in_gap": N_("On {day} the clocks go forward over these hours. Choose other hours, or leave the day out."),
    "zone_unknown": N_("There is no time zone {zone}."),
    "zone": N_("There is no time zone {text}."),
    "dates": N_("The last day is before the first."),
    "dates_long": N_("There are more than ten years between the first and the last day."),
}

PEOPLE: Final[Mapping[str, str]] = {
    "code_taken": N_("The code {code} belongs to {name}."),
    "name_needed": N_("A name is needed."),
    "bad_pinyin": N_("Pinyin is written in letters, one word for each syllable: zhang wei."),
    "code_needed": N_("A code is needed."),
    "branch_needed": N_("A branch is needed."),
    "same_branch": N_("{name} is in {branch} already."),
    "date_needed": N_("A date is needed."),
    "bad_code": N_("A code has no spaces in it."),
    "code_reserved": N_("Codes like {code} are those of erased people."),
    "member_erased": N_("{code} was erased on purpose: nothing more is written about this person."),
    "undo_erased": N_("Somebody of it was erased since. It is not undone."),
    "erase_unasked": N_(
        "Nothing was erased: it cannot be undone, so it asks first, and nobody is here to ask. Add --yes to erase."
    ),
    "branch_gone": N_("This branch is not there any more."),
}

ROWS: Final[Mapping[str, str]] = {
    "no_name": N_("no name"),
    "name_too_long": N_("the name is longer than {limit} characters"),
    "code_too_long": N_("the code is longer than {limit} characters"),
    "code_unseen": N_("the code holds characters that cannot be seen: type it anew"),
    "text_too_long": N_("{field} is longer than {limit} characters"),
    "bad_leader": N_("{text} is neither yes nor no"),
    "code_twice": N_("the code {code} is already in row {first_row}"),
    "left_before_joined": N_("left ({left}) is before joined ({joined})"),
    "same_person_twice": N_("{name} is there twice in that branch: give them codes"),
    "no_branch": N_("no branch"),
    "branch_twice": N_("the branch {name} is already in row {first_row}"),
    "too_many_cells": N_("{cells} cells under {headers} headers"),
    "number_cut": N_("a spreadsheet cut the {field} to {text}: format that column as text and fill it in anew"),
    "not_computed": N_("the {field} is a formula without a value: open the file in a spreadsheet and save it there"),
    "sheet_no_header": N_("this sheet has not the columns that are needed; it has: {headers}"),
    "code_held": N_("the code {code} belongs to {name}: give one of them another code"),
    "closed_session": N_("it would change who was expected at {key}, which is closed: use the person's form for that"),
    "code_given_anew": N_("the code is that of somebody of another name"),
    "code_of_another": N_("the code is one person's, the name another's"),
    "other_code": N_("somebody of that name has another code"),
    "several_here": N_("several people have that name"),
    "elsewhere": N_("somebody of that name is in another branch"),
    "other_phone": N_("somebody of that name has another phone"),
    "several_lines": N_("several rows may be the same person"),
}

MARK_ROWS: Final[Mapping[str, str]] = {
    "bad_mark": N_(
        "{text} under {header} is not understood. Understood are √ 到 P, 迟到 L, 早退, 假 E (病 事 公), 旷 × A, a time "
        "as 14:25; blank is not marked"
    ),
    "bad_time": N_("{text} under {header} is no time of day. It is written 14:25"),
    "bad_session": N_("{text} under {header} is neither a date nor a session"),
    "two_dates": N_("{text} may be two days of the program: write it as 2026-05-18"),
    "mark_twice": N_("{name} at {key} is already in row {first_row}"),
    "mark_nobody": N_("nobody here is called {name}"),
    "mark_no_code": N_("nobody here has the code {code}"),
    "mark_code_of_another": N_("the code {code} is not that of {name}"),
    "mark_namesakes": N_("several people are called {name}: give the code or the branch"),
    "mark_not_expected": N_("{name} is not expected at {keys}; --guests lets them in as guests of the day"),
    "mark_no_session": N_("there is no session {key}; marks not written: {count}"),
    "mark_cancelled": N_("the session {key} was cancelled; marks not written: {count}"),
    "mark_closed": N_("the register of {key} is closed, --because TEXT corrects it; marks not written: {count}"),
    "mark_to_come": N_("{key} is still to come: only leave is entered ahead; marks not written: {count}"),
    "mark_other_day": N_("the time is of {day}, the session {key}"),
    "mark_time_to_come": N_("the time is still to come"),
}

FILES: Final[Mapping[str, str]] = {
    "import_missing": N_("There is no file {file}."),
    "import_folder": N_("{file} is a folder. A roster is an XLSX, XLS, ODS, CSV or text file."),
    "import_not_a_file": N_("{file} is not a plain file. A roster is an XLSX, XLS, ODS, CSV or text file."),
    "import_denied": N_("{file} may not be read: its permissions forbid it."),
    "import_empty": N_("{file} is empty."),
    "import_unreadable": N_(
        "{file} cannot be read: it is damaged, or no list. Save it again as XLSX, XLS, ODS or CSV."
    ),
    "import_old_workbook": N_("{file} is a workbook of a kind that is not read here. Save it as XLSX or CSV."),
    "import_encrypted": N_("{file} is protected by a password. Save it without one."),
    "import_encoding": N_("{file} is not text in {encoding}. Save it as UTF-8."),
    "import_cut_text": N_("{file} is UTF-8 with a damaged place in row {row}. Save it again, or say --encoding."),
    "import_unknown_encoding": N_("There is no encoding {encoding}."),
    "import_bad_row": N_(
        "Row {row} of {file} cannot be read: a quotation mark is not closed, or a cell is far too long."
    ),
    "import_answer": N_("{text} is no answer. It is written 12=0034 (row, code), with several sheets SHEET!12=0034."),
    "import_answer_row": N_("There is nobody in row {row} to whom an answer could belong. Nothing was written."),
    "import_answer_twice": N_("There are two answers for row {row}. Nothing was written."),
    "import_answer_code": N_("Nobody has the code {code}. Nothing was written."),
    "import_end_closed": N_(
        "A last day of {last} would change who was expected at {key}, which is closed. Give a later day, or use the "
        "form of each person. Nothing was written."
    ),
    "import_end_few": N_(
        "Only {count} of {members} members are in the file. No membership is ended unless --end-on names the last day. "
        "Nothing was written."
    ),
    "import_end_sheets": N_(
        "These sheets were not read: {sheets}. Whoever stands there would be ended: read them with --all-sheets, or "
        "leave --end-missing out. Nothing was written."
    ),
    "import_nothing": N_("There is nothing in the file that could be imported."),
    "import_map": N_("{text} is no mapping of columns. It is written name=Header, with one of: {fields}."),
    "import_map_missing": N_("{file} has no column {header} for {field}. Its columns: {headers}."),
    "import_header_only": N_("{file} has a header row and nobody below it. Choose another file or sheet."),
    "import_header_row": N_("{file} has nothing in row {row}: that cannot be the header row."),
    "import_preset": N_("There is no preset {preset}. Those there are: {presets}."),
    "import_fill": N_("A blank {field} cannot be taken from the row above. That works for: {fields}."),
    "import_no_name": N_("{file} has no column for the name. Its columns: {headers}."),
    "import_no_marks": N_(
        "{file} has no marks: no column is headed by a date or session, none is for status, sign-in or arrival. Its "
        "columns: {headers}."
    ),
    "import_which_session": N_("{file} names several dates above its header. Say which with --session KEY."),
    "import_no_branch": N_("{file} has no column for the branch. Its columns: {headers}."),
    "import_is_marks": N_(
        "{file} says who was there at which session. It is read by: checkin import marks FILE. Nothing was written."
    ),
    "import_is_roster": N_(
        "{file} is a list of people. It is read by: checkin import members FILE. Nothing was written."
    ),
    "import_no_contact": N_("{file} has no column for the contact or the telephone. Its columns: {headers}."),
}

ARCHIVE: Final[Mapping[str, str]] = {
    "archive_foreign": N_("{file} is not a file that checkin export program wrote. Nothing was written."),
    "archive_newer": N_(
        "{file} was written by a newer version of this program (its format is {version}). Nothing was written. "
        "Install that version."
    ),
    "archive_part": N_("{file}: the part {part} is missing, or not in its place. Nothing was written."),
    "archive_broken": N_("{file}, line {row}: this cannot be read. Nothing was written. Export the program anew."),
    "archive_cut": N_("{file} ends too early, in line {row}: it was cut. Nothing was written. Copy it anew."),
    "archive_field": N_(
        "{file}, {part}, line {row}: {field} is missing, or does not belong there. Nothing was written."
    ),
    "archive_value": N_("{file}, {part}, line {row}: {field} cannot be {text}. Nothing was written. Correct it there."),
    "archive_twice": N_("{file}, {part}, line {row}: {field} {text} is there twice. Nothing was written."),
    "archive_unknown": N_(
        "{file}, {part}, line {row}: {field} is {text}, which is not there before it. Nothing was written."
    ),
    "archive_too_many": N_(
        "There is more than a workbook could bring in again ({rows} lines). Nothing was written. Choose JSON."
    ),
}

SAVING: Final[Mapping[str, str]] = {
    "save_what": N_("Which file? Type or paste its path."),
    "export_format": N_("The name of the file does not say its format. Give one of {formats} with --format."),
    "export_too_large": N_(
        "This would be {rows} rows and {columns} columns: more than a worksheet holds (1048576 and 16384). "
        "Nothing was written. Choose fewer sessions, or CSV."
    ),
    "export_one_session": N_("Moodle takes one session at a time. Nothing was written. Name it with --session KEY."),
    "extra_missing": N_("This needs a part that is not installed. Install it with: pip install 'checkin-tui[{extra}]'"),
    "export_code128": N_(
        "Code 128 has only plain letters, digits and signs. Others are in the codes of: {names}. Give --code qr. "
        "Nothing was written."
    ),
    "badge_long": N_(
        "The codes of these people are too long for such a label: {names}. Nothing was written. Larger labels or "
        "--code qr hold more."
    ),
    "badge_start": N_("The sheet has {limit} labels: start with one of 1 to {limit}. Nothing was written."),
    "report_marks": N_(
        "{file} is a report, but the marks round your own words in it are not whole, so those cannot be carried over. "
        "Nothing was written. Choose another file, or add --discard-author-text."
    ),
    "report_unreadable": N_(
        "{file} cannot be read: nobody can tell whether your own words are in it. Nothing was written. Choose another "
        "file, or add --discard-author-text."
    ),
    "save_exists": N_("There is already a file {file}. Nothing was written."),
    "save_database": N_("{file} is a database, or belongs to one. Nothing was written. Choose another name."),
    "save_ours": N_("{file} is a file this program needs itself. Nothing was written. Choose another name."),
    "save_folder": N_("{file} is a folder. Give the file a name in it."),
    "save_not_a_file": N_("{file} is not a plain file. Choose another name."),
    "save_no_folder": N_("There is no folder {file}."),
    "save_denied": N_("{file} may not be written: its permissions forbid it."),
    "save_full": N_("There is no room for {file}: the disk is full."),
    "save_failed": N_("{file} cannot be written."),
}

BACKUPS: Final[Mapping[str, str]] = {
    "backup_ambiguous": N_("Several backups fit {text}: {names}."),
    "backup_open": N_(
        "{path} was not closed properly: it has a journal beside it. Open it with checkin --db once, then restore it."
    ),
    "backup_busy": N_("{path} is being written to by another program. Try again when it is done. Nothing was changed."),
    "backup_would_go": N_(
        "{file} would be taken away again: the program tidies its own backups and drafts. Nothing was written. "
        "Choose another folder or name."
    ),
    "restore_itself": N_("{path} is the database itself. Nothing was changed."),
    "restore_unconfirmed": N_(
        "Nothing was changed: restoring replaces the database, so it asks first, and there is nobody here to ask. "
        "Add --yes to restore."
    ),
}

DATABASE: Final[Mapping[str, str]] = {
    "db_missing_folder": N_("The folder for the database {path} does not exist and cannot be made."),
    "db_cut_short": N_("{path}: the last write to it was cut short. The next start puts that right; then look again."),
    "db_replaced": N_("The file was exchanged meanwhile, or a backup brought back: this was not written. Do it again."),
    "db_locked": N_("The database {path} is busy: another program holds it. Try again."),
    "db_full": N_("The disk is full. Nothing was saved."),
    "db_exists": N_("There is already a file {path}. Nothing was changed. checkin --db FILE opens it."),
    "db_no_scripts": N_("This installation is not whole: {path} is missing. Install it again."),
    "db_url": N_("A database on a server cannot be used yet: give the path of a file."),
    "db_failed": N_("The database failed. Nothing was saved; the log says more."),
    "db_failed_unlogged": N_("The database failed. Nothing was saved."),
    "internal": N_("Something went wrong inside the program. Nothing was saved; the log says more."),
    "settings_unreadable": N_("The settings {path} cannot be read."),
    "settings_no_toml": N_("The settings {path} are no TOML file."),
    "settings_unknown_key": N_("The settings {path} have an unknown key: {key}."),
    "settings_wrong_type": N_("The settings {path} have a value of the wrong kind: {key}."),
}

PLAIN: Final[Mapping[str, str]] = {
    **DESK,
    **TYPED,
    **PROGRAM,
    **PEOPLE,
    **ROWS,
    **MARK_ROWS,
    **FILES,
    **ARCHIVE,
    **SAVING,
    **BACKUPS,
    **DATABASE,
}
