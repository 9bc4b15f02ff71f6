"""News agencies and the names they go by. A data table with one look-up; it judges no text."""

from __future__ import annotations

import re

#: Name we record -> other names and signatures it goes by. Signatures match in their own case and in capitals.
AGENCIES: dict[str, tuple[str, ...]] = {
    "AP": ("Associated Press", "The Associated Press", "A.P.", "AP News", "The AP", "AP Sports", "AP Business"),
    "Reuters": ("Thomson Reuters", "Reuters Staff", "Reuters News", "Reuters News Agency"),
    "AFP": ("Agence France-Presse", "Agence France Presse", "AFP News", "AFP News Agency"),
    "PA": ("Press Association", "PA Media", "PA News Agency", "PA news agency", "The Press Association"),
    "dpa": ("Deutsche Presse-Agentur", "dpa international", "Dpa"),
    "Interfax": ("Interfax-Ukraine", "Interfax News Agency"),
    "Xinhua": ("Xinhua News Agency", "Xinhuanet"),
    "TASS": ("ITAR-TASS", "Itar-Tass", "Tass"),
    "ANSA": ("Agenzia ANSA",),
    "EFE": ("Agencia EFE", "EFE News", "Efe", "EFE-EPA"),
    "Kyodo": ("Kyodo News", "Kyodo News Agency"),
    "UPI": ("United Press International",),
    "Bloomberg": ("Bloomberg News",),
    "Anadolu": ("Anadolu Agency", "AA"),
    "Yonhap": ("Yonhap News Agency", "Yonhap News"),
    "PTI": ("Press Trust of India",),
    "ANI": ("Asian News International",),
    "IANS": ("Indo-Asian News Service",),
    "Jiji": ("Jiji Press",),
    "Bernama": (),
    "Antara": ("Antara News",),
    "Ukrinform": (),
    "UNIAN": (),
    "BelTA": ("BELTA",),
    "RIA Novosti": ("RIA", "Ria Novosti"),
    "Tanjug": (),
    "FENA": ("Fena",),
    "Hina": ("HINA",),
    "STA": ("Slovenian Press Agency",),
    "MTI": (),
    "PAP": ("Polish Press Agency",),
    "CTK": ("ČTK", "Czech News Agency"),
    "BTA": ("Bulgarian News Agency",),
    "APA": ("Austria Presse Agentur",),
    "ANP": (),
    "Belga": ("Belga News Agency",),
    "Ritzau": (),
    "NTB": (),
    "TT": (),
    "Lusa": ("LUSA",),
    "IRNA": ("Islamic Republic News Agency",),
    "ISNA": (),
    "SANA": ("Syrian Arab News Agency",),
    "WAFA": ("Wafa",),
    "MENA": ("Middle East News Agency",),
    "SPA": ("Saudi Press Agency",),
    "WAM": ("Emirates News Agency",),
    "KCNA": ("Korean Central News Agency",),
    "CNA": ("Central News Agency",),
    "VNA": ("Vietnam News Agency",),
    "APP": ("Associated Press of Pakistan",),
    "BSS": (),
    "NAN": ("News Agency of Nigeria",),
    "GNA": ("Ghana News Agency",),
    "AAP": ("Australian Associated Press",),
    "RNZ": (),
    "The Canadian Press": ("Canadian Press", "CP"),
    "Inter Press Service": ("IPS",),
    "PRNewswire": ("PR Newswire",),
    "Business Wire": ("BUSINESS WIRE",),
    "GlobeNewswire": ("GLOBE NEWSWIRE",),
    "Tribune News Service": ("TNS",),
    "CNN Wire": ("CNN Newsource",),
    "Balkan Insight": ("BIRN",),
    "RFE/RL": ("Radio Free Europe/Radio Liberty",),
}
_BY_ALIAS = {alias: name for name, aliases in AGENCIES.items() for alias in (name, *aliases)}
_BY_ALIAS |= {alias.upper(): name for alias, name in _BY_ALIAS.items() if len(alias) > 2}
_SPELLED_OUT = sorted((alias for alias in _BY_ALIAS if len(alias) >= 5), key=lambda alias: -len(alias))
_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _SPELLED_OUT))})(?!\w)")


def agency_called(signature: str) -> str | None:
    """The agency whose name or signature is just `signature` ("AP", "The Associated Press"), else None."""
    return _BY_ALIAS.get(signature.strip(" .,|-–—/()[]\t\u00a0"))


def agency_named_in(words: str) -> str | None:
    """The first agency spelled out in `words` ("an Associated Press writer"); short signatures do not count."""
    found = _NAMED.search(words)
    return _BY_ALIAS[found[0]] if found else None
