"""Trees as the API shows them: a node each, with its place in a drawing."""

from dataclasses import asdict
from typing import Literal

from pydantic import Field

from backend.api.documents.document import Document, with_example
from backend.figures.tree_layout import TreeLayout

_LOSS = {"label": "loss", "kind": "variable", "level": 1, "row": 0.0, "parent": 0, "dead": False, "note": None}


class TreeNodeDocument(Document):
    """A node of a tree, or what stands for nodes that are left out."""

    label: str = Field(
        description="an operator's sign, a variable's name, a number rounded; … and how many are left out"
    )
    kind: Literal["operator", "variable", "constant", "cut"]
    level: int = Field(description="from 0 at the root")
    row: float = Field(
        description="from 0; a leaf has a row of its own, an operator stands in the middle of its arguments"
    )
    parent: int | None = Field(description="place in the list of the node it is an argument of; null: the root")
    dead: bool = Field(description="whether nothing of it is left in the simplified program")
    note: str | None = Field(description="all digits of a rounded number; the number that a part always comes to")


class TreeDocument(Document):
    """The tree of a schedule program as it was bred, each node before its arguments."""

    model_config = with_example(
        {"nodes": [{**_LOSS, "parent": None, "level": 0}], "levels": 1, "rows": 1, "left_out": 0}
    )

    nodes: list[TreeNodeDocument]
    levels: int
    rows: int
    left_out: int = Field(description="nodes of a very large tree that are not listed: those far from the root")


def tree_document(layout: TreeLayout) -> TreeDocument:
    """Return a tree as the API shows it."""
    return TreeDocument(
        nodes=[TreeNodeDocument(**asdict(node)) for node in layout.nodes],
        levels=layout.levels,
        rows=layout.rows,
        left_out=layout.left_out,
    )
