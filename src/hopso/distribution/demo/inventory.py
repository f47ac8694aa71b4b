"""Rooms that were inspected, with rules and seat plans; devices with a story."""

from datetime import date
from datetime import timedelta

from hopso import factories
from hopso.core.text import local
from hopso.core.text import now
from hopso.distribution.demo import data
from hopso.distribution.demo.organisation import find_room
from hopso.distribution.demo.organisation import find_unit
from hopso.inventory.devices import custody
from hopso.inventory.devices import life
from hopso.inventory.rooms import operations as rooms
from hopso.inventory.rooms.criteria import criteria
from hopso.inventory.seating.shapes import arrange
from hopso.inventory.seating.store import save_seat_plan


# Steps of a device's story in the data -> what carries it out
STEPS = {
    "inspect": life.inspect,
    "put_to_use": life.put_to_use,
    "send_to_repair": life.send_to_repair,
    "back_from_repair": life.back_from_repair,
    "report_condition": life.report_condition,
    "withdraw": life.withdraw,
    "register_asset": custody.register_asset,
    "hand_over": custody.hand_over,
    "move": custody.move,
    "lend": custody.lend,
    "take_back": custody.take_back,
}
WORDS = {"screen": "Màn hình", "door": "Cửa"}
DAYS = ("on", "until", "due_on", "acquired_on")


def create_all() -> dict:
    """Furnish the rooms and make the devices; return how many devices."""
    for record in data.records("rooms"):
        furnish(find_room(record["id"]), record)
    made = [create_device(record) for record in data.records("devices")]
    return {"devices": len(made)}


def day(days: int) -> date:
    """Return the day so many days from today (in Viet Nam)."""
    return local(now()).date() + timedelta(days=days)


def furnish(room, record: dict) -> None:
    """Inspect a room, post its rules, draw its plan, as the record says."""
    told = record.get("told", {})
    with factories.as_user(told.get("by", "quantri-donvi")):
        if "inspected" in told:
            bad = set(told.get("bad", ()))
            rooms.inspect_room(
                room,
                on=day(told["inspected"]),
                inspector="Tổ kiểm tra kỹ thuật, Sở Khoa học và Công nghệ",
                results=tuple(f"{name}={'bad' if name in bad else 'good'}" for name in criteria()),
                document=told.get("document", "15/BB-KTPH"),
                valid_until=day(told["inspected"] + 730),
                note=told.get("note", ""),
            )
        if "rules" in told:
            rooms.post_rules(
                room,
                text=data.room_rules(),
                document=told["rules"],
                posted_on=day(-200),
                posted_by=told.get("by", "quantri-donvi"),
            )
        if "shape" in told:
            save_seat_plan(room, plan=arrange(told["shape"], room.capacity, WORDS).to_json(), seen=0)


def create_device(record: dict):
    """Make a device and let happen to it what the record tells; days are counted from today."""
    unit = find_unit(record["unit"])
    with factories.as_user(record.get("by", "quantri-donvi")):
        device = life.add_device(unit, **record["device"])
        for step in record.get("story", ()):
            values = {name: value for name, value in step.items() if name != "do"}
            for name in DAYS:
                if isinstance(values.get(name), int):
                    values[name] = day(values[name])
            if values.get("room"):
                values["room"] = find_room(values["room"]).UID()
            STEPS[step["do"]](device, **values)
    if "overdue" in record:
        factories.change(device, due_on=day(record["overdue"]))
    return device
