"""What an intention appends, and what is refused: the person at the door, corrections, bulk marking."""

from __future__ import annotations

import pytest

from checkin_tui.domain.attendance.events import Action, Draft, EventKind, Reason, Status
from checkin_tui.domain.attendance.fold import UNMARKED, Stay
from checkin_tui.domain.attendance.writing import (
    arrive,
    correct_arrival,
    correct_leaving,
    decide,
    leave,
    newest_step,
    withdraw,
)
from checkin_tui.domain.errors import CheckInError
from tests.domain.ledger import DOOR, HALL, TERMS, Ledger, at

ARRIVED, LEFT, MARKED, WITHDRAWN = EventKind
PRESENT, LATE, EXCUSED, ABSENT = Status


class Desk(Ledger):
    """The ledger with the intentions as verbs; each writes its batch, or the refusal's code comes back."""

    def do(self, rule, *args, action=Action.MARK, **options):
        try:
            drafts = rule(self.of(1), self.terms, *args, **options)
        except CheckInError as refusal:
            return refusal.code
        return [event.kind for event in self.write(drafts, action=action)]

    def arrive(self, clock):
        return self.do(arrive, None if clock is None else at(clock))

    def decide(self, status, reason=None, clock=None):
        return self.do(decide, status, reason, None if clock is None else at(clock))

    def leave(self, clock):
        return self.do(leave, at(clock))

    def correct_arrival(self, clock):
        return self.do(correct_arrival, at(clock), action=Action.CORRECT)

    def correct_leaving(self, clock):
        return self.do(correct_leaving, at(clock), action=Action.CORRECT)


@pytest.fixture
def desk() -> Desk:
    return Desk()


