"""The French of what Streamlit leaves in English: menus, table buttons, the language of the page."""

import json

import streamlit as st

from dashboard.ui.links import whole

WORDS = {
    "Select all": "Tout sélectionner",
    "No results": "Aucun résultat",
    "No options to select": "Rien à choisir",
    "No options to select.": "Rien à choisir.",
    "Search": "Rechercher",
    "Fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran",
    "Exit fullscreen": "Quitter le plein écran",
    "Download as CSV": "Télécharger en CSV",
    "Show/hide columns": "Afficher ou masquer des colonnes",
    "Hide toolbar": "Masquer la barre",
    "Print": "Imprimer",
    "Record screen": "Enregistrer l’écran",
    "Record a screencast": "Enregistrer l’écran",
    "Rerun": "Actualiser",
    "Settings": "Réglages",
    "About": "À propos",
    "Appearance": "Apparence",
    "Light": "Clair",
    "Dark": "Sombre",
    "System": "Système",
    "Use system setting": "Comme le système",
    "Copy to clipboard": "Copier",
    "Clear all": "Tout effacer",
    "Clear value": "Effacer",
    "Connecting": "Connexion",
    "Running...": "Calcul en cours…",
    "Stop": "Arrêter",
    "View more": "Voir plus",
    "View less": "Voir moins",
    "Sort ascending": "Tri croissant",
    "Sort descending": "Tri décroissant",
    "Autosize": "Ajuster la largeur",
    "Pin column": "Épingler la colonne",
    "Unpin column": "Détacher la colonne",
    "Hide column": "Masquer la colonne",
    "Statistics": "Statistiques",
    "Count": "Nombre",
    "Distinct": "Valeurs distinctes",
    "Empty": "Vides",
    "Sum": "Somme",
    "Average": "Moyenne",
    "Median": "Médiane",
    "Average length": "Longueur moyenne",
    "Minimum length": "Longueur minimale",
    "Maximum length": "Longueur maximale",
    "Sidebar": "Filtres",
    "Choose date": "Choisir un jour",
    "dd": "jj",
    "yyyy": "aaaa",
    "Open sidebar": "Ouvrir les filtres",
    "Close sidebar": "Fermer les filtres",
    "Selected values": "Valeurs choisies",
    "App pages": "Pages",
    "Navigate to home page": "Aller à la première page",
    "Collapse sidebar": "Replier les filtres",
    "Next page": "Page suivante",
    "Previous page": "Page précédente",
    "Open": "Ouvrir",
    # Under a download button for some seconds, whatever went wrong; the reason stands in the log.
    "Failed to generate file for download": "Fichier non préparé\u00a0: resserrez les filtres ou réessayez.",
    "Download failed": "Le téléchargement a échoué\u00a0: réessayez.",
}

# Labels that end in a name of ours or a word of the corpus: their English beginning, and the French one.
OPENINGS = {
    "Remove ": "Retirer ",
    "Help for ": "Aide\u00a0: ",
    "day, ": "jour, ",
    "month, ": "mois, ",
    "year, ": "année, ",
    **{
        f"{button}: ": f"{WORDS[button]}\u00a0: "
        for button in ("Search", "Fullscreen", "Close fullscreen", "Download as CSV", "Show/hide columns")
    },
}

# Text nodes and labels are replaced only when they are exactly one of the words: what articles say is safe,
# because a title that is just « Search » is not met in the press.
SCRIPT = """
export default function () {
  const words = %s;
  const openings = Object.entries(%s);
  const page = document.documentElement;
  page.lang = "fr";
  const told = ["aria-label", "title", "placeholder"];
  const label = (element) => {
    for (const name of told) {
      const said = element.getAttribute(name);
      if (!said) continue;
      const [opening, ours] = openings.find(([start]) => said.startsWith(start)) || ["", ""];
      const french = words[said] || (opening && ours + said.slice(opening.length));
      if (french && french !== said) element.setAttribute(name, french);
    }
  };
  // What Plotly draws is in French already, and is thousands of nodes at every change.
  const figure = (element) => element?.classList?.contains("main-svg");
  const drawn = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return figure(element) || figure(element?.ownerSVGElement);
  };
  const kinds = NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT;
  const spare = (node) => (figure(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const mend = (root) => {
    if (drawn(root)) return;
    const walker = document.createTreeWalker(root, kinds, spare);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const french = words[node.nodeValue.trim()];
        if (french) node.nodeValue = node.nodeValue.replace(node.nodeValue.trim(), french);
      } else if (node.getAttribute) label(node);
    }
  };
  mend(document.body);
  const observer = new MutationObserver((changes) => {
    for (const change of changes)
      if (change.type === "attributes") label(change.target);
      else for (const node of change.addedNodes) mend(node);
  });
  const all = { childList: true, subtree: true, attributes: true, attributeFilter: told };
  observer.observe(document.body, all);
  return () => observer.disconnect();
}
"""


def speak_french() -> None:
    """Translate Streamlit's own words in the visitor's page, those that appear later included."""
    script = SCRIPT % tuple(json.dumps(known, ensure_ascii=False) for known in (WORDS, OPENINGS))
    component = st.components.v2.component("vigie_french", js=script)
    component(key="french", height=0)


# Plotly takes every touch of a figure for the beginning of a drag and keeps the page from moving under the
# finger. Spared the touch, it still gets the click that the browser makes of a tap.
FINGER = """
export default function () {
  const spare = (event) => { if (event.target.closest?.(".js-plotly-plot")) event.stopPropagation(); };
  const how = { capture: true, passive: true };
  document.addEventListener("touchstart", spare, how);
  return () => document.removeEventListener("touchstart", spare, how);
}
"""


def let_figures_scroll() -> None:
    """Let a finger that slides over a figure move the page, as it does everywhere else."""
    component = st.components.v2.component("vigie_finger", js=FINGER)
    component(key="finger", height=0)


# Read again by the server at the next visit; it holds the number of a snapshot and nothing of the visitor.
COOKIE = "vigie_etat"
REMEMBER = """
export default function ({ data }) {
  document.cookie = data.name + "=" + data.number + "; max-age=31536000; path=/; SameSite=Lax";
}
"""


def last_seen() -> int | None:
    """The number of the snapshot that this browser saw at its last visit."""
    return whole(st.context.cookies.get(COOKIE, ""))


def remember(snapshot: str) -> None:
    """Let the browser keep which snapshot it was shown."""
    component = st.components.v2.component("vigie_visit", js=REMEMBER)
    component(key="visit", height=0, data={"name": COOKIE, "number": int(snapshot.partition("-")[0])})
