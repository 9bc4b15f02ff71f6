"""What a sentence says that somebody is: `Ann Lee, who will become chairman of the harbour board in May`.

    Pavel Orsini, who is a member of parliament, …      ->  member, parliament
    Rosa Klint, 59, said she has served as the priest … ->  priest

Reads on from a name to the end of its sentence or to whoever is named next. Only what people are or do is taken.
"""

from __future__ import annotations

import re
from typing import Final

_ITS: Final = r"(?:an?|the|its|their|his|her|one of the)\s"
_WHAT: Final = r"(?P<what>[^,.;:()“”\"\n]{3,90})"
_NOW: Final = r"(?:(?:also|now|currently|then|still|reportedly|once)\s)?"
#: Right behind the name: `, who is a nurse`, ` will become chairman`.
_IS: Final = re.compile(
    rf"(?:,\s\d{{1,3}})?,?\s(?:who\s)?(?:(?:is|has\sbeen|will\sbe)\s{_NOW}{_ITS}"
    rf"|(?:will\sbecome|(?:has\s)?(?:serve[sd]|work(?:s|ed))\sas)\s(?:{_ITS})?){_WHAT}"
)
#: Farther on: `said he has served as the priest`.
_SERVED: Final = re.compile(
    rf"\b(?:he|she)\s(?:has\s|had\s)?(?:been\s)?(?:serv(?:es|ed|ing)|work(?:s|ed|ing))\sas\s(?:{_ITS})?{_WHAT}"
)
_SENTENCE_END: Final = re.compile(r"(?<![A-Z])[.!?][”\"]?\s|[\n“]")


def held_office(behind: str) -> str:
    """What the words behind a name say that its bearer is; empty where they say nothing of the sort."""
    found = _IS.match(behind)
    if found is None and " as " in behind:
        end = _SENTENCE_END.search(behind)
        found = _SERVED.search(behind, 0, end.start() if end else len(behind))
    return "" if found is None else found["what"]
