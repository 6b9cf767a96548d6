"""Settings, and the one place that assembles a pipeline from them.

The order of the stages is the tuple `STAGES`, and nowhere else: encodings first, because nothing
can be recognised in mojibake; boilerplate before names, so that name repair neither touches nor
hides a menu.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path

from repair.pipeline import Pipeline, Policy, Sparing, Stage
from repair.stages.artifacts.stage import Artifacts
from repair.stages.boilerplate.stage import Boilerplate
from repair.stages.encoding.stage import LEVELS, Encoding
from repair.stages.names.stage import Names
from repair.stages.normalize import Normalize

_OF_WORDS = ("artifacts", "names")  # the stages that change somebody's wording
BOILERPLATE_MODES = ("off", "cautious", "full")


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it and the mend."""


@dataclass(frozen=True, slots=True)
class Config:
    """What to run and how sure to be.

    `stages` are names out of `STAGES` (they always run in that order); `boilerplate` is "off",
    "cautious" or "full"; `dictionaries` holds names of packs, paths of packs or name lists, or
    "auto"; `apply_at` and `suggest_at` are confidences in [0, 1]; `on` and `off` hold rule ids
    (`off` also stage names); `keep` holds families of boilerplate that stay ("comments", "image");
    `encoding_level` is "safe" (no guesses about lost bytes and swapped charsets), "default" or
    "bold"; `site_table` is a file that `repair learn-site` wrote; `spare_quotations` leaves the
    words between quotation marks alone.
    """

    stages: tuple[str, ...] = ("encoding", "normalize", "boilerplate", "artifacts", "names")
    boilerplate: str = "cautious"
    encoding_level: str = "default"
    dictionaries: tuple[str, ...] = ("auto",)
    apply_at: float = 0.85
    suggest_at: float = 0.50
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    site_table: str | None = None
    spare_quotations: bool = False

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
        if self.encoding_level not in LEVELS:
            levels = ", ".join(LEVELS)
            raise ConfigError(f"encoding_level: {self.encoding_level!r} is none of {levels}")
        for name in ("apply_at", "suggest_at"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"{name}: {getattr(self, name)} is not between 0 and 1")

    @classmethod
    def load(cls, file: Path | None = None, start: Path | None = None) -> Config:
        """The settings of `file`, or else of the nearest `repair.toml` or `[tool.repair]` in a
        `pyproject.toml`, searched from `start` (the working folder) upwards; the defaults if there
        is none.

        Raises ConfigError, with file and key, for what cannot be read or used.
        """
        found = file or _nearest(start or Path.cwd())
        if found is None:
            return cls()
        return cls.from_toml(_table(found) or {}, str(found))

    @classmethod
    def from_toml(cls, table: Mapping[str, object], where: str = "settings") -> Config:
        """The settings of a TOML table: one key a field, `-` as good as `_`.

        A setting has the type of its default. Raises ConfigError for an unknown key or a wrong
        type.
        """
        defaults = {field.name: getattr(cls(), field.name) for field in fields(cls)}
        given: dict[str, object] = {}
        for key, value in table.items():
            name = key.replace("-", "_")
            if name not in defaults:
                raise ConfigError(f"{where}: there is no setting {key!r}{_meant(name, defaults)}")
            given[name] = _typed(value, defaults[name], f"{where}: {key}")
        try:
            return replace(cls(), **given)  # type: ignore[arg-type]
        except ConfigError as error:
            raise ConfigError(f"{where}: {error}") from None

    def fingerprint(self) -> str:
        """64 hexadecimal digits that change with the settings, the version and the dictionaries.

        Equal fingerprints mean equal results; runs, caches and shards that must not be mixed are
        told apart by it.
        """
        return _fingerprint(self)

    def pipeline(self) -> Pipeline:
        """The pipeline for these settings; the same one for equal settings, since building reads
        files.
        """
        return _pipeline(self)


@cache
def _pipeline(config: Config) -> Pipeline:
    stages = tuple(build(config) for name, build in STAGES if name in config.stages)
    if config.spare_quotations:
        stages = tuple(Sparing(s) if s.name in _OF_WORDS else s for s in stages)
    off = {rule.id for stage in stages for rule in stage.rules if not rule.on} - set(config.on)
    policy = Policy(config.apply_at, config.suggest_at, frozenset(off | set(config.off)))
    return Pipeline(stages, policy, rebuild=config.pipeline)


def _nearest(start: Path) -> Path | None:
    """The settings file that counts for a folder."""
    for folder in (start, *start.resolve().parents):
        own, shared = folder / "repair.toml", folder / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and _table(shared) is not None:
            return shared
    return None


def _table(file: Path) -> Mapping[str, object] | None:
    """What a settings file says; None for a `pyproject.toml` without `[tool.repair]`."""
    import tomllib

    try:
        whole = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from None
    if file.name != "pyproject.toml":
        return whole
    tool = whole.get("tool")
    own = tool.get("repair") if isinstance(tool, dict) else None
    if own is not None and not isinstance(own, dict):
        raise ConfigError(f"{file}: tool.repair has to be a table")
    return own


def _meant(name: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1)
    return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(known)}"


def _typed(value: object, default: object, where: str) -> object:
    """The value as the field wants it: the type is that of the default."""
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f"{where}: {value!r} is not a list of strings")
    kind = str if default is None else type(default)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        words = {str: "a string", float: "a number", int: "a whole number", bool: "true or false"}
        raise ConfigError(f"{where}: {value!r} is not {words.get(kind, kind.__name__)}")
    return value


@cache
def _fingerprint(config: Config) -> str:
    from hashlib import sha256

    from repair.lexicon import tables
    from repair.version import __version__

    shown = [(field.name, getattr(config, field.name)) for field in fields(config)]
    digest = sha256(repr((__version__, shown)).encode("utf-8", "backslashreplace"))
    named = (*config.dictionaries, *filter(None, (config.site_table,)))
    own = [path for name in named if (path := Path(name)).exists()]
    for root in (tables.folder(), *own):
        for file in sorted(path for path in (root, *root.rglob("*")) if path.is_file()):
            digest.update(f"{file.relative_to(root)}\0".encode("utf-8", "backslashreplace"))
            digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()


STAGES: tuple[tuple[str, Callable[[Config], Stage]], ...] = (
    ("encoding", lambda config: Encoding(config.encoding_level)),
    ("normalize", lambda config: Normalize(frozenset(config.on))),
    (
        "boilerplate",
        lambda config: Boilerplate(config.boilerplate, config.keep, config.on, config.site_table),
    ),
    ("artifacts", lambda config: Artifacts(on=config.on)),
    ("names", lambda config: Names(config.dictionaries, config.suggest_at)),
)
