"""`repair rules`: every rule, what it does, and whether it runs unasked."""

from __future__ import annotations

from typing import Annotated

import typer

from repair.cli.console import give_up

Format = Annotated[str, typer.Option("--format", metavar="table|json", help="For people or not.")]


def rules(format: Format = "table") -> None:
    """List every rule: id, summary, default, tier.

    Tiers: safe (the place itself proves the damage), evidence (the document has to carry it),
    soft (good text may look so). Switch rules in repair.toml: off = ["names/typo"].

    \b
      repair rules
      repair rules --format json
    """
    import json

    from repair.cli import session
    from repair.config import STAGES, Config

    if format not in ("table", "json"):
        give_up(f"--format: {format!r} is neither table nor json")
    with session.no_traceback():
        stages = [build(Config()) for _, build in STAGES]
    listed = [rule for stage in stages for rule in stage.rules]
    if format == "json":
        for rule in listed:
            told = {"id": rule.id, "summary": rule.summary, "on": rule.on, "tier": rule.tier}
            print(json.dumps(told, ensure_ascii=False))
        return
    width = max((len(rule.id) for rule in listed), default=0)
    for rule in listed:
        print(f"{rule.id:<{width}}  {'on ' if rule.on else 'off'}  {rule.tier:<8}  {rule.summary}")
