"""JSON Schemas of what coopctl reads and writes."""

from typing import Any, Final

from pydantic import BaseModel

from coopctl.output.json_text import json_text

SCHEMAS: Final = ("agreement", "ledger", "approvals", "mapping", "check", "lint", "diff", "digest", "import")
_OUTPUTS = frozenset({"check", "lint", "diff", "digest", "import"})
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(name: str) -> str:
    """Return a schema as JSON text."""
    return json_text(schema(name), indent=2) + "\n"


def schema(name: str) -> dict[str, Any]:
    """Return the schema of an agreement file, a YAML ledger file, or the JSON output of a command."""
    made = _model(name).model_json_schema(by_alias=True, mode="validation")
    if name not in _OUTPUTS:
        _allow_own_keys(made)
    return {"$schema": _DIALECT, "$id": f"urn:coopctl:schema:{name}:1", **made}


def _model(name: str) -> type[BaseModel]:
    if name == "agreement":
        from coopctl.model.agreement import Agreement

        return Agreement
    if name == "ledger":
        from coopctl.model.facts import LedgerFile

        return LedgerFile
    if name == "approvals":
        from coopctl.model.approvals import ApprovalsFile

        return ApprovalsFile
    if name == "lint":
        from coopctl.output.lint.shape import LintDocument

        return LintDocument
    if name == "diff":
        from coopctl.output.diff.shape import DiffDocument

        return DiffDocument
    if name == "mapping":
        from coopctl.exchange.mapping import MappingFile

        return MappingFile
    if name == "import":
        from coopctl.output.imported.shape import ImportDocument

        return ImportDocument
    if name == "digest":
        from coopctl.output.digest.shape import DigestDocument

        return DigestDocument
    from coopctl.output.check.shape import CheckDocument

    return CheckDocument


def _allow_own_keys(part: Any) -> None:
    """Let keys that begin with x- pass in every mapping, as the reader does, and nothing else that is not named."""
    if isinstance(part, list):
        for each in part:
            _allow_own_keys(each)
    elif isinstance(part, dict):
        if part.get("type") == "object" and {"additionalProperties", "patternProperties"} & set(part):
            part.setdefault("additionalProperties", False)
            part.setdefault("patternProperties", {})["^x-"] = True
        for each in part.values():
            _allow_own_keys(each)
