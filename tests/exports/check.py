"""Reads the exports of a session with programs by others, as those who get them will.

The layer must load with MITRE's own library without a complaint and come out as it went in; each
statement must be one to a library of the xAPI; VERIS's required fields must be there. (No package
carries the VERIS schema; its enumerations are checked where the records are made.)

    python check.py DIR        of the example `exports`
"""

import contextlib
import io
import json
import pathlib
import re
import sys

from mitreattack.navlayers import Layer
from tincan import Statement


def layer(path: pathlib.Path) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        read = Layer(strict=True)
        read.from_file(str(path))
    assert not said.getvalue(), said.getvalue()
    wrote = json.loads(path.read_text())
    back = read.to_dict()
    assert back["domain"] == "enterprise-attack"
    assert back["versions"]["layer"] == "4.5"
    scores = {t["techniqueID"]: t["score"] for t in wrote["techniques"]}
    assert scores and scores == {t["techniqueID"]: t["score"] for t in back["techniques"]}
    assert all(re.fullmatch(r"T\d{4}(\.\d{3})?", technique) for technique in scores)
    legend = {item["color"] for item in back["legendItems"]}
    assert {t["color"] for t in back["techniques"]} <= legend


REQUIRED = ["actor", "action", "discovery_method", "schema_version", "asset", "timeline"]
REQUIRED += ["incident_id", "security_incident", "summary"]


def veris(path: pathlib.Path) -> None:
    record = json.loads(path.read_text())
    assert not [field for field in REQUIRED if field not in record]
    assert {"assets", "cloud"} <= record["asset"].keys()
    assert "year" in record["timeline"]["incident"]
    for action in record["action"].values():
        assert action["variety"] and action["vector"]
    for actor in record["actor"].values():
        assert actor["variety"] and actor["motive"]
    assert "Without a word" not in record["notes"], record["notes"]


def statements(path: pathlib.Path) -> int:
    lines = path.read_text().splitlines()
    ids = set()
    for line in lines:
        wrote = json.loads(line)
        read = Statement.from_json(line)
        assert read.actor.account.name and read.verb.id and read.object.id
        assert read.result.score.scaled is None or 0 <= read.result.score.scaled <= 1
        assert json.loads(read.to_json())["result"]["response"] == wrote["result"]["response"]
        ids.add(str(read.id))
    assert len(ids) == len(lines)
    return len(lines)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    layer(folder / "attack-navigator-layer.json")
    records = sorted(folder.glob("veris*.json"))
    assert records
    for record in records:
        veris(record)
    count = statements(folder / "xapi.jsonl")
    session = json.loads((folder / "session.json").read_text())
    assert session["format"] == 1
    # Whoever decided or voted, and whoever rated, has said something.
    by_people = [d for d in session["story"]["decisions"] if isinstance(d["how"], dict)]
    rated = sum(len(o["rated"]) for o in session["story"]["objectives"])
    votes = sum(len(d["votes"]) for d in session["story"]["decisions"])
    assert count >= len(by_people) + votes + rated
    print(f"{folder.name}: layer, {len(records)} VERIS records and {count} statements read back")


main()
