"""The part of the SARIF 2.1.0 schema that our logs use, and a validator for it.

Written after the OASIS standard (sections 3.13 to 3.58): the properties an object may have, those
it must have, and their types and ranges. Like the schema's own objects, none of these may hold a
property that is not named here.
"""

from __future__ import annotations

import re
from typing import Any

STRING, INTEGER, NUMBER, BOOLEAN = {"type": str}, {"type": int}, {"type": float}, {"type": bool}
LEVEL = {"enum": ("none", "note", "warning", "error")}
URI = {"type": str, "pattern": r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*"}
BAG = {"type": dict}


def ref(name: str) -> dict[str, Any]:
    return {"ref": name}


def array(of: dict[str, Any], at_least: int = 0) -> dict[str, Any]:
    return {"items": of, "at_least": at_least}


def whole(least: int) -> dict[str, Any]:
    return {"type": int, "least": least}


# name: (required, properties)
OBJECTS: dict[str, tuple[set[str], dict[str, Any]]] = {
    "log": ({"version", "runs"}, {"$schema": URI, "version": {"enum": ("2.1.0",)},
            "runs": array(ref("run"))}),
    "run": ({"tool"}, {"tool": ref("tool"), "results": array(ref("result")),
            "columnKind": {"enum": ("utf16CodeUnits", "unicodeCodePoints")},
            "newlineSequences": array(STRING, 1), "invocations": array(ref("invocation"))}),
    "tool": ({"driver"}, {"driver": ref("toolComponent")}),
    "toolComponent": ({"name"}, {"name": STRING, "version": STRING, "informationUri": URI,
                      "rules": array(ref("reportingDescriptor"))}),
    "reportingDescriptor": ({"id"}, {"id": STRING, "name": STRING,
                            "shortDescription": ref("message")}),
    "message": ({"text"}, {"text": STRING, "markdown": STRING}),
    "invocation": ({"executionSuccessful"}, {"executionSuccessful": BOOLEAN,
                   "toolExecutionNotifications": array(ref("notification"))}),
    "notification": ({"message"}, {"message": ref("message"), "level": LEVEL,
                     "locations": array(ref("location"))}),
    "result": ({"message"}, {"message": ref("message"), "ruleId": STRING, "ruleIndex": whole(-1),
               "level": LEVEL, "rank": NUMBER, "locations": array(ref("location")),
               "partialFingerprints": BAG, "fixes": array(ref("fix")), "properties": BAG}),
    "location": (set(), {"physicalLocation": ref("physicalLocation")}),
    "physicalLocation": ({"artifactLocation"}, {"artifactLocation": ref("artifactLocation"),
                         "region": ref("region")}),
    "artifactLocation": (set(), {"uri": URI, "index": whole(-1)}),
    "region": (set(), {"startLine": whole(1), "startColumn": whole(1), "endLine": whole(1),
               "endColumn": whole(1), "charOffset": whole(-1), "charLength": whole(0)}),
    "fix": ({"artifactChanges"}, {"description": ref("message"),
            "artifactChanges": array(ref("artifactChange"), 1)}),
    "artifactChange": ({"artifactLocation", "replacements"},
                       {"artifactLocation": ref("artifactLocation"),
                        "replacements": array(ref("replacement"), 1)}),
    "replacement": ({"deletedRegion"}, {"deletedRegion": ref("region"),
                    "insertedContent": ref("artifactContent")}),
    "artifactContent": (set(), {"text": STRING, "binary": STRING}),
}  # fmt: skip


def check(value: Any, kind: dict[str, Any], where: str = "log") -> None:
    """AssertionError, naming the place, if the value is not of that kind."""
    if "ref" in kind:
        required, properties = OBJECTS[kind["ref"]]
        assert isinstance(value, dict), where
        assert required <= value.keys(), f"{where} lacks {required - value.keys()}"
        assert value.keys() <= properties.keys(), f"{where}: {value.keys() - properties.keys()}"
        for key, content in value.items():
            check(content, properties[key], f"{where}.{key}")
    elif "items" in kind:
        assert isinstance(value, list), where
        assert len(value) >= kind["at_least"], where
        for number, item in enumerate(value):
            check(item, kind["items"], f"{where}[{number}]")
    elif "enum" in kind:
        assert value in kind["enum"], where
    else:
        wanted = (int, float) if kind["type"] is float else kind["type"]
        assert isinstance(value, wanted), where
        assert kind["type"] is bool or not isinstance(value, bool), where
        assert value >= kind["least"] if "least" in kind else True, where
        assert re.fullmatch(kind.get("pattern", "(?s).*"), str(value)), where
