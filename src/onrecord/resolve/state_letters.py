"""What the letters behind the name of a lawmaker say: `(D-Vt.)` sits for Vermont, `(R-Wis.)` for Wisconsin.

Knows the states of the United States by the letters that papers and the post use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LETTERS: Final = re.compile(r"\(\s?[DRI][-–—\s,]{1,2}(?P<state>[A-Z][\w.\s]{1,13}?)\s?\)")
_STATES: Final = {
    short: name
    for name, letters in (
        line.split(": ")
        for line in """alabama: al ala
alaska: ak
arizona: az ariz
arkansas: ar ark
california: ca calif cal
colorado: co colo
connecticut: ct conn
delaware: de del
florida: fl fla
georgia: ga
hawaii: hi
idaho: id
illinois: il ill
indiana: in ind
iowa: ia
kansas: ks kan kans
kentucky: ky
louisiana: la
maine: me
maryland: md
massachusetts: ma mass
michigan: mi mich
minnesota: mn minn
mississippi: ms miss
missouri: mo
montana: mt mont
nebraska: ne neb nebr
nevada: nv nev
new hampshire: nh
new jersey: nj
new mexico: nm
new york: ny
north carolina: nc
north dakota: nd
ohio: oh
oklahoma: ok okla
oregon: or ore
pennsylvania: pa penn
rhode island: ri
south carolina: sc
south dakota: sd
tennessee: tn tenn
texas: tx tex
utah: ut
vermont: vt
virginia: va
washington: wa wash
west virginia: wv
wisconsin: wi wis
wyoming: wy wyo""".splitlines()
    )
    for short in letters.split()
}


def state_of_lawmaker(behind: str) -> Iterator[str]:
    """The words of the state whose letters stand right behind a name: `new`, `mexico`."""
    found = _LETTERS.match(behind.lstrip())
    if found is not None:
        state = re.sub(r"[.\s]", "", found["state"]).lower()
        yield from _STATES.get(state, found["state"].lower()).split()
