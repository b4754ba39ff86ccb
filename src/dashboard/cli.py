"""The command line: vigie serve | demo | ingest | sync | list | code | check."""

import json
import sys
import traceback
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.french.commands import speak_french

speak_french()

import click  # noqa: E402  (click keeps the language it finds when it is loaded)

from dashboard import __version__, pipes, progress, settings  # noqa: E402
from dashboard.errors import VigieError  # noqa: E402
from dashboard.french import reports  # noqa: E402
from dashboard.selection import REGIONS, Selection  # noqa: E402

UNFORESEEN = (
    "Erreur imprévue ({}), détaillée ci-dessus. Le corpus publié est resté ce qu’il était\u00a0: vous pouvez "
    "recommencer."
)


class Day(click.ParamType[date]):
    """A day, typed as 2024-01-31."""

    name = "jour"

    def convert(self, value: str, param: click.Parameter | None, context: click.Context | None) -> date:
        """The day that was typed; click tells the mistake otherwise."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"«\u00a0{value}\u00a0» n’est pas un jour, par exemple 2024-01-31.", param, context)


DAY = Day()


@click.group(cls=pipes.Group, subcommand_metavar="COMMANDE …", context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="vigie", message="%(prog)s %(version)s")
@click.option(
    "--corpus",
    type=click.Path(file_okay=False, path_type=Path),
    envvar=settings.CORPUS_VARIABLE,
    help="Dossier du corpus (par défaut\u00a0: data/corpus, ou la variable VIGIE_CORPUS).",
)
@click.pass_context
def vigie(context: click.Context, corpus: Path | None) -> None:
    """Vigie observe un corpus d’actualité internationale : articles, pays, tensions, mots-clés."""
    context.obj = corpus or settings.corpus_folder()


def corpus_option(command: click.decorators.FC) -> click.decorators.FC:
    """`--corpus` after the command as well as before it."""

    def choose(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
        if folder:
            context.obj = folder

    option = click.option(
        "--corpus",
        type=click.Path(file_okay=False, path_type=Path),
        expose_value=False,
        callback=choose,
        help="Dossier du corpus.",
    )
    return option(command)


@vigie.command()
@corpus_option
@click.option(
    "--address", metavar="ADRESSE", default="127.0.0.1", show_default=True, help="Adresse d’écoute."
)
@click.option(
    "--port",
    metavar="PORT",
    type=click.IntRange(1, 65535),
    default=8501,
    show_default=True,
    help="Port d’écoute.",
)
@click.pass_obj
def serve(folder: Path, address: str, port: int) -> None:
    """Ouvrir le tableau de bord dans le navigateur."""
    from dashboard.ingest import demo as built_in
    from dashboard.ui import server

    server.refuse_a_taken_port(address, port)
    if built_in.wanted(folder):
        click.echo("Pas encore d’articles\u00a0: Vigie construit la chronique de démonstration.")
        built_in.build(folder, settings.CHRONICLE)
    click.echo(f"Vigie s’ouvre à l’adresse http://{address}:{port} (Ctrl+C pour l’arrêter).")
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        server.run(settings.APP, folder, address=address, port=port)


@vigie.command(short_help="Construire le corpus de démonstration.")
@corpus_option
@click.option(
    "--scale",
    metavar="NOMBRE",
    type=click.IntRange(1),
    help="Plutôt ce nombre d’articles artificiels, pour des essais.",
)
@click.pass_obj
def demo(folder: Path, scale: int | None) -> None:
    """Construire le corpus de démonstration : la chronique livrée avec Vigie."""
    from dashboard.ingest import demo as built_in

    report = (
        built_in.build_artificial(folder, scale, progress.bar)
        if scale
        else built_in.build(folder, settings.CHRONICLE, progress.bar)
    )
    click.echo(reports.ingested(report))


def confirm_option(command: click.decorators.FC) -> click.decorators.FC:
    """`--confirmer-les-retraits`, as the message names it that refuses to remove much at once."""
    said = "Retire même plus d’un tiers d’une source, si son site ne les liste plus."
    return click.option("--confirmer-les-retraits", "confirmed", is_flag=True, help=said)(command)


@vigie.command()
@corpus_option
@click.argument("names", nargs=-1, required=True, metavar="FICHIER|DOSSIER|ADRESSE…")
@click.option("--source", metavar="NOM", help="Nom de la source (par défaut\u00a0: d’après le contenu).")
@click.option(
    "--colonne", "columns", multiple=True, metavar="CHAMP=COLONNE", help="Corrige une colonne de table."
)
@click.option("--contact", metavar="ADRESSE", default="", help="Adresse de contact donnée aux sites visités.")
@click.option("--allow-private", is_flag=True, help="Permet les adresses du réseau local.")
@confirm_option
@click.pass_obj
def ingest(
    folder: Path,
    names: tuple[str, ...],
    source: str | None,
    columns: tuple[str, ...],
    contact: str,
    allow_private: bool,
    confirmed: bool,
) -> None:
    """Lire des fichiers et des sites dans le corpus.

    Captures de texte, pages, flux RSS et Atom, exports WordPress, tables CSV, JSONL ou Parquet, sites.
    """
    from dashboard.corpus import snapshots
    from dashboard.ingest import demo as built_in
    from dashboard.ingest import run
    from dashboard.ingest.fetching import Fetcher
    from dashboard.ingest.inputs import corrections, inputs_of
    from dashboard.ingest.spool import PATIENCE, Spool

    with Fetcher(contact=contact, allow_private=allow_private) as fetcher, Spool() as spool:
        with snapshots.writing(folder):
            pass  # who cannot write is told before a site is read
        inputs = list(
            spool.near(inputs_of(names, source=source, mapping=corrections(columns), fetcher=fetcher))
        )
        reason = f"lecture de {', '.join(Path(name).name or name for name in names[:3])}"
        report = run.ingest(
            folder,
            inputs,
            reason=reason,
            instead_of=built_in.NOT_NEWS,
            confirmed=confirmed,
            patience=PATIENCE,
            watch=progress.bar,
        )
    with pipes.while_read():
        for line in reports.told(report):
            click.echo(line)
    with pipes.while_read():
        for failure in report.failures:
            click.echo(failure, err=True)
    if report.failures:
        raise SystemExit(1)


@vigie.command(short_help="Visiter les sources de sources.toml.")
@corpus_option
@click.option(
    "--sources",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Fichier des sources (par défaut\u00a0: sources.toml, à côté du dossier du corpus).",
)
@click.option("--every", metavar="DURÉE", help="Recommencer à cet intervalle\u00a0: 30m, 2h, 1j.")
@click.option("--only", multiple=True, metavar="NOM", help="Ne visiter que cette source.")
@confirm_option
@click.pass_obj
def sync(folder: Path, path: Path | None, every: str | None, only: tuple[str, ...], confirmed: bool) -> None:
    """Visiter toutes les sources écrites dans sources.toml et lire ce qui a changé."""
    import os

    from dashboard.french import rounds
    from dashboard.ingest import schedule, sources_file
    from dashboard.ingest.sync import visit_all

    if confirmed and (every or not only):
        raise click.UsageError(
            "Un retrait se confirme pour une source et une visite\u00a0: ajoutez --only, sans --every."
        )

    def visit() -> bool:
        given = sources_file.read_sources(path or sources_file.beside(folder))
        teller = rounds.Teller(pipes.Console())
        found = visit_all(
            folder,
            given,
            only=only,
            confirmed=confirmed,
            follower=teller,
            stop=stop.is_set,
            watch=progress.bar,
        )
        with pipes.while_read():
            for line in rounds.round_lines(found):
                click.echo(line)
        return not found.failed and not found.interrupted

    with schedule.stopping() as stop:
        if every:
            os.nice(19)  # whoever reads the dashboard on this machine comes first
            schedule.keep_on(visit, schedule.interval(every), stop, tell=click.echo)
        elif not visit():
            raise SystemExit(1)


@vigie.command("list")
@corpus_option
@click.option("--jsonl", is_flag=True, help="Un objet JSON par ligne, texte compris.")
@click.option("--region", "regions", multiple=True, type=click.Choice(REGIONS), help="Région.")
@click.option("--du", "since", type=DAY, metavar="AAAA-MM-JJ", help="Premier jour, par exemple 2024-01-31.")
@click.option("--au", "until", type=DAY, metavar="AAAA-MM-JJ", help="Dernier jour.")
@click.option("--etiquette", "tags", metavar="MOT", multiple=True, help="Étiquette.")
@click.option("--rubrique", "sections", metavar="NOM", multiple=True, help="Rubrique.")
@click.option("--pays", "countries", metavar="PAYS", multiple=True, help="Code (RUS) ou nom (Russie).")
@click.option("--source", "sources", metavar="NOM", multiple=True, help="Source.")
@click.option("--q", "query", metavar="REQUÊTE", default="", help="Mots-clés.")
@click.pass_obj
def list_articles(folder: Path, /, jsonl: bool, **filters: Any) -> None:
    """Lister les articles d’une sélection."""
    from dashboard.analysis import articles, facets
    from dashboard.corpus.read import open_current
    from dashboard.terms import fold

    corpus = open_current(folder)
    names = facets.country_names(corpus)
    codes = {fold(name): code for code, name in names.items()} | {code.lower(): code for code in names}
    for asked in filters["countries"]:
        if fold(asked) not in codes:
            raise click.BadParameter(
                f"«\u00a0{asked}\u00a0» n’est ni un code ni un nom de pays connu.", param_hint="--pays"
            )
    filters["countries"] = tuple(codes[fold(asked)] for asked in filters["countries"])
    if filters["since"] and filters["until"]:
        filters["since"], filters["until"] = sorted((filters["since"], filters["until"]))
    selection = Selection(**{name: value for name, value in filters.items() if value})
    found = articles.export(corpus, selection)
    for record in reports.records(found):
        click.echo(json.dumps(record, ensure_ascii=False) if jsonl else reports.article_line(record))


@vigie.command()
@click.argument("text", required=False, metavar="[PHRASE]")
@click.option("--jsonl", is_flag=True, help="Lire des lignes {id, text} sur l’entrée, écrire des lignes.")
@corpus_option
@click.option("--all", "everything", is_flag=True, help="Coder à nouveau tous les articles du corpus.")
@click.pass_obj
def code(folder: Path, text: str | None, jsonl: bool, everything: bool) -> None:
    """Lire dans un texte quel pays agit envers quel autre."""
    if everything:
        from dashboard.ingest import run

        click.echo(f"Articles codés à nouveau\u00a0: {run.code_again(folder, progress.bar)}.")
    elif jsonl:
        from dashboard.coding.lines import code_lines

        with open(sys.stdin.fileno(), encoding="utf-8", errors="surrogateescape", closefd=False) as lines:
            for line in code_lines(lines):
                click.echo(line)
    elif text:
        from dashboard.coding.explain import explain

        click.echo(explain(text.encode("utf-8", "replace").decode("utf-8")))
    else:
        raise click.UsageError("Donnez une phrase entre guillemets, --jsonl ou --all.")


@vigie.command(short_help="Vérifier le corpus, dire ce qui a été refusé.")
@corpus_option
@click.pass_obj
def check(folder: Path) -> None:
    """Vérifier le corpus, et dire ce qui a été refusé, retiré, ou n’arrive plus."""
    from datetime import UTC, datetime

    from dashboard.corpus import check as checking
    from dashboard.corpus import snapshots, visits
    from dashboard.french import checks

    found = checking.check(snapshots.current(folder))
    for line in checks.report(found):
        click.echo(line)
    for line in checks.health(visits.load(folder), datetime.now(UTC)):
        click.echo(line)
    if found.problems:
        raise SystemExit(1)


def main() -> None:
    """The command `vigie`: a known failure is one French line and its exit code."""
    try:
        vigie(prog_name="vigie")
    except VigieError as error:
        with pipes.while_read():
            click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        with pipes.while_read():
            traceback.print_exc()
            click.echo(UNFORESEEN.format(type(error).__name__), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
