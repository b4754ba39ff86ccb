"""The French that Plotly needs in a browser: names of days and months, separators, words of its buttons."""

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

LOCALE = Locale("fr")
# English key by key as plotly.js has them; a key that it does not know is never shown.
DICTIONARY = {
    "Autoscale": "Échelle automatique",
    "Box Select": "Sélection rectangulaire",
    "Double-click to zoom back out": "Double-cliquer pour dézoomer",
    "Download plot": "Télécharger l’image",
    "Lasso Select": "Sélection au lasso",
    "Pan": "Déplacer",
    "Reset axes": "Rétablir les axes",
    "Zoom": "Zoomer",
    "Zoom in": "Agrandir",
    "Zoom out": "Réduire",
    "lower fence": "borne inférieure",
    "max": "max.",
    "median": "médiane",
    "min": "min.",
}


def plotly_locale() -> dict[str, object]:
    """The value of `config.locales.fr` for plotly.js, from Unicode CLDR as Babel carries it."""
    days, months = LOCALE.days["format"], LOCALE.months["format"]
    week = (6, 0, 1, 2, 3, 4, 5)
    return {
        "moduleType": "locale",
        "name": "fr",
        "dictionary": DICTIONARY,
        "format": {
            "days": [days["wide"][d] for d in week],
            "shortDays": [days["abbreviated"][d] for d in week],
            "months": [months["wide"][m] for m in range(1, 13)],
            "shortMonths": [months["abbreviated"][m] for m in range(1, 13)],
            "date": "%d/%m/%Y",
            "decimal": get_decimal_symbol(LOCALE),
            "thousands": get_group_symbol(LOCALE),
            "year": "%Y",
            "month": "%b %Y",
            "dayMonth": "%-d %b",
            "dayMonthYear": "%-d %b %Y",
        },
    }
