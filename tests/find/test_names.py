from onrecord.find.names import find_names
from onrecord.record import Document, Source
from scores import make_scores


def test_the_same_words_are_of_one_kind_throughout_a_report() -> None:
    text = "Alibaba grew.\nAlibaba hired.\nShares of Alibaba fell."
    told = [("organisation", "Alibaba"), ("organisation", "Alibaba#2"), ("person", "Alibaba#3")]
    found = find_names(Document(text, Source("", "test")), make_scores(text, {"name": told}))
    assert [(mention.span.start, mention.kind) for mention in found] == [
        (0, "organisation"),
        (14, "organisation"),
        (39, "organisation"),
    ]
