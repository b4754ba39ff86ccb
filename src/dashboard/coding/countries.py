"""The countries and organisations that Vigie knows: code, French name, region."""

from dataclasses import dataclass
from types import MappingProxyType

from dashboard.coding import tables

REGIONS = ("Union européenne", "Russie", "Amériques", "Asie", "Afrique", "Moyen-Orient", "Monde")


@dataclass(frozen=True, slots=True)
class Country:
    """A country: `phrase` is its name in a sentence (« la Russie », « les États-Unis », « Cuba »)."""

    code: str
    name: str
    phrase: str
    region: str

    @property
    def of(self) -> str:
        """« de la Russie », « du Mali », « des États-Unis », « d’Israël »."""
        return _contracted("de ", "du ", "des ", self.phrase)

    @property
    def to(self) -> str:
        """« à la Russie », « au Mali », « aux États-Unis », « à Israël »."""
        return _contracted("à ", "au ", "aux ", self.phrase)


def _contracted(plain: str, masculine: str, plural: str, phrase: str) -> str:
    if phrase.startswith("le "):
        return masculine + phrase.removeprefix("le ")
    if phrase.startswith("les "):
        return plural + phrase.removeprefix("les ")
    if plain == "de " and phrase[0] in "AEIOUÉ":
        return "d’" + phrase
    return plain + phrase


def _read() -> dict[str, Country]:
    return {
        row["code"]: Country(row["code"], row["name"], row["phrase"], row["region"])
        for row in tables.shipped("countries.tsv")
    }


COUNTRIES: MappingProxyType[str, Country] = MappingProxyType(_read())


def name_of(code: str) -> str:
    """The French name for `code`; the code itself when it is not known."""
    country = COUNTRIES.get(code)
    return country.name if country else code
