"""All routes of the API under one prefix."""

from fastapi import APIRouter

from backend.api.failures import ALWAYS
from backend.api.parameters import RefuseUnknownParameters
from backend.api.routes import (
    ablations,
    benchmark_figures,
    benchmark_reports,
    benchmarks,
    evaluations,
    events,
    experiments,
    figures,
    genealogy,
    grammars,
    imports,
    individuals,
    presets,
    problems,
    proofs,
    runs,
    trees,
    workers,
)

PREFIX = "/api/v1"


def api_router() -> APIRouter:
    """Return the whole API."""
    router = APIRouter(prefix=PREFIX, dependencies=[RefuseUnknownParameters], responses=ALWAYS)
    subjects = (
        presets,
        problems,
        grammars,
        experiments,
        imports,
        runs,
        individuals,
        trees,
        ablations,
        proofs,
        genealogy,
        evaluations,
        figures,
        benchmarks,
        benchmark_figures,
        benchmark_reports,
        workers,
        events,
    )
    for subject in subjects:
        router.include_router(subject.router)
    return router
