"""Writes tests/data/tokenizer: small tokenizers trained on our own text, and what the `tokenizers` library makes of
texts with them and with variations of them. Needs tokenizers 0.23 and transformers 5:

    python tests/oracle/tokenizer_fixtures.py
"""
import hashlib
import json
import pathlib
import shutil
import struct

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

import tokenizer_texts as t

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "tests/data/tokenizer"
QWEN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA3 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|"
          r"\s+(?!\S)|\s+")
O200K = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|"
         r"\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
TRAINING = [t.PROSE, t.CODE, t.OTHER] + [t.document(s, 4000) for s in range(900, 906)]


def train(tokenizer, size, specials, alphabet):
    trainer = trainers.BpeTrainer(vocab_size=size, special_tokens=specials, initial_alphabet=alphabet, show_progress=False,
                                  limit_alphabet=len(alphabet) + 120)
    tokenizer.train_from_iterator(TRAINING, trainer)
    return json.loads(tokenizer.to_str())


def byte_tokenizer(pre, size=560, specials=("<|endoftext|>",), normalizer=None):
    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre
    if normalizer:
        tok.normalizer = normalizer
    tok.decoder = decoders.ByteLevel()
    return train(tok, size, list(specials), pre_tokenizers.ByteLevel.alphabet())


def split_bytes(pattern):
    return pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(pattern), "isolated"),
                                    pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def sentencepiece():
    tok = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tok.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tok.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_next")  # for the training alone
    data = train(tok, 460, ["<unk>", "<s>", "</s>"], ["▁"])
    data["pre_tokenizer"] = None
    byte_tokens = [f"<0x{b:02X}>" for b in range(256)]
    names = [n for n, _ in sorted(data["model"]["vocab"].items(), key=lambda item: item[1])]
    data["model"]["vocab"] = {n: i for i, n in enumerate(names[:3] + byte_tokens + names[3:])}
    data["model"]["merges"] = [" ".join(m) for m in data["model"]["merges"]]  # the older way of writing them
    data["post_processor"] = json.loads(processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", 1)]).__getstate__())
    data["decoder"] = {"type": "Sequence", "decoders": [
        {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
        {"type": "Strip", "content": " ", "start": 1, "stop": 0}]}
    return data


def added(content, **flags):
    base = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=False)
    return dict(base, content=content, **{k: v for k, v in flags.items()})


def all_flags(data):
    tokens = []
    for bits in range(16):
        tokens.append(dict(content=f"[T{bits:X}]", single_word=bool(bits & 1), lstrip=bool(bits & 2), rstrip=bool(bits & 4),
                           normalized=bool(bits & 8), special=bits % 3 == 0))
    tokens += [added("cat", single_word=True), added("Dog", single_word=True, normalized=True), added("dogs", normalized=True),
               added("   "), added("  ", normalized=True), added("ab"), added("abc"), added("bcd"), added("é", normalized=True)]
    start = max(data["model"]["vocab"].values()) + 1
    data["added_tokens"] = data["added_tokens"] + [dict(id=start + i, **token) for i, token in enumerate(tokens)]
    return data


FLAG_TEXTS = ["a cat concat cat's _cat cat", "Dog dogs DOGS dog Dogs", "abcd ab abc bcd", "x   y  z    w", "É é E\u0301 e\u0301"]
_random = t.SplitMix64(77)
for _ in range(40):
    parts = [f"[T{_random.below(16):X}]", f"[T{_random.below(16):X}]", f"[t{_random.below(16):x}]", " ", "  ", "\t", "word", "W",
             "é", "\u00a0", "-", "1", "\n", "_"]
    FLAG_TEXTS.append("".join(parts[_random.below(len(parts))] for _ in range(10)))


def write(name, data):
    folder = OUT / name
    folder.mkdir(parents=True)
    (folder / "tokenizer.json").write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def write_vocabulary_and_merges(name, data):
    """Qwen2's files: the tokens of its config are special, apart from one."""
    folder = OUT / name
    folder.mkdir(parents=True)
    vocab = {k: v - 1 for k, v in data["model"]["vocab"].items() if k != "<|endoftext|>"}
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False, separators=(",", ":")))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in data["model"]["merges"]))
    names = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>"]
    decoder = {str(len(vocab) + i): added(n, special=n != "<think>") for i, n in enumerate(names)}
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "add_prefix_space": False, "added_tokens_decoder": decoder, "bos_token": None, "eos_token": "<|endoftext|>",
        "pad_token": "<|endoftext|>", "unk_token": None, "additional_special_tokens": ["<|im_start|>", "<|im_end|>"],
        "tokenizer_class": "Qwen2Tokenizer"}, indent=1))


