"""Word lists for `segment.py`: abbreviations by how they behave before a space, and usual first words of a sentence.

Tokens stand without their final point. Lists are ours, from the AP and Reuters style guides' usual abbreviations.
"""

from __future__ import annotations

#: Stand before a name; a sentence does not end with them.
BEFORE_NAME = frozenset(
    """Mr Mrs Ms Mx Dr Drs Prof Profs Messrs Mme Mlle Sen Sens Rep Reps Gov Govs Lt Gen Brig Maj Col Cpt Capt Cmdr
    Adm Sgt Cpl Pvt Pfc Spc Det Insp Supt Const Rev Revs Fr Hon Pres St Ste Mt Ft Atty Dep Asst Dist Sr Sra Srta
    Amb Sec Min Lord-Lt Maj-Gen Lt-Gen Lt-Col Brig-Gen MR MRS MS DR ST FT MT Ald Del Dels Msgr Bros""".split()
)
MONTHS = frozenset("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec JAN FEB MAR APR AUG SEPT OCT NOV DEC".split())
#: Abbreviations before a figure, and whole words or ends of sentences otherwise.
BEFORE_NUMBER = MONTHS | frozenset(
    "No Nos no nos NO Op op pp p Vol vol Vols Fig Figs fig Art art Sec sec ch Ch pt Pt ca".split()
)
BORN_AND_DIED = frozenset("b c d m r".split())
NEVER_FINAL = frozenset("e.g i.e vs v cf viz approx incl esp al".split())
TIME_OF_DAY = frozenset(("a.m", "p.m"))
ZONES_AND_DAYS = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun January
    February March April May June July August September October November December Eastern Central Pacific
    Mountain Atlantic GMT UTC BST CET CEST EST EDT ET CST CDT CT MST MDT MT PST PDT PT IST AEST AEDT AWST JST
    HKT SGT MSK EET EEST Moscow London Greenwich Beijing Tokyo Kyiv Sydney Local Paris Berlin Christmas
    Thanksgiving Easter""".split()
    + sorted(MONTHS)
)
#: May end a sentence or stand inside one.
EITHER = MONTHS | frozenset(
    """Inc Corp Co Cos Cie Ltd Plc LLC Bhd Pty Pte Jr Sr Esq Ph.D PhD M.D D.D.S Assn Dept Univ Ave Blvd Rd Hwy Sq Ln Ct
    Pkwy Bldg Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev
    Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta Sask Man B.C Tues Wed Thurs Fri Sat Sun Mon Tue Thu ft
    in lb lbs oz sq mi km hr hrs min etc Ed Eds ed est Est dept gov""".split()
)
EXCLAIMING_NAMES = frozenset("Yahoo Jeopardy E Yum Chips".split())
#: Words that commonly begin a sentence and seldom go on after an abbreviation.
STARTERS = frozenset(
    """The A An This That These Those He She It They We I You His Her Its Their Our My Your There Here What Who Why
    How When Where Which While If In On At By For From With Without Within Under Over After Before Since Until
    During Despite Although Though Because As But And Or So Yet Nor However Meanwhile Moreover Still Also Then
    Now Not No Yes Some Many Most Several All Both Each Every Another Other Others One Two Three Four Five Six
    Seven Eight Nine Ten Once Only Even Just Earlier Later Last Next Asked According Among Between Through
    Throughout Besides Instead Perhaps Maybe Rather Such To Of About Against Amid Today Yesterday Tomorrow
    Police Officials Critics Experts Such Nearly More Less Few Much Neither Either Had Has Have Was Were Is Are
    Did Does Do Can Could Should Would Will Let Being Having Given Unlike Thus Hence Therefore Indeed Finally
    First Second Third Additionally Furthermore Nevertheless Nonetheless Previously Recently Currently Sources
    Investigators Authorities Prosecutors It’s It's He’s He's She’s She's That’s That's There’s There's We’re
    We're They’re They're I’m I'm I’ve I've We’ve We've Don’t Don't Didn’t Let’s Let's What’s What's""".split()
)
SPEECH_VERBS = (
    "said says asked asks added adds wrote writes tweeted shouted yelled cried told wondered exclaimed replied "
    "responded answered quipped joked demanded screamed insisted chanted recalled continued declared"
).split()
