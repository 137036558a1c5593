from domain.activities.model import Draw
from tests.builders import DAY_POOL, FULL_DAY, MORNING_POOL, activity, catalogue


def test_a_pool_drawn_on_for_all_and_for_a_group_is_counted_once():
    both = (Draw(DAY_POOL), Draw(DAY_POOL, "6-8"), Draw(MORNING_POOL, "6-8"))
    town = catalogue(activity(draws=both))

    pools = town.pools(FULL_DAY, "6-8")

    assert pools == (DAY_POOL, MORNING_POOL)
