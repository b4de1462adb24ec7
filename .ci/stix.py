"""Reads the STIX bundles of a folder as the standard's own tools do: the validator of OASIS, and the stix2 library."""

import json
import pathlib
import sys

import stix2
from stix2validator import ValidationOptions, validate_file

# Identifiers are made from names, so that the same run makes the same bytes; the validator would rather see random ones.
DETERMINISTIC = "{103}"

bundles = sorted(pathlib.Path(sys.argv[1]).glob("*-stix.json"))
assert bundles, "no bundle in this folder"
for path in bundles:
    found = validate_file(str(path), ValidationOptions(version="2.1", strict_types=True))
    results = [result for result in found.object_results] if hasattr(found, "object_results") else [found]
    errors = [str(error) for result in results for error in (result.errors or [])]
    warnings = [str(warning) for result in results for warning in (result.warnings or [])]
    assert found.is_valid and not errors, errors
    others = [warning for warning in warnings if DETERMINISTIC not in warning]
    assert not others, others
    stix2.parse(path.read_text(encoding="utf-8"), allow_custom=False)
    objects = json.loads(path.read_text(encoding="utf-8"))["objects"]
    marked = [thing for thing in objects if thing["type"] != "marking-definition"]
    assert all({"simulated", "exercise"} <= set(thing["labels"]) and len(thing["object_marking_refs"]) == 2 for thing in marked)
    print(f"{path.name}: {len(objects)} objects, valid STIX 2.1")
