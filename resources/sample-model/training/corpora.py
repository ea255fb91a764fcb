"""The sample model's training text: three domains from their publishers' files, a tokenizer, token streams.

Prose is WikiText-2's train split and Wikipedia articles spaced alike, maths is GSM8K's train split, code is a Python
standard library and MBPP. No test split is ever read. Held out, for the loss curve only: WikiText-2's validation
split, the last 200 GSM8K training problems, MBPP's validation problems.
"""
import json
import random
import re
from pathlib import Path

import numpy as np
import torch

END_OF_TEXT = "<|endoftext|>"
DOMAINS = ("prose", "maths", "code")

# The split pattern of Qwen2 and Qwen1.5-MoE tokenizers: a reader of those checkpoints reads this one too.
SPLIT_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)


def read_jsonl(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def is_heading(line):
    """A WikiText heading of any depth: `= ... =`."""
    words = line.split()
    return len(words) >= 3 and words[0] == "=" and words[-1] == "="


def is_title(line):
    words = line.split()
    return is_heading(line) and words[1] != "=" and words[-2] != "="


def read_wikitext(path):
    """The articles of a WikiText file, each the list of its non-blank lines."""
    articles = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            if is_title(line) or not articles:
                articles.append([])
            articles[-1].append(line.strip())
    return articles


def read_paragraphs(path, known, group=12):
    """Groups of consecutive paragraphs of a WikiText file without headings, but for those in `known`."""
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
    fresh = [line for line in lines if line and line not in known]
    return [fresh[i : i + group] for i in range(0, len(fresh), group)]


def wikitext_spacing(text):
    """Plain English spaced about as WikiText is: "8,600-mile (trip)." becomes "8 @,@ 600 @-@ mile ( trip ) ."."""
    text = re.sub(r"(?<=\d)([,.])(?=\d)", r" @\1@ ", text)
    text = re.sub(r"(?<=\w)-(?=\w)", " @-@ ", text)
    text = re.sub(r"(?<=\w)('s|'re|'ve|'ll|'d|'m)\b", r" \1", text)
    text = re.sub(r'(["()\[\];:!?%£$…])', r" \1 ", text)
    text = re.sub(r"(?<=[^\s@]),(?=\s|$)", " ,", text)
    text = re.sub(r"(?<=[^\s@.])\.(?=\s*$|\s+[A-Z\"])", " .", text)
    return re.sub(r" {2,}", " ", text).strip()


def read_wiki_extract(path, min_chars=400):
    """Articles of a WikiExtractor file (`<doc ... title="T">`, title, text, `</doc>`) in WikiText's spacing."""
    articles = []
    for match in re.finditer(r'<doc [^>]*title="([^"]*)">\n(.*?)\n</doc>', path.read_text(encoding="utf-8"), re.S):
        title, body = match.groups()
        lines = [line for line in body.split("\n")[1:] if line.strip()]
        if sum(map(len, lines)) >= min_chars:
            articles.append([f"= {wikitext_spacing(title)} =", *map(wikitext_spacing, lines)])
    return articles


def wikitext_layout(lines, as_rows):
    """One article in either form that perplexity is measured on.

    The lines as a WikiText file has them, or, `as_rows`, the data set's rows joined by two newlines.
    """
    rows = []
    for line in lines:
        text = f" {line.strip()} \n"
        rows += ["", text, ""] if is_heading(line) else [text]
    return "\n\n".join(rows) + "\n" if as_rows else "".join(row or " \n" for row in rows)


def read_gsm8k(path):
    return [f"Question: {r['question']}\nAnswer: {r['answer']}\n" for r in read_jsonl(path)]


def read_mbpp(path, first_id, last_id):
    """MBPP problems by task_id: 1-10 prompt, 511-600 validation, 601-974 train; 11-510 is the test split."""
    if not (last_id <= 10 or first_id >= 511):
        raise ValueError("task_ids 11 to 510 are MBPP's test split")
    documents = []
    for row in read_jsonl(path):
        if first_id <= row["task_id"] <= last_id:
            code = row["code"].replace("\r\n", "\n").replace("\t", "    ").strip()
            tests = "\n".join(row["test_list"])
            documents.append(f"# {row['text'].strip()}\n{code}\n\n{tests}\n")
    return documents


# Parts of the standard library that are tests, generated tables or wheels rather than code worth imitating.
SKIPPED_PARTS = {"site-packages", "test", "tests", "idle_test", "encodings", "pydoc_data", "lib2to3", "ensurepip",
                 "__pycache__"}


def read_python_tree(root, max_chars=120_000):
    """Every ASCII Python file under root of 200 to max_chars characters, by path."""
    documents = []
    for path in sorted(root.rglob("*.py")):
        data = path.read_bytes()
        if data.isascii() and not SKIPPED_PARTS.intersection(path.relative_to(root).parts):
            text = data.decode().replace("\r\n", "\n").expandtabs(4).strip() + "\n"
            if 200 <= len(text) <= max_chars:
                documents.append(text)
    return documents


def load_documents(args):
    """{domain: (training documents, held-out documents)} from the files named on the command line."""
    articles = [article for path in args.wikitext for article in read_wikitext(path)]
    known = {line for article in articles for line in article}
    for path in args.wikitext_paragraphs:
        articles += read_paragraphs(path, known)
    for path in args.wiki_extract:
        articles += read_wiki_extract(path)
    # Layouts alternate, so that both usual conventions of perplexity find text the model knows.
    prose = [wikitext_layout(lines, as_rows=i % 2 == 1) for i, lines in enumerate(articles)]
    prose_held_out = [wikitext_layout(lines, as_rows=False) for lines in read_wikitext(args.wikitext_valid)]
    problems = read_gsm8k(args.gsm8k)
    code = [document for root in args.python_tree for document in read_python_tree(root)]
    code += read_mbpp(args.mbpp, 1, 10) + read_mbpp(args.mbpp, 601, 974)
    return {
        "prose": (prose, prose_held_out),
        "maths": (problems[:-200], problems[-200:]),
        "code": (code, read_mbpp(args.mbpp, 511, 600)),
    }


def train_tokenizer(documents, vocab_size, seed, path):
    """A byte-level BPE of vocab_size entries from at most 3 million characters a domain; END_OF_TEXT is id 0."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(SPLIT_PATTERN), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size, special_tokens=[END_OF_TEXT],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False)
    rng, text = random.Random(seed), []
    for domain in DOMAINS:
        shuffled, budget = list(documents[domain][0]), 3_000_000
        rng.shuffle(shuffled)
        for document in shuffled:
            if budget <= 0:
                break
            text.append(document[:budget])
            budget -= len(document)
    tokenizer.train_from_iterator(text, trainer)
    tokenizer.save(str(path))
    return tokenizer


def encode(tokenizer, documents):
    """One uint16 stream of ids, END_OF_TEXT after every document."""
    end = tokenizer.token_to_id(END_OF_TEXT)
    ids = []
    for encoding in tokenizer.encode_batch(documents, add_special_tokens=False):
        ids += [*encoding.ids, end]
    return np.asarray(ids, dtype=np.uint16)


class MixedBatches:
    """Endless batches that mix token streams in fixed proportions.

    A stream is cut into blocks at a random offset, visited in random order, and cut anew when used up; the domain of
    every sequence is drawn from `weights`.
    """

    def __init__(self, streams, weights, seed):
        self.streams, self.names = streams, list(streams)
        self.probabilities = np.array([weights[n] for n in self.names], dtype=np.float64)
        self.probabilities /= self.probabilities.sum()
        self.rng = np.random.default_rng(seed)
        self.queues = {}
        self.tokens_drawn = dict.fromkeys(self.names, 0)

    def _next_block(self, name, length):
        queue = self.queues.setdefault((name, length), [])
        if not queue:
            starts = np.arange(int(self.rng.integers(0, length)), len(self.streams[name]) - length - 1, length)
            self.rng.shuffle(starts)
            queue.extend(starts.tolist())
        start = queue.pop()
        self.tokens_drawn[name] += length
        return self.streams[name][start : start + length + 1]

    def next(self, batch, length):
        """Inputs and targets, both int64 [batch, length]."""
        chosen = self.rng.choice(len(self.names), size=batch, p=self.probabilities)
        blocks = np.stack([self._next_block(self.names[c], length) for c in chosen])
        ids = torch.from_numpy(blocks.astype(np.int64))
        return ids[:, :-1].contiguous(), ids[:, 1:].contiguous()
