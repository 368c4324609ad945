"""The reader of one look: remembers how each host's home page and its answer to a wrong address look."""

from __future__ import annotations

from dataclasses import replace

from catalog.district import District
from crawler.cms import ADAPTERS, Adapter
from crawler.page.decoding import decode
from crawler.page.page import Page, Unusable
from crawler.page.reading import read_page
from crawler.page.rendered import is_bare, with_doubts, with_scripts, without_programs
from crawler.refusal.classifier import read_or_refuse
from crawler.refusal.fingerprint import HostFingerprints
from crawler.walking.bearings import same_address
from ledger.reason import Reason
from ledger.work import UNSEEN, Arrival, VisitKind


class Reader:
    """Reader (页面读取器) of one look: the ``read`` that a ``Walk`` is given.

    It holds no connection; what it answers depends only on the home page and the probes read before, which the walk
    hands over first.
    """

    def __init__(self, district: District) -> None:
        self._fingerprints = HostFingerprints()
        self._shown = HostFingerprints()
        self._home = district.home
        self._adapters = adapters_for(district)

    def __call__(self, arrival: Arrival) -> Page | Unusable:
        """A page, or the named reason why there is none."""
        if arrival.visit.kind is VisitKind.RENDERED:
            return self._rendered(arrival)
        answer = self._plain(arrival)
        if isinstance(answer, Page) and arrival.visit.kind.is_page:
            return with_scripts(answer, decode(arrival.body, arrival.header("Content-Type")).text)
        return answer

    def _rendered(self, arrival: Arrival) -> Page | Unusable:
        """What a browser showed; where the host answers every address with its home page, that is told from it too."""
        if arrival.reason is not None or not arrival.body:
            return read_or_refuse(arrival, HostFingerprints(), ())
        text = without_programs(arrival.body.decode("utf-8", "replace"))
        answer = read_or_refuse(replace(arrival, body=text.encode()), self._shown, ())
        if not isinstance(answer, Page):
            return answer
        if not self._shown.homes and same_address(arrival.visit.url, self._home):
            self._shown = self._shown.with_home(answer)
        unseen, _, because = arrival.header(UNSEEN).partition(" ")
        if is_bare(answer) and (because or unseen == "gone"):
            # nothing shows, and it is known what refused: the page is refused, whatever its shell's status says
            reason = Reason(because) if because else Reason.SOFT_404
            detail = "" if because else "页面所请求的内容不存在"
            return Unusable(arrival.url, arrival.snapshot_id, arrival.fetched_at, reason, detail, arrival.status)
        return with_doubts(answer, unseen, Reason(because) if because else None)

    def _plain(self, arrival: Arrival) -> Page | Unusable:
        if arrival.visit.kind is VisitKind.PROBE:
            answer = read_or_refuse(arrival, HostFingerprints(), self._adapters)
            if arrival.reason is None and arrival.status is not None and 200 <= arrival.status < 300:
                self._fingerprints = self._fingerprints.with_probe(read_page(arrival, self._adapters))
            return answer
        if arrival.visit.kind is VisitKind.CONTROL:
            answer = read_or_refuse(arrival, HostFingerprints(), self._adapters)
            if isinstance(answer, Page) and not self._fingerprints.homes:
                self._fingerprints = self._fingerprints.with_home(answer)
            return answer
        return read_or_refuse(arrival, self._fingerprints, self._adapters)


def adapters_for(district: District) -> tuple[Adapter, ...]:
    """Adapters that may take a page of this district: those it pins, else all; never a forbidden one."""
    pinned, forbidden = set(district.adapters), set(district.forbidden_adapters)
    return tuple(one for one in ADAPTERS if one.NAME not in forbidden and (not pinned or one.NAME in pinned))
