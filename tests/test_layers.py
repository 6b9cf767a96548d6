"""Imports obey the floors of the house (the contracts stand in pyproject.toml)."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_arrows_only_point_down(monkeypatch: pytest.MonkeyPatch) -> None:
    use_cases = pytest.importorskip("importlinter.application.use_cases")
    configuration = pytest.importorskip("importlinter.configuration")
    configuration.configure()
    monkeypatch.chdir(ROOT)
    settings = use_cases.read_user_options(config_filename=str(ROOT / "pyproject.toml"))
    use_cases._register_contract_types(settings)
    report = use_cases.create_report(settings, cache_dir=None)
    broken = [
        contract.name for contract, check in report.get_contracts_and_checks() if not check.kept
    ]
    assert not broken, f"run `lint-imports` to see why: {broken}"


def test_files_and_functions_stay_small() -> None:
    """A file under 400 lines, so that it can be read in one sitting."""
    long = [
        f"{path.relative_to(ROOT)}: {count} lines"
        for path in sorted((ROOT / "repair").rglob("*.py"))
        if (count := len(path.read_text(encoding="utf-8").splitlines())) >= 400
    ]
    assert not long
