"""`annotator codebook`: show the labels, attributes and relation types, write them to a file, or take a file in."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import annotator
from annotator import records
from annotator.cli import output
from annotator.cli.arguments import add_annotator, add_project
from annotator.domain.codebook import AttributeType, Codebook, RelationType
from annotator.domain.codebook_merge import Merge

DESCRIPTION = """\
Show the labels of a project with their keys, guidelines and attributes, and the relation types; or write them to a
file that `new` takes; or take such a file in: what the project lacks is added, what has the same name takes what the
file says of it, and nothing is taken away. Undo takes an import back."""
EXAMPLES = (
    "annotator codebook study.annotator",
    "annotator codebook study.annotator --export labels.codebook.json",
    "annotator codebook study.annotator --import labels.codebook.json",
)


def configure(parser: ArgumentParser) -> None:
    add_project(parser)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--export", metavar="FILE", type=Path, help="write the codebook to FILE, as JSON")
    one.add_argument("--import", metavar="FILE", type=Path, dest="file", help="take the codebook in FILE in, by name")
    add_annotator(parser)
    parser.add_argument("--force", action="store_true", help="replace the FILE of --export where it exists")


def run(arguments: Namespace) -> int:
    with annotator.open(arguments.project, arguments.annotator) as project:
        codebook = project.full_codebook()
        if arguments.file:
            merge = project.import_codebook(records.read_codebook(arguments.file, codebook))
            _say_merge(merge, as_json=arguments.json)
            return 0
    if arguments.export:
        records.write_codebook(codebook, arguments.export, force=arguments.force, project=arguments.project)
    if arguments.json:
        output.say_json(records.codebook(codebook))
    elif arguments.export:
        output.say(f"Wrote {output.counted(len(codebook.labels), 'label')} to {arguments.export}")
    else:
        for line in _lines(codebook):
            output.say(line)
    return 0


def _say_merge(merge: Merge, *, as_json: bool) -> None:
    if as_json:
        output.say_json(records.merged(merge))
        return
    for entry in merge.added:
        output.say(f"Added {entry}")
    for entry in merge.changed:
        output.say(f"Changed {entry}")
    for entry in merge.left:
        output.say(f"Left {entry} as it was: in the file it is of another kind")
    if not merge.added and not merge.changed:
        output.say("Nothing to add or change.")


def _lines(codebook: Codebook) -> Iterator[str]:
    for label in codebook:
        kind = f", a kind of {label.parent}" if label.parent else ""
        yield f"{label.key or '-'}  {label.name} ({label.letter}, {label.colour}, {label.line_form.value} line{kind})"
        if label.guideline:
            yield f"   {label.guideline}"
        for attribute in codebook.attributes_of(label.name):
            yield f"   - {_attribute(attribute)}"
    if codebook.relations:
        yield ""
        yield "Relation types"
    for relation in codebook.relations:
        yield f"   {_relation(relation)}"


def _attribute(attribute: AttributeType) -> str:
    among = f": {', '.join(attribute.options)}" if attribute.options else ""
    required = ", required" if attribute.required else ""
    return f"{attribute.name} ({attribute.kind.value}{required}){among}"


def _relation(relation: RelationType) -> str:
    sources, targets = (", ".join(ends) or "any label" for ends in (relation.sources, relation.targets))
    return f"{relation.name}: {sources} → {targets}"
