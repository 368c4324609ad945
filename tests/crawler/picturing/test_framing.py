"""What a picture shows of a page: all of it, or of a very high one its head and what is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.picturing.framing import HEAD, PAGE_LIMIT, Box, Clip, clips_of_page, clips_of_screen


@given(st.integers(60, 100_000), st.integers(0, 99_000), st.integers(1, 400))
def test_every_pixel_is_shown_or_counted_and_the_mark_is_shown(down: int, top: int, height: int) -> None:
    box = Box(0, min(top, down - 1), 100, min(top + height, down))
    cut = clips_of_page(1280, down, [box])
    shown = sum(clip.height for clip in cut.clips)
    assert shown + sum(cut.left_out) == down
    assert shown <= PAGE_LIMIT
    assert cut.clips[0].top == 0
    assert any(clip.top <= box.top and box.bottom <= clip.top + clip.height for clip in cut.clips)


def test_a_high_page_shows_its_head_and_the_mark_far_below() -> None:
    cut = clips_of_page(1280, 40_000, [Box(0, 20_000, 100, 20_030)])
    assert cut.clips == (Clip(0, HEAD, 1280), Clip(19_700, PAGE_LIMIT - HEAD, 1280))
    assert cut.left_out == (18_500, 15_500)


def test_a_screen_goes_down_to_the_link_only_where_it_must() -> None:
    assert clips_of_screen(5000, [Box(0, 100, 10, 130)], (1280, 900)).clips[0].top == 0
    assert clips_of_screen(5000, [Box(0, 2000, 10, 2030)], (1280, 900)).clips[0].top == 1700
    assert clips_of_screen(2100, [Box(0, 2000, 10, 2030)], (1280, 900)).clips[0].top == 1200
    assert clips_of_screen(5000, [], (1280, 900)).clips == (Clip(0, 900, 1280),)
