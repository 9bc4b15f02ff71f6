"""Words for bodies: what firms, offices and clubs are called, and which names tell what sort they are of."""

from __future__ import annotations

from typing import Final

SMALL: Final = frozenset(
    "the a an one of for and in at to on his her its their this that former top then another also".split()
)
#: What firms are called. Those of the second row may be persons as well: the producer of a film.
FIRMS: Final = frozenset(
    """company firm airline automaker concern maker carmaker drugmaker chipmaker steelmaker planemaker retailer brewer
    brewery insurer lender carrier giant label studio brokerage conglomerate utility startup start-up bank
    manufacturer producer publisher distributor supplier operator broadcaster homebuilder thrift chain
    miner bookmaker shipbuilder refiner wholesaler exchange franchise railroad""".split()
)
PERHAPS_PERSONS: Final = frozenset("giant producer publisher distributor supplier operator maker miner".split())
BODIES: Final = FIRMS | frozenset(
    """agency ministry party group organization organisation paper newspaper department union team
    club commission university charity council association board office alliance court committee
    campaign city municipality institute foundation school academy college hospital coalition network federation church
    magazine daily weekly website bureau centre center panel tribunal army navy force movement society government
    military embassy authority parliament developer watchdog chamber senate congress legislature cabinet
    ngo nonprofit regulator outlet tabloid station channel militia fund trust museum zoo theater theatre orchestra
    guild collective tank service bloc""".split()
)
#: Kinds of body that a name need not tell: the last one that acted may be it.
UNNAMED_KINDS: Final = FIRMS | frozenset(
    "agency organization organisation paper newspaper charity club magazine website "
    "network foundation alliance association party school academy ngo nonprofit".split()
)
#: Kinds of body that a name need not tell either; only who spoke right before may be it.
OFFICES: Final = frozenset(
    "department bureau office centre center institute commission council ministry authority watchdog institution "
    "federation coalition group bank union team chamber hospital college university regulator outlet tabloid station "
    "channel militia fund trust museum zoo theater theatre orchestra guild collective tank service bloc".split()
)
#: Kinds of body that say nothing of what it does: it is the last one rather than one that was once called so.
ANY_BODY: Final = frozenset("company firm group organization organisation agency concern".split())
#: Words by which names tell what sort of body they are of, beside those of the description itself.
SORTS: Final = tuple(
    (frozenset(words.split()), frozenset(names.split()))
    for words, names in (
        ("school academy", "school academy college lyceum lycee gymnasium"),
        ("university college", "university college polytechnic"),
        ("hospital", "hospital clinic infirmary medical"),
        (
            "paper newspaper daily weekly outlet tabloid broadsheet publication",
            "times post herald gazette tribune chronicle courier daily weekly news journal",
        ),
        ("label", "records entertainment music recordings"),
        ("airline carrier", "airlines airways air express aviation"),
        ("bank lender", "bank banco banque bancorp"),
        ("thrift", "savings thrift"),
        ("party", "party congress front movement"),
        ("ministry", "ministry"),
        ("court tribunal", "court tribunal"),
        (
            "union",
            "union workers teamsters brotherhood teachers attendants nurses pilots drivers machinists engineers "
            "employees electricians carpenters steelworkers autoworkers musicians",
        ),
        ("studio", "studios studio pictures films"),
    )
)
#: What papers and stations are called, and the last words of their names.
PAPERS: Final = frozenset("paper newspaper daily weekly outlet tabloid magazine station website network".split())
PRESS: Final = frozenset(
    """times post herald gazette tribune chronicle courier journal ledger news sentinel dispatch bulletin examiner
    observer""".split()
)
TOWNS: Final = frozenset("city county municipality".split())
OF_THE_STATE: Final = frozenset(
    """government ministry department agency commission court council police army parliament senate congress party
    university un eu administration authority committee federation association union office reuters""".split()
)
#: What every country has: the one that is named only further down is another country's.
OF_A_COUNTRY: Final = frozenset("government army navy military parliament cabinet senate congress embassy".split())
#: What tells that another body is meant than the one that the report is about.
OTHER_BODY: Final = frozenset("parent rival sister other new second same insurance holding state".split())


def telling_names(noun: str) -> frozenset[str]:
    """The words by which names tell that a body is of this sort: "airways" of an airline."""
    return next((names for words, names in SORTS if noun in words), frozenset())


def same_sort(noun: str) -> frozenset[str]:
    """The nouns for bodies of this sort: "paper" and "daily"."""
    return next((words for words, _ in SORTS if noun in words), frozenset((noun,)))