def byte_level(**options):
    return dict({"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}, **options)


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


def sequence(*steps):
    return {"type": "Sequence", "pretokenizers": list(steps)}


def variations():
    """(name, base, JSON merge patch)"""
    def pre(*steps):
        return {"pre_tokenizer": sequence(*steps, byte_level())}

    for behavior in ("Isolated", "Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous"):
        for invert in (False, True):
            yield f"split {behavior} {'inverted' if invert else ''}".strip(), "gpt2", pre(split(r"\s", behavior, invert))
    for pattern in (r"\s+$", r"^ +|[a-z]+$", r"x*", r"\b", r"\B", r"[^\S\n]+", r"\w+|\W", r"[\w']+", r"\h+", r"\p{Han}+", r"[\p{^L}]+",
                    r"\p{^L}+", r"\P{N}+", r"[\P{Lu}]", r"[[:space:]]+", r"\d{1,3}", r"\p{N}{,3}x", r"(?i:the|'S|ß)", r"\p{Lu}\p{Ll}*",
                    r"(?<=a)b|(?<!\s)\.", r"(?m:a.)|.", r"\p{M}+|\p{S}|\p{P}", r"[\s\-x]+", r"(\w)\1", r"\u0041|\x{42}|\v", r"[\]\[a-]+",
                    r"(?>a+|b)c?", r"\p{Letter}+|\p{Cyrillic}", r"\D+", r"[\d\h]+", r".{3}", r"\A.|.\z", O200K):
        yield f"pattern {pattern}", "gpt2", pre(split(pattern))
    for literal in (" ", "the", ".", "a.b", "\\", "\n\n", "(*"):
        yield f"literal {literal!r}", "gpt2", pre(split(literal, "MergedWithPrevious", kind="String"))
    yield "digits together", "gpt2", pre({"type": "Digits", "individual_digits": False})
    yield "digits alone", "gpt2", pre({"type": "Digits", "individual_digits": True})
    yield "punctuation", "gpt2", pre({"type": "Punctuation"})
    yield "punctuation removed", "gpt2", pre({"type": "Punctuation", "behavior": "Removed"})
    yield "punctuation contiguous", "gpt2", pre({"type": "Punctuation", "behavior": "Contiguous"})
    yield "whitespace", "gpt2", pre({"type": "Whitespace"})
    yield "whitespace split", "gpt2", pre({"type": "WhitespaceSplit"})
    yield "prefix space at each piece", "gpt2", pre(split("[aeiou]"), byte_level(add_prefix_space=True))
    yield "nested sequences", "gpt2", {"pre_tokenizer": sequence(sequence(split(r"\s+", "MergedWithNext")), sequence(byte_level()))}
    yield "one byte level", "gpt2", {"pre_tokenizer": byte_level(use_regex=True)}
    yield "byte level normalizer", "gpt2", {"pre_tokenizer": None, "normalizer": {"type": "ByteLevel"}}
    yield "no decoder", "gpt2", {"decoder": None}
    yield "ignore merges", "gpt2", {"model": {"ignore_merges": True, "merges": []}}
    for form in ("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents"):
        yield f"normalizer {form}", "gpt2", {"normalizer": {"type": form}}
    yield "normalizers NFKD StripAccents Lowercase", "gpt2", {"normalizer": {"type": "Sequence", "normalizers": [
        {"type": "NFKD"}, {"type": "StripAccents"}, {"type": "Lowercase"}]}}
    yield "normalizer Strip", "gpt2", {"normalizer": {"type": "Strip", "strip_left": True, "strip_right": True}}
    yield "normalizer Strip right", "gpt2", {"normalizer": {"type": "Strip", "strip_left": False, "strip_right": True}}
    yield "normalizer Replace", "gpt2", {"normalizer": {"type": "Replace", "pattern": {"String": "o"}, "content": "00"}}
    yield "normalizer Replace pattern", "gpt2", {"normalizer": {"type": "Replace", "pattern": {"Regex": r"\s{2,}|[aeiou]$"}, "content": " "}}
    yield "normalizer Prepend", "gpt2", {"normalizer": {"type": "Prepend", "prepend": ">> "}}
    yield "bert post-processor", "gpt2", {"post_processor": {"type": "BertProcessing", "sep": ["a", 66], "cls": ["b", 67]}}
    yield "post-processors in sequence", "gpt2", {"post_processor": {"type": "Sequence", "processors": [
        byte_level(), {"type": "TemplateProcessing", "single": [
            {"SpecialToken": {"id": "B", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "E", "type_id": 0}}],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {"B": {"id": "B", "ids": [0, 5], "tokens": ["x", "y"]}, "E": {"id": "E", "ids": [7], "tokens": ["z"]}}}]}}
    for scheme in ("always", "first", "never"):
        for cut in (True, False):
            yield f"metaspace {scheme} {'split' if cut else 'whole'}", "sentencepiece", {
                "normalizer": None,
                "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": cut},
                "decoder": {"decoders": None, "type": "Metaspace", "replacement": "▁", "prepend_scheme": scheme, "split": cut}}
    yield "metaspace of old", "sentencepiece", {
        "normalizer": None, "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "str_rep": "▁"}}
    yield "metaspace behind stripping", "sentencepiece", {
        "normalizer": {"type": "Strip", "normalizers": None, "strip_left": True, "strip_right": False},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": True}}
    yield "no byte fallback", "sentencepiece", {"model": {"byte_fallback": False}}
    yield "no byte fallback, unknowns apart", "sentencepiece", {"model": {"byte_fallback": False, "fuse_unk": False}}
    yield "no unknown token", "sentencepiece", {"model": {"byte_fallback": False, "unk_token": None}}
    yield "a byte token missing", "sentencepiece", {"model": {"vocab": {"<0xF0>": None, "<0xE2>": None}}}
    yield "ignore merges, sentencepiece", "sentencepiece", {
        "model": {"ignore_merges": True},
        "pre_tokenizer": split("▁", "MergedWithNext", kind="String")}
    yield "fallback decoder alone", "sentencepiece", {"decoder": {"type": "ByteFallback", "decoders": None}}
    yield "decoders Replace pattern, Strip", "sentencepiece", {"decoder": {"type": "Sequence", "decoders": [
        {"type": "Replace", "pattern": {"Regex": "[▁e]+"}, "content": "_"}, {"type": "Strip", "content": "_", "start": 2, "stop": 0}]}}
    for normalizer in (None, {"type": "Lowercase"}, {"type": "NFD"}, {"type": "Prepend", "prepend": "_"}):
        yield f"flags {normalizer['type'] if normalizer else 'plain'}", "flags", {"normalizer": normalizer}


def merge_patch(target, patch):
    """RFC 7386"""
    if not isinstance(patch, dict):
        return patch
    target = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            target.pop(key, None)
        else:
            target[key] = merge_patch(target.get(key), value)
    return target


def load(folder):
    if (folder / "tokenizer.json").exists():
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    from transformers import AutoTokenizer
    return AutoTokenizer.from_pretrained(folder)._tokenizer


def digest(lists):
    return hashlib.sha256(b"".join(struct.pack(f"<{len(ids)}i", *ids) for ids in lists)).hexdigest()


def results(tokenizer, base):
    texts = FLAG_TEXTS if base == "flags" else t.TEXTS
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    random, known = t.SplitMix64(5), sorted(tokenizer.get_vocab().values())
    drawn = [known[random.below(len(known))] for _ in range(60)]
    return {
        "ids": ids,
        "with_special": tokenizer.encode("Hello world", add_special_tokens=True).ids,
        "decoded_sha256": hashlib.sha256("\0".join(tokenizer.decode(i, skip_special_tokens=False) for i in ids).encode()).hexdigest(),
        "drawn": drawn, "drawn_text": tokenizer.decode(drawn, skip_special_tokens=False),
    }


def dump(name, data):
    (OUT / name).write_text(json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    gpt2 = byte_tokenizer(pre_tokenizers.ByteLevel(add_prefix_space=False))
    llama3 = byte_tokenizer(split_bytes(LLAMA3), specials=["<|endoftext|>", "<|im_start|>"])
    llama3["model"]["ignore_merges"] = True
    llama3["post_processor"] = json.loads(processors.TemplateProcessing(
        single="<|endoftext|> $A <|im_start|>", pair="$A $B", special_tokens=[("<|endoftext|>", 0), ("<|im_start|>", 1)]).__getstate__())
    qwen2 = byte_tokenizer(split_bytes(QWEN), normalizer=normalizers.NFC())
    write("gpt2", gpt2)
    write("llama3", llama3)
    write("sentencepiece", sentencepiece())
    write("flags", all_flags(gpt2))
    write_vocabulary_and_merges("qwen2", qwen2)

    bases = ["gpt2", "llama3", "sentencepiece", "flags", "qwen2"]
    cases = [dict(name=base, base=base, patch={}, **results(load(OUT / base), base)) for base in bases]
    sample = ROOT / "resources/sample-model"
    cases.append(dict(name="sample model", base="sample", patch={}, **results(load(sample), "sample")))
    for name, base, patch in variations():
        data = merge_patch(json.loads((OUT / base / "tokenizer.json").read_text()), patch)
        cases.append(dict(name=name, base=base, patch=patch, **results(Tokenizer.from_str(json.dumps(data)), base)))
    dump("cases.json", {"texts": t.TEXTS, "flag_texts": FLAG_TEXTS, "cases": cases})

    ill_formed = []
    for base in ("gpt2", "sentencepiece"):
        tok = load(OUT / base)
        for raw in t.BYTES:
            text = raw.decode("utf-8", "replace")
            ill_formed.append({"name": f"{base} {raw.hex()}", "base": base, "bytes": raw.hex(),
                               "ids": tok.encode(text, add_special_tokens=False).ids})
    dump("ill_formed.json", ill_formed)

    documents = 300
    parity = {"fragments": t.FRAGMENTS, "spaces": t.SPACES, "ranges": t.RANGES, "documents": documents, "bytes": 4096}
    texts = [t.document(seed, 4096) for seed in range(documents)]
    parity["text_sha256"] = hashlib.sha256("".join(texts).encode()).hexdigest()
    parity["text_bytes"] = len("".join(texts).encode())
    parity["tokenizers"] = []
    for base in bases + ["sample"]:
        tok = load(sample if base == "sample" else OUT / base)
        ids = [tok.encode(text, add_special_tokens=False).ids for text in texts]
        parity["tokenizers"].append({"name": base, "counts": [len(i) for i in ids], "sha256": digest(ids)})
    dump("parity.json", parity)
    total = sum(f.stat().st_size for f in OUT.rglob("*") if f.is_file())
    print(f"{len(cases)} cases, {parity['text_bytes']} bytes of parity text, {total} bytes of fixtures")


if __name__ == "__main__":
    main()
