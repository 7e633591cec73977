"""Documentation that follows from declarations is what the declarations say now."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("write_docs", ROOT / "scripts" / "write_docs.py")
assert _SPEC is not None
assert _SPEC.loader is not None
write_docs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(write_docs)


@pytest.mark.parametrize("name", sorted(write_docs.PAGES))
def test_page_is_up_to_date(name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == write_docs.PAGES[name](), "run 'make docs' and commit what it writes"
