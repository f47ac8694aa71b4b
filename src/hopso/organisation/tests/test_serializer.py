"""``@users``: a person for other systems."""

from hopso.factories import put_in_state
import requests
import transaction


def test_who_am_i(served_house, make):
    house = served_house
    put_in_state(house.meeting, "convened")
    transaction.commit()

    def get(user):
        answer = requests.get(
            f"{house.portal.absolute_url()}/@users/{house.leader}",
            headers={"Accept": "application/json"},
            auth=(user, make.PASSWORD),
            timeout=60,
        )
        return answer.status_code, answer.json()

    status, found = get(house.leader)
    assert (status, found["fullname"]) == (200, "Trần Hoàng Lan")
    groups = [one["id"] for one in found["groups"]["items"]]
    assert f"unit:{house.office.getId()}:leaders" in groups
    assert not any(one.startswith("meeting:") for one in groups)
    assert get(house.outsider)[0] in (401, 403)
