"""A copy of a database in which listed people go by their pseudonyms: what `onrecord serve --shield` shows.

Every current story is written anew under the shield and put into a new database, so that whatever is asked of it, by
any page, list, search or count, can tell no more than the copy holds. Rejected statements are left out and corrections
applied; judgements, earlier versions of pages and pages that failed stay behind: they hold free text and names.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.batch import link_people
from onrecord.keep.store import Store
from onrecord.show.export.reported import all_reported
from onrecord.show.export.shield import shield_of

_STORIES_A_COMMIT = 200


@contextmanager
def shielded(path: Path, names: Path, *, on_story: Callable[[], None] | None = None) -> Iterator[Store]:
    """The copy, open for reading while the context lasts, then deleted; it lies where only this user may look."""
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        copy = Path(folder) / "shielded.db"
        with Store.open(path) as store, Store.open(copy, access="create") as target:
            _copy(store, target, names, on_story or (lambda: None))
            link_people(target)
        with Store.open(copy) as shown:
            yield shown


def _copy(store: Store, target: Store, names: Path, on_story: Callable[[], None]) -> None:
    shield = shield_of(names, store)
    target.begin()
    for number, each in enumerate(all_reported(store), 1):
        target.put(shield.over(each).record)
        on_story()
        if number % _STORIES_A_COMMIT == 0:
            target.commit()
            target.begin()
    target.commit()
