"""Writes resources/corpora/code/*.txt, the snapshot of our own sources behind `builtin:code`.

    python3 tests/oracle/collect_code_corpus.py

A piece is a source file together with its header, pieces are parted by a line of three asterisks, and every folder
named below is one file. Run it when the sources have grown a lot; the snapshot otherwise stays as it is, so that
results on `builtin:code` can be compared.
"""
from pathlib import Path

root = Path(__file__).resolve().parents[2]
out = root / "resources" / "corpora" / "code"
rooms = [root / "core" / name for name in ("calibration", "corpus", "evaluation", "model", "quantization")]
rooms += [root / "tests" / "oracle"]

out.mkdir(parents=True, exist_ok=True)
for old in out.glob("*.txt"):
    old.unlink()
for room in rooms:
    pieces = {}
    for path in sorted(room.rglob("*")):
        if path.suffix in (".h", ".cpp", ".cu", ".py"):
            # "a.cpp" sorts before "a.h", but a reader wants the header first.
            pieces.setdefault(path.with_suffix(""), []).insert(0 if path.suffix == ".h" else 1, path)
    texts = ["\n".join(path.read_text(encoding="utf-8").rstrip("\n") + "\n" for path in paths)
             for _, paths in sorted(pieces.items())]
    if texts:
        (out / f"{room.name}.txt").write_text("\n* * *\n\n".join(texts), encoding="utf-8")
print(sum(path.stat().st_size for path in out.glob("*.txt")), "bytes")
