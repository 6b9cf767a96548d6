"""Expressions that are compiled when they are first used.

A set that names ranges all over Unicode takes milliseconds to compile, and a small clean text
meets few of the expressions of the house.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")


class _Later:
    def __init__(self, expression: str, flags: int) -> None:
        self._made = (expression, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(*self._made)
        # From now on the methods are found at once, as fast as the expression's own.
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def later(expression: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, to be used through its methods; an error in the expression shows at
    the first use.
    """
    return cast("re.Pattern[str]", _Later(expression, flags))
