"""The random driver in the whole window: nothing fails, nothing grows, undo brings all back."""

from tests.driver.driver import Driver

ACTIONS = 30_000
SHARE = 30
"""What is run when not all of it is: 1,000 actions take 15 seconds."""


def test_whatever_a_user_does_nothing_fails_or_grows_and_all_is_undone(qapp, part_of):
    driver = Driver(seed=1)
    driver.run(part_of(ACTIONS, SHARE))
    assert not driver.faults, "\n\n".join(driver.faults[:20])
    assert driver.undone > part_of(ACTIONS, SHARE) // 20
