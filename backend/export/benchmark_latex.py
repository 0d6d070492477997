"""A benchmark's results as LaTeX tables in the style of booktabs, one a problem: ready for a paper.

They compile with pdfLaTeX, whatever a label holds: what its fonts may lack is written as a number of Unicode.
"""

import re
from collections.abc import Sequence

from backend.export.benchmark_content import BenchmarkContent, Compared, OnProblem, Result
from backend.export.benchmark_numbers import (
    NONE,
    accuracy,
    difference,
    mean_and_deviation,
    p_value,
    published,
    share,
    trials,
)

# With more rows than these a table does not fit a page and may be broken.
_MOST_ON_A_PAGE = 40

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "±": r"$\pm$",
    "−": "$-$",
    "–": r"\textendash{}",
    # After the end of a row these would be read as its options.
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
}

# Beyond ASCII, what pdfLaTeX knows by itself with fonts in the encoding T1: letters of Latin-1 and Latin Extended-A.
_KNOWN = frozenset(chr(code) for code in range(0xC0, 0x17F)) - frozenset("÷ĦħĸĿŀŉŦŧ") | frozenset("§°×…")


def latex(content: BenchmarkContent) -> str:
    """Return the tables of all problems, with what a document needs for them in a comment."""
    lines = [
        f"% {_comment(content.name)}: benchmark {content.number}, {_comment(content.made_with)}",
        *([f"% UNFINISHED: {_comment(content.unfinished)}"] if content.unfinished else []),
        r"% Needs \usepackage[T1]{fontenc}, \usepackage{textcomp}, \usepackage{booktabs} and, for tables of more than",
        rf"% {_MOST_ON_A_PAGE} rows, \usepackage{{longtable}}.",
    ]
    for place, each in enumerate(content.problems):
        lines += ["", *_results(content, each, f"tab:benchmark-{content.number}-{place + 1}")]
        if len(_finalists(each)) > 1:
            lines += ["", *_comparisons(each, f"tab:benchmark-{content.number}-{place + 1}-comparisons")]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return any text so that LaTeX shows it and obeys none of it."""
    # Hyphens in a row would be drawn as a dash.
    return re.sub("-(?=-)", "-{}", "".join(_escaped(character) for character in text))


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isspace():
        return " "
    if character.isascii():
        return character if character.isprintable() else ""
    return character if character in _KNOWN else f"{{[}}U+{ord(character):04X}{{]}}"


def _comment(text: str) -> str:
    return " ".join(escaped(text).split())


def _results(content: BenchmarkContent, on: OnProblem, label: str) -> list[str]:
    finalists = _finalists(on)
    against = {each.rival: each for each in on.comparisons} if len(finalists) == 1 else None
    with_published = any(each.published for each in on.results)
    columns = ["Contender", "$n$", r"Mean $\pm$ sd", "Median"]
    columns += ["$p$ (Holm)", "$A_{12}$"] if against is not None else []
    columns += [content.published[0].capitalize()] if with_published and content.published else []
    rows = [_row(each, against, with_published=with_published) for each in on.results]
    return _table(_caption(content, on, finalists), label, columns, rows)


def _row(result: Result, against: dict[str, Compared] | None, *, with_published: bool) -> list[str]:
    name, mean = escaped(result.label), escaped(mean_and_deviation(result.mean, result.deviation))
    if result.best:
        name, mean = rf"\textbf{{{name}}}", rf"\textbf{{\boldmath {mean}}}"
    failed = f" ({result.failed} failed)" if result.failed else ""
    cells = [name, f"{result.n}{failed}", mean, escaped(accuracy(result.median))]
    if against is not None:
        found = against.get(result.label)
        cells += [_p(found.p_holm), escaped(share(found.a12))] if found else [escaped(NONE)] * 2
    return [*cells, "; ".join(escaped(published(each)) for each in result.published)] if with_published else cells


def _comparisons(on: OnProblem, label: str) -> list[str]:
    columns = ["Finalist", "Rival", "$n$", "Difference", "$p$", "$p$ (Holm)", "$A_{12}$", "Outcome"]
    rows = [
        [
            escaped(each.finalist),
            escaped(each.rival),
            trials(each),
            escaped(difference(each.difference)),
            _p(each.p),
            _p(each.p_holm),
            escaped(share(each.a12)),
            each.outcome,
        ]
        for each in on.comparisons
    ]
    caption = f"Declared comparisons on {escaped(on.problem)}, {_part(on)}. {_tests(on)}"
    return _table(caption, label, columns, rows, names=2)


def _table(caption: str, label: str, columns: Sequence[str], rows: list[list[str]], names: int = 1) -> list[str]:
    shape = "l" * names + "r" * (len(columns) - names)
    head = [f"{' & '.join(columns)} \\\\", r"\midrule"]
    body = [f"{' & '.join(cells)} \\\\" for cells in rows]
    said = [rf"\caption{{{caption}}}", rf"\label{{{label}}}"]
    if len(rows) > _MOST_ON_A_PAGE:
        begin = [rf"\begin{{longtable}}{{{shape}}}", f"{said[0]}{said[1]} \\\\", r"\toprule", *head, r"\endfirsthead"]
        again = [r"\toprule", *head, r"\endhead", r"\bottomrule", r"\endfoot"]
        return [*begin, *again, *body, r"\end{longtable}"]
    begin = [r"\begin{table}", r"\centering", *said, rf"\begin{{tabular}}{{{shape}}}", r"\toprule"]
    return [*begin, *head, *body, r"\bottomrule", r"\end{tabular}", r"\end{table}"]


def _caption(content: BenchmarkContent, on: OnProblem, finalists: list[str]) -> str:
    counts = sorted({each.n for each in on.results})
    trained = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    said = [f"Accuracy on {escaped(on.problem)}, {_part(on)}, over $n = {trained}$ trials on common seeds"]
    said += [f"; rivals against {escaped(finalists[0])}" if len(finalists) == 1 else "", "."]
    if on.comparisons:
        said.append(f" {_tests(on)}")
    said.append(" Bold only where a test shows the best.")
    if content.published and any(each.published for each in on.results):
        said.append(f" {content.published[0].capitalize()}: {escaped(content.published[1])}.")
    return "".join(said) + (" Unfinished." if content.unfinished else "")


def _tests(on: OnProblem) -> str:
    count = len(on.comparisons)
    return (
        f"Mann--Whitney $U$, two-sided, $p$ corrected after Holm together with all declared comparisons "
        f"({count} on this problem); $A_{{12}}$ of Vargha and Delaney is the share of pairs that the finalist wins."
    )


def _part(on: OnProblem) -> str:
    return f"{escaped(on.part)} part"


def _finalists(on: OnProblem) -> list[str]:
    return list(dict.fromkeys(each.finalist for each in on.comparisons))


def _p(value: float | None) -> str:
    said = p_value(value)
    return f"${said}$" if said.startswith("<") else escaped(said)
