"""Settings, and the one place that assembles a pipeline from them.

The order of the stages is the tuple `STAGES`, and nowhere else: encodings first, because nothing
can be recognised in mojibake; boilerplate before names, so that name repair neither touches nor
hides a menu.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from repair.pipeline import Pipeline, Policy, Stage
from repair.stages.artifacts.stage import Artifacts
from repair.stages.boilerplate.stage import Boilerplate
from repair.stages.encoding.stage import Encoding
from repair.stages.names.stage import Names
from repair.stages.normalize import Normalize

BOILERPLATE_MODES = ("off", "cautious", "full")


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class Config:
    """What to run and how sure to be.

    `stages` are names out of `STAGES` (they always run in that order); `boilerplate` is "off",
    "cautious" or "full"; `dictionaries` holds names of packs, paths of packs or name lists, or
    "auto"; `apply_at` and `suggest_at` are confidences in [0, 1]; `on` and `off` hold rule ids
    (`off` also stage names); `keep` holds families of boilerplate that stay ("comments", "image").
    """

    stages: tuple[str, ...] = ("encoding", "normalize", "boilerplate", "artifacts", "names")
    boilerplate: str = "cautious"
    dictionaries: tuple[str, ...] = ("auto",)
    apply_at: float = 0.85
    suggest_at: float = 0.50
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = tuple(name for name, _ in STAGES)
        for stage in self.stages:
            if stage not in known:
                raise ConfigError(
                    f"stages: there is no stage {stage!r}; there are {', '.join(known)}"
                )
        if self.boilerplate not in BOILERPLATE_MODES:
            modes = ", ".join(BOILERPLATE_MODES)
            raise ConfigError(f"boilerplate: {self.boilerplate!r} is none of {modes}")
        for name in ("apply_at", "suggest_at"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name}: {getattr(self, name)} is not between 0 and 1")

    def pipeline(self) -> Pipeline:
        """The pipeline for these settings; the same one for equal settings, since building reads
        files.
        """
        return _pipeline(self)


@cache
def _pipeline(config: Config) -> Pipeline:
    stages = tuple(build(config) for name, build in STAGES if name in config.stages)
    off = {rule.id for stage in stages for rule in stage.rules if not rule.on} - set(config.on)
    policy = Policy(config.apply_at, config.suggest_at, frozenset(off | set(config.off)))
    return Pipeline(stages, policy, rebuild=config.pipeline)


STAGES: tuple[tuple[str, Callable[[Config], Stage]], ...] = (
    ("encoding", lambda config: Encoding()),
    ("normalize", lambda config: Normalize(frozenset(config.on))),
    ("boilerplate", lambda config: Boilerplate(config.boilerplate, config.keep)),
    ("artifacts", lambda config: Artifacts()),
    ("names", lambda config: Names(config.dictionaries)),
)
