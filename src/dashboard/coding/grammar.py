"""French function words, folded, as the layout of a sentence needs them."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("a au aux ce ces cet cette d de des du l la le les leur leurs nos notre sa ses son un une")
DETERMINERS = _words("ce ces cet cette l la le les leur sa ses son un une")
CLAUSE_BREAKS = _words(
    '" ( ) + , - : ; [ ] alors apres car depuis dont lorsque mais ou puis qu quand que qui si tandis « » – —'
)
NEGATIONS = _words("aucun aucune guere jamais ni nul nulle pas plus rien sans")
NEGATION_HEADS = _words("aucun aucune n ne ni sans")
FORMS_OF_BE = _words(
    "est etaient etait etant ete etre furent fut sera seraient serait seront soient soit sont"
)
COORDINATION = _words(", et ou")
GLUE = ARTICLES | _words(", et ou puis mais comme")
# What the words before a country come down to; words not listed do not count.
PREPOSITIONS = {
    **dict.fromkeys(("de", "du", "des", "d"), "de"),
    **dict.fromkeys(("a", "au", "aux", "vers"), "a"),
    **dict.fromkeys(("en", "dans", "chez", "depuis"), "loc"),
    **dict.fromkeys(("et", "ou"), "et"),
    **dict.fromkeys(("que", "qu", "dont"), "que"),
    **dict.fromkeys(('"', "«"), '"'),
    **{
        word: word
        for word in _words("par avec contre entre pour selon sur face qui sous sans apres comme , :")
    },
    "envers": "env",
}
