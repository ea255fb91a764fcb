"""What the `tokenizers` library makes of texts: FOLDER, a JSON list of texts, and where to write the ids of each and
the hash of their decoded text.

    python tests/oracle/tokenizer_encode.py FOLDER texts.json ids.json
"""
import hashlib
import json
import pathlib
import sys

from tokenizers import Tokenizer


def main(folder, source, target):
    folder = pathlib.Path(folder)
    if (folder / "tokenizer.json").exists():
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    else:
        from transformers import AutoTokenizer
        tokenizer = AutoTokenizer.from_pretrained(folder)._tokenizer
    results = []
    for text in json.loads(pathlib.Path(source).read_text()):
        ids = tokenizer.encode(text, add_special_tokens=False).ids
        decoded = tokenizer.decode(ids, skip_special_tokens=False)
        results.append({"ids": ids, "decoded_sha256": hashlib.sha256(decoded.encode()).hexdigest()})
    pathlib.Path(target).write_text(json.dumps(results))


if __name__ == "__main__":
    main(*sys.argv[1:])
