"""Where the files that belong to the program lie in its checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

GRAMMARS = ROOT / "grammars"
PRESETS = ROOT / "presets"
TEMPLATES = ROOT / "frontend" / "templates"
STATIC = ROOT / "frontend" / "static"
MIGRATIONS = ROOT / "alembic"