class TestArriving:
    def test_somebody_inside_in_whatever_way_is_already_here(self, desk):
        assert desk.arrive("14:26") == [ARRIVED]
        assert desk.arrive("14:27") == "already"
        assert desk.arrive(None) == "already"

    @pytest.mark.parametrize("status", [PRESENT, LATE])
    def test_inside_by_decision_is_already_here_too(self, desk, status):
        desk.decide(status)
        assert desk.arrive("14:50") == "already"

    def test_already_says_since_when(self, desk):
        desk.arrive("14:23")
        with pytest.raises(CheckInError) as refusal:
            arrive(desk.of(1), TERMS, at("14:26"))
        assert refusal.value.values == {"arrived": at("14:23")}

    @pytest.mark.parametrize("status", [EXCUSED, ABSENT])
    def test_somebody_on_leave_or_absent_who_comes_after_all_is_let_in(self, desk, status):
        desk.decide(status)
        assert desk.arrive("14:26") == [ARRIVED]
        assert desk.standing().status is PRESENT

    def test_coming_back_after_leaving(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        assert desk.arrive("15:30") == [ARRIVED]
        assert desk.standing().stays == (Stay(at("14:26"), at("15:00")), Stay(at("15:30")))

    def test_an_arrival_within_a_stay_that_is_over_changes_nothing(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        assert desk.arrive("14:40") == "unchanged"
        assert desk.arrive(None) == "unchanged"

    def test_without_a_time_the_person_is_present_and_the_time_not_known(self, desk):
        desk.arrive(None)
        standing = desk.standing()
        assert (standing.status, standing.arrived, standing.minutes_inside) == (PRESENT, None, None)


class TestDeciding:
    def test_a_decision_overrides_the_clock_and_keeps_the_time(self, desk):
        desk.arrive("14:50")
        assert desk.decide(PRESENT) == [MARKED]
        assert (desk.standing().status, desk.standing().arrived) == (PRESENT, at("14:50"))

    def test_the_same_decision_again_is_unchanged(self, desk):
        assert desk.decide(EXCUSED, Reason.SICK) == [MARKED]
        assert desk.decide(EXCUSED, Reason.SICK) == "unchanged"
        assert desk.decide(EXCUSED, Reason.PERSONAL) == [MARKED]
        assert desk.standing().reason is Reason.PERSONAL

    def test_what_the_clock_already_says_is_unchanged(self, desk):
        desk.arrive("14:26")
        assert desk.decide(PRESENT) == "unchanged"

    def test_present_at_a_late_hour_stays_present(self, desk):
        desk.arrive("14:26")
        assert desk.decide(PRESENT, clock="15:00") == [WITHDRAWN, ARRIVED, MARKED]
        assert (desk.standing().status, desk.standing().arrived) == (PRESENT, at("15:00"))

    @pytest.mark.parametrize(("status", "clock"), [(PRESENT, "14:26"), (LATE, "14:50")])
    def test_an_arrival_that_says_it_all_needs_no_decision(self, desk, status, clock):
        assert desk.decide(status, clock=clock) == [ARRIVED]
        assert (desk.standing().status, desk.standing().arrived) == (status, at(clock))

    def test_late_before_the_line_needs_the_decision(self, desk):
        assert desk.decide(LATE, clock="14:26") == [ARRIVED, MARKED]
        assert (desk.standing().status, desk.standing().minutes_late) == (LATE, 0)

    def test_a_time_for_somebody_present_by_decision_needs_no_second_one(self, desk):
        desk.decide(PRESENT)
        assert desk.decide(PRESENT, clock="14:55") == [ARRIVED]
        assert desk.standing().status is PRESENT

    def test_present_after_leave_that_hid_an_arrival_brings_that_arrival_back(self, desk):
        desk.arrive("14:26")
        desk.decide(EXCUSED, Reason.SICK)
        assert desk.decide(PRESENT, clock="14:26") == [MARKED]
        assert desk.standing().stays == (Stay(at("14:26")),)

    def test_a_time_that_replaces_a_hidden_arrival_leaves_one_arrival(self, desk):
        desk.arrive("14:26")
        desk.decide(EXCUSED, Reason.SICK)
        assert desk.decide(PRESENT, clock="14:20") == [WITHDRAWN, ARRIVED, MARKED]
        assert desk.standing().arrived == at("14:20")

    def test_absent_takes_arrivals_and_leavings_away_for_good(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        assert desk.decide(ABSENT) == [WITHDRAWN, WITHDRAWN, MARKED]
        desk.arrive("16:00")
        assert (desk.standing().status, desk.standing().arrived) == (LATE, at("16:00"))

    def test_absent_is_said_again_even_where_an_older_decision_says_it(self, desk):
        desk.decide(ABSENT)
        desk.arrive("15:00")
        assert desk.decide(ABSENT) == [WITHDRAWN, MARKED]

    def test_an_arrival_after_the_leaving_is_refused(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        assert desk.decide(PRESENT, clock="15:30") == "time"

    def test_time_and_reason_only_where_they_mean_something(self, desk):
        assert desk.decide(EXCUSED, clock="14:26") == "at_needs_attended"
        assert desk.decide(ABSENT, clock="14:26") == "at_needs_attended"
        assert desk.decide(PRESENT, Reason.SICK) == "reason_needs_excused"
        assert desk.events == []


class TestLeaving:
    def test_a_stay_ends_once(self, desk):
        desk.arrive("14:26")
        assert desk.leave("15:00") == [LEFT]
        assert desk.leave("15:00") == "unchanged"
        assert desk.leave("15:20") == "unchanged"

    def test_not_before_and_not_at_the_arrival(self, desk):
        desk.arrive("14:26")
        assert desk.leave("14:20") == "time"
        assert desk.leave("14:26") == "time"

    def test_the_second_stay_ends_on_its_own_and_the_first_not_again(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        desk.arrive("15:30")
        assert desk.leave("15:10") == "unchanged"
        assert desk.leave("16:00") == [LEFT]
        assert desk.standing().left == at("16:00")

    def test_entered_before_the_arrival_it_waits_for_it(self, desk):
        assert desk.leave("15:00") == [LEFT]
        assert desk.standing() == UNMARKED
        assert desk.leave("15:10") == "unchanged"
        assert desk.arrive("14:26") == [ARRIVED]
        assert desk.standing().stays == (Stay(at("14:26"), at("15:00")),)

    @pytest.mark.parametrize("status", [EXCUSED, ABSENT])
    def test_somebody_not_here_leaves_once_at_most(self, desk, status):
        desk.decide(status)
        assert desk.leave("15:00") == [LEFT]
        assert desk.leave("15:00") == "unchanged"
        assert desk.standing().status is status

    def test_present_by_decision_may_leave_at_any_time(self, desk):
        desk.decide(PRESENT)
        assert desk.leave("14:10") == [LEFT]
        assert desk.standing().stays == (Stay(None, at("14:10")),)


class TestCorrecting:
    def test_a_time_is_corrected_in_one_batch_and_one_undo_brings_the_old_one_back(self, desk):
        desk.arrive("14:50")
        before = desk.standing()
        assert desk.correct_arrival("14:26") == [WITHDRAWN, ARRIVED]
        assert (desk.standing().status, desk.standing().arrived) == (PRESENT, at("14:26"))
        desk.undo()
        assert desk.standing() == before

    def test_a_later_time_makes_late(self, desk):
        desk.arrive("14:26")
        desk.correct_arrival("14:52")
        assert (desk.standing().status, desk.standing().minutes_late) == (LATE, 22)

    def test_every_earlier_arrival_gives_way(self, desk):
        desk.write([Draft(ARRIVED, happened=at("14:20"))], station=DOOR)
        desk.write([Draft(ARRIVED, happened=at("14:26"))], station=HALL)
        desk.correct_arrival("14:40")
        assert desk.standing().stays == (Stay(at("14:40")),)

    def test_an_unknown_time_becomes_known(self, desk):
        desk.arrive(None)
        assert desk.correct_arrival("14:50") == [WITHDRAWN, ARRIVED]
        assert desk.standing().status is LATE

    def test_a_decision_is_given_its_time_and_stays(self, desk):
        desk.decide(PRESENT)
        assert desk.correct_arrival("15:00") == [ARRIVED]
        assert (desk.standing().status, desk.standing().arrived) == (PRESENT, at("15:00"))

    def test_a_correction_does_not_outrun_a_later_decision(self, desk):
        desk.arrive("14:50")
        desk.decide(LATE)
        desk.decide(PRESENT)
        desk.correct_arrival("14:55")
        assert desk.standing().status is PRESENT

    def test_two_arrivals_around_a_decision_become_one_after_it(self, desk):
        desk.arrive("14:26")
        desk.decide(EXCUSED)
        desk.arrive("15:30")
        desk.correct_arrival("15:40")
        assert (desk.standing().status, desk.standing().stays) == (LATE, (Stay(at("15:40")),))

    def test_nor_does_a_correction_in_between_draw_it_back(self, desk):
        desk.arrive("14:26")
        desk.decide(EXCUSED)
        desk.arrive("15:30")
        desk.correct_arrival("14:27")
        desk.correct_arrival("15:40")
        assert (desk.standing().status, desk.standing().stays) == (LATE, (Stay(at("15:40")),))

    @pytest.mark.parametrize("clock", ["15:00", "15:30"])
    def test_not_past_the_leaving(self, desk, clock):
        desk.arrive("14:26")
        desk.leave("15:00")
        assert desk.correct_arrival(clock) == "time"

    def test_nothing_to_correct(self, desk):
        assert desk.correct_arrival("14:26") == "not_arrived"
        assert desk.correct_leaving("15:00") == "not_left"
        desk.arrive("14:26")
        assert desk.correct_arrival("14:26") == "unchanged"

    def test_the_leaving(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        assert desk.correct_leaving("15:00") == "unchanged"
        assert desk.correct_leaving("14:26") == "time"
        assert desk.correct_leaving("15:30") == [WITHDRAWN, LEFT]
        assert desk.standing().stays == (Stay(at("14:26"), at("15:30")),)

    def test_the_leaving_of_a_stay_before_the_one_that_lasts(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        desk.arrive("15:30")
        assert desk.correct_leaving("15:10") == [WITHDRAWN, LEFT]
        assert desk.standing().stays == (Stay(at("14:26"), at("15:10")), Stay(at("15:30")))

    def test_a_leaving_that_another_laptop_also_entered(self, desk):
        desk.arrive("14:26")
        desk.write([Draft(LEFT, happened=at("15:00"))], station=DOOR)
        desk.write([Draft(LEFT, happened=at("15:05"))], station=HALL)
        assert desk.correct_leaving("15:20") == [WITHDRAWN, WITHDRAWN, LEFT]
        assert desk.standing().left == at("15:20")


class TestTakingBack:
    def test_twice_goes_back_two_steps(self, desk):
        desk.arrive("14:26")
        desk.leave("15:00")
        desk.take_back()
        assert desk.standing().stays == (Stay(at("14:26")),)
        desk.take_back()
        assert desk.standing() == UNMARKED
        assert newest_step(desk.of(1)) == []

    def test_taking_back_a_correction_brings_the_first_time_back(self, desk):
        desk.arrive("14:26")
        desk.correct_arrival("14:50")
        desk.take_back()
        assert desk.standing().arrived == at("14:26")

    def test_a_taking_back_can_itself_be_undone(self, desk):
        desk.arrive("14:26")
        desk.take_back()
        desk.undo()
        assert desk.standing().status is PRESENT

    def test_withdrawing_what_is_gone_writes_nothing(self, desk):
        desk.arrive("14:26")
        arrival = desk.of(1)
        desk.write(withdraw(desk.of(1), arrival))
        assert withdraw(desk.of(1), arrival) == ()
