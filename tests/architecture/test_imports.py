"""The direction of imports, held by import-linter's contracts in pyproject.toml."""

import subprocess
import sys

from casework.settings import ROOT


def test_every_contract_is_kept():
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import import_linter; import_linter()",
        "lint",
        "--no-cache",
    ]
    done = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_an_import_upward_would_be_found(tmp_path):
    package = tmp_path / "house"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "cellar.py").write_text("import house.roof\n")
    (package / "roof.py").write_text("")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_package = "house"\n'
        '[[tool.importlinter.contracts]]\nname = "down"\ntype = "layers"\nlayers = ["house.roof", "house.cellar"]\n',
    )
    lint = [
        sys.executable,
        "-c",
        "from importlinter.cli import import_linter; import_linter()",
        "lint",
        "--no-cache",
    ]
    done = subprocess.run(
        lint, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False
    )
    assert done.returncode == 1
