"""The words that surround articles on a page: rubrics, sidebars, menus, credits, mail envelopes."""

import re

SECTIONS = {
    "union europeenne", "russie", "ameriques", "asie", "afrique", "moyen orient", "le monde de demain",
    "monde",
    "en continu", "grand angle", "idees", "tribune", "tribunes", "entretiens", "analyses", "decryptages",
}  # fmt: skip
SIDEBARS = {
    "sur le meme sujet", "sur le meme theme", "tribune a la une", "a la une", "derniers articles",
    "les plus lus",
    "a lire aussi", "lire aussi", "articles similaires", "articles lies", "dans la meme rubrique",
    "a decouvrir",
    "vous aimerez aussi", "nos derniers articles", "a lire egalement", "du meme auteur",
}  # fmt: skip
LISTS_WITHOUT_TEXT = {
    "articles recents", "commentaires recents", "archives", "categories", "navigation de l article",
    "etiquettes",
    "laisser un commentaire", "laisser un commentaire annuler la reponse", "commentaires",
    "nuage d etiquettes",
}  # fmt: skip
INSTITUTIONAL = {
    "a propos", "l equipe", "contact", "mentions legales", "politique de confidentialite",
    "skip to content",
    "aller au contenu", "nous contacter", "qui sommes nous", "plan du site", "aller au contenu principal",
}  # fmt: skip
NAVIGATION = INSTITUTIONAL | {
    "facebook", "twitter", "x", "rss", "instagram", "linkedin", "youtube", "telegram", "whatsapp",
    "bluesky", "e mail",
    "email", "newsletter", "accueil", "menu", "menu fermer", "fermer", "rechercher", "recherche",
    "scroll to top",
    "retour en haut", "haut de page", "partager", "imprimer", "tweet", "tweeter", "s abonner",
    "abonnez vous",
    "connexion", "se connecter", "mon compte", "cookies", "gestion des cookies", "accepter", "refuser",
    "suivant",
    "tout accepter", "tout refuser", "older posts", "newer posts", "navigation des articles",
    "page suivante",
    "page precedente", "precedent", "publicite", "annonce", "aucun commentaire",
    "publication mise en avant",
    "lire plus tard", "ecouter", "sauvegarder", "copier le lien", "non classe",
    "en savoir plus sur les cookies",
}  # fmt: skip
MENU_SENTENCES = re.compile(
    r"^(?:©|\(c\) ?\d|copyright\b|pour (?:vous abonner|recevoir)|abonnez-vous|inscrivez-vous"
    r"|suivez-nous|partager (?:sur|cet|:)"
    r"|cliquez pour|ce site utilise|nous utilisons des cookies|en poursuivant votre navigation"
    r"|voir tous les (?:articles|posts)"
    r"|votre adresse e-?mail|les champs obligatoires|fièrement propulsé|\d+ commentaires?$"
    r"|temps de lecture|\d+ ?min(?:utes?)? de lecture"
    r"|page \d+\b.{0,40}$|navigation\b.{0,20}$|image : |[←→«»‹› ]*(?:articles|publications"
    r"|billets) plus (?:ancien|récent)(?:ne)?s"
    r"|.*\btous droits réservés\.?$|mis à jour le |dernière mise à jour|accueil [>›»/])",
    re.IGNORECASE,
)
PAGE_NUMBERS = re.compile(r"^(?=.*\d)[\d\s….,|‹›«»←→<>\[\]-]{1,60}$")
IMAGE_NAME = re.compile(r"^(?:[a-z0-9]+(?:[-_][a-z0-9]+)+|[\w-]+\.(?:jpe?g|png|gif|webp|svg))$")
MAIL_HEADER = re.compile(
    r"^(?:(?:De|From|À|A|To|Cc|Cci|Envoyé|Sent|Date|Objet|Subject|Répondre à|Reply-To) ?: .{1,200}"
    r"|-{3,}.*(?:message|forward).*|(?:début du|begin) .{0,12}(?:message|forwarded).*|envoyé (?:de"
    r"|depuis) mon .*"
    r"|(?:bonjour|bonsoir|merci)[ ,.!]*|_{4,}|={4,})$",
    re.IGNORECASE,
)
AGENCIES = "AFP|Reuters|AP|EPA|DR|Getty(?: Images)?|Unsplash|Wikimedia(?: Commons)?|Flickr|Pixabay|Pexels"
CREDIT = re.compile(
    rf"\(?\b(?:Crédits?(?:[- ]photos?)?|Photos?|©)\s*:\s*(?:(?:{AGENCIES})\b|(?:{AGENCIES})(?=[A-ZÀ-Ý])"
    rf"|.{{1,60}}$)\.?\)?"
)
CAPTION = re.compile(r"\(?(?:illustration|archives?|photo d[’']illustration)\)?\.?\s*$", re.IGNORECASE)
MAIL_CLOSING = re.compile(
    r"^(?:cordialement|bien (?:cordialement|à (?:vous|toi))|bonne (?:lecture|journée)|--)[ ,.!]*$", re.I
)
ALSO_READ = re.compile(r"^(?:à )?lire (?:aussi|également|notamment)\s*:\s*\S", re.IGNORECASE)
BULLET = re.compile(r"^[•·▪◦*–-]\s+")
DATED = re.compile(
    r"^(?:(?:publié|mis en ligne|posté|écrit|par)\b)?\s*(?:le\s+|on\s+)?(?P<date>@)"
    r"(?:\s*(?:à|,|-|–|\|)?\s*\d{1,2}\s?[h:]\s?\d{0,2})?(?:\s*[-–"
    r"|·,•]?\s*par\s*:?\s*(?P<author>[^\d@]{2,60}))?\s*$",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"^par\s+(?P<author>[^\d@,|]{2,60}?)\s*[,|·–•-]?\s*(?:publié\s+)?(?:le\s+)?@$", re.IGNORECASE
)
FILED = re.compile(
    r"^(?:Catégorisé comme|Publié dans|Classé (?:dans|sous))\s*:?\s*(?P<sections>.*?)"
    r"(?:\s*(?:Étiqueté"
    r"|Tags?|Mots-clés)\s*:?\s*(?P<tags>.*))?$"
    r"|^(?:Étiqueté|Étiquettes|Mots-clés|Tags)\s*:?\s*(?P<only_tags>.+)$"
)
