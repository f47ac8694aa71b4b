"""One backdrop for all sites: drawn in a job, released on purpose; and the run-of-show."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from io import BytesIO

from hopso.core import errors
from hopso.factories import as_user
from hopso.factories import put_in_state
from hopso.operations_desk.backdrop import drawing
from hopso.operations_desk.backdrop import operations
from hopso.operations_desk.backdrop import rules
from hopso.operations_desk.backdrop.records import backdrop_of
from hopso.operations_desk.backdrop.records import Spec
from hopso.operations_desk.runofshow import operations as show
from hopso.operations_desk.runofshow import records as cues
from hopso.tasks.testing import run_all
from PIL import Image
import pytest


SPEC = Spec("Ủy ban nhân dân tỉnh", "Hội nghị trực tuyến toàn tỉnh\nsơ kết 6 tháng", "Ngày 26/11/2026", "red")


@pytest.mark.rule("NT-5.3")
def test_every_size_has_the_same_proportions_and_colours():
    files = drawing.files_of(SPEC)
    small, large = (Image.open(BytesIO(files[name])) for name in ("png", "png4k"))
    assert (small.size, large.size) == ((1920, 1080), (3840, 2160))
    ground = (0xB0, 0x11, 0x16)
    assert small.getpixel((5, 5)) == large.getpixel((10, 10)) == ground
    # Letters stand in the same places: the larger one made smaller is nearly the small one.
    shrunk = large.resize(small.size)
    far = sum(
        1
        for x in range(0, 1920, 16)
        for y in range(0, 1080, 16)
        if abs(shrunk.getpixel((x, y))[1] - small.getpixel((x, y))[1]) > 120
    )
    assert far < 40
    assert len(small.getcolors(1 << 16)) > 2
    assert files["pdf"].startswith(b"%PDF")
    assert drawing.files_of(SPEC)["png"] == files["png"]


def test_a_long_title_stays_on_the_wall():
    image = drawing.picture(Spec("", "Hội nghị " * 40, "", "blue"))
    ground = image.getpixel((0, 0))
    for x in range(0, 1920, 4):
        assert image.getpixel((x, 4)) == image.getpixel((x, 1075)) == ground
    for y in range(0, 1080, 4):
        assert image.getpixel((20, y)) == image.getpixel((1900, y)) == ground


@pytest.mark.rule("NT-5.3")
def test_it_is_made_in_a_job_and_released_by_who_prepares(house, sites):
    sites.scheduled()
    with as_user(sites.operator), pytest.raises(errors.Denied):
        operations.make_backdrop(sites.meeting, title="Hội nghị")
    with as_user(house.coordinator):
        operations.make_backdrop(sites.meeting, title="Hội nghị", upper="UBND tỉnh")
        with pytest.raises(errors.WrongState):
            operations.release_backdrop(sites.meeting)
    assert not backdrop_of(sites.meeting).ready
    run_all()
    found = backdrop_of(sites.meeting)
    assert set(found.files) == {"png", "png4k", "pdf"} and found.digests["png"]
    with as_user(house.coordinator):
        operations.release_backdrop(sites.meeting)
        with pytest.raises(errors.WrongState):
            operations.release_backdrop(sites.meeting)
        # Another one must be released anew.
        operations.make_backdrop(sites.meeting, title="Hội nghị sơ kết")
    assert backdrop_of(sites.meeting).released_at is None


@pytest.mark.parametrize("bad", [{"title": ""}, {"colours": "pink"}, {"title": "x" * 401}])
def test_bad_input(house, sites, bad):
    with as_user(house.coordinator), pytest.raises(errors.Invalid):
        put_in_state(sites.meeting, "scheduled")
        operations.make_backdrop(sites.meeting, **{"title": "Hội nghị"} | bad)
    assert backdrop_of(sites.meeting) is None


def test_a_classified_title_hangs_nowhere(house, sites, make):
    sites.scheduled()
    make.change(house.meeting, classification="mat")
    with as_user(house.coordinator), pytest.raises(errors.Blocked):
        operations.make_backdrop(house.meeting, title=house.meeting.title.upper())
    with as_user(house.coordinator):
        operations.make_backdrop(house.meeting, title="Hội nghị")


@pytest.mark.rule("NT-5.3")
def test_a_missing_backdrop_is_pointed_out():
    assert rules.backdrop_missing(False, 3, False) == []
    assert rules.backdrop_missing(True, 0, False) == []
    assert rules.backdrop_missing(True, 3, True) == []
    assert [one.rule for one in rules.backdrop_missing(True, 3, False)] == ["NT-5.3"]


@pytest.mark.rule("NT-7.1.c")
def test_the_sheet_computes_its_clock():
    start = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    lines = cues.clock(start, [("a", 15), ("b", 30), ("c", 10)], {"b": cues.Cue("s", minutes=20)})
    minute = timedelta(minutes=1)
    assert [(one.begins - start) / minute for one in lines] == [0, 15, 35]
    assert lines[-1].ends - start == 45 * minute
    assert [one.cue.site for one in lines] == ["", "s", ""]


@pytest.mark.rule("NT-7.1.c")
def test_who_prepares_writes_the_sheet(house, sites, make):
    item = make.create_item(house.meeting, "Báo cáo kinh tế", duration=20)
    sites.scheduled()
    args = {"agenda_item": item.getId(), "site": sites.point.UID(), "layout": "two", "sound": "all"}
    with as_user(sites.operator), pytest.raises(errors.Denied):
        show.set_cue(sites.meeting, **args)
    with as_user(house.coordinator):
        show.set_cue(sites.meeting, **args)
        with pytest.raises(errors.EditConflict):
            show.set_cue(sites.meeting, **args | {"agenda_item": "khong-co"})
        show.release_show(sites.meeting)
    assert cues.show_of(sites.meeting).cues[item.getId()].layout == "two"
    assert cues.show_of(sites.meeting).released_by == house.coordinator
    put_in_state(sites.meeting, "ended")
    with as_user(house.coordinator), pytest.raises(errors.WrongState):
        show.set_cue(sites.meeting, **args)
