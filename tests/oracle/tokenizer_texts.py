"""Texts for the tokenizer fixtures: written by hand here, or drawn by a generator that the C++ test repeats."""

PROSE = """The lamp on the north pier burns through the night, and nobody remembers who lit it first. Every evening the
keeper climbs ninety-three steps; every morning he counts them again on the way down. It's not that he'd forget: they're
worn, uneven, and he's careful. "We'll see," he says, when someone asks about the storm of 1987, "you've no idea what the
sea can do." Experts route tokens, tokens find experts, and a balanced load leaves no expert idle. Quantization maps
weights onto a grid of sixteen levels; the error it leaves behind is spread over the columns that follow.
"""

CODE = """def route(tokens, experts, top_k=2):
    \"\"\"Pick the top_k experts of each token.\"\"\"
    scores = [[dot(t, e) for e in experts] for t in tokens]
    return [sorted(range(len(s)), key=lambda i: -s[i])[:top_k] for s in scores]

for (int i = 0; i < n; ++i) {\n\tsum += weights[i] * x[i];  // 0x1F, 3.14e-5, a != b\n}
SELECT name, COUNT(*) FROM runs WHERE bits <= 4 GROUP BY name;\r\nprintf("%d\\n", total);\r\n
"""

OTHER = """中文分词没有空格，模型只能看见字节。专家一二三，权重四五六。日本語のテキストです。カタカナとひらがな。
한국어 문장도 있습니다. Привет, мир! Ёлка и съезд. Γειά σου Κόσμε. שלום עולם. مرحبا بالعالم ١٢٣. नमस्ते दुनिया १२३
Žluťoučký kůň, naïve café, Ångström, İstanbul, straße, ﬁne, ①②③ ⅷ ½ ². 🦙🚀👩‍👩‍👧‍👦🇩🇪 e\u0301 a\u0323\u0302 ｆｕｌｌ　ｗｉｄｔｈ
"""

TEXTS = [
    "", " ", "  ", "\n", "\r\n", "\t \n  x", "Hello world", " Hello,  world! ", "Hello\n\n  world \n", "it's IT'S we'Ll they'RE",
    "'\u017f and \u212a 'S'T", "3.14159 1,000,000 2026-11-22 x12y345", "a\u00a0b\u3000c\u2003d\u0085e\u2028f\u180eg\u200bh",
    "foo_bar fooBar FOO-BAR foo.bar()", "  leading and trailing   ", "tabs\tand\t\tmore", "...!!! ?? -- ~~ $$ ++ <> ``",
    "cafe\u0301 caf\u00e9 \u1e9b\u0323 \u212b \ufb01", "a\u0323\u0302 a\u0302\u0323 \u0344", "\u0001\u0002\u007f\u0000x\u0000", "naïve Ångström İI ẞß Σς",
    "中文 没有空格，abc中文123", "日本語テキスト ｶﾀｶﾅ", "한국어 \u1112\u1161\u11ab", "🦙 👩‍👩‍👧‍👦 🇩🇪🇫🇷 ☺️", "Привет мир 123", "שלום مرحبا ١٢٣ १२३ ⅷ½²①",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐐷 𠀀𪜶 \U0002ebf0\U00031350\U00016d70 \U0010ffff\ue000", "<s>text</s> <unk> <|endoftext|>x <|im_start|>user\n",
    "\ufffd\ufeffbom", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "x" + " " * 70 + "y", "\n" * 40 + "z", "▁ ▁▁a ▁b", "one▁two three", "line one\nline two  \n  line three   ",
    "الذين يَعْمَلُونَ", "e" + "\u0301" * 20 + "f", PROSE[:300], CODE[:280], OTHER[:200],
]

# Well formed and not; the reading of the latter is Python's errors="replace", that of the Unicode standard.
BYTES = [
    b"abc\xffdef", b"\xc3", b"\xc3\x28", b"\xe2\x82", b"\xe2\x28\xa1", b"\xf0\x9f\xa6", b"\xf0\x9f\xa6\x99ok", b"\xf0\x28\x8c\xbc",
    b"\xed\xa0\x80x", b"\xed\xbf\xbf", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\x80\x81 \xbf",
    b"\xf0\x80\x80\x80z", b"\xe4\xb8\xad\xe4\xb8", b"end\xf4\x8f\xbf", b"\xc3\xa9\xc3", b"\x00\xff\x00", b"<s>\xfe</s>",
]

FRAGMENTS = sorted(set((PROSE + CODE).split())) + [c for c in ("<s>", "</s>", "<|endoftext|>", "<|im_start|>", "it's", "WE'LL", "▁")]
SPACES = [" ", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "    ", "\u00a0", "\u3000", "\u2028", "\u0085", "\u180e"]
RANGES = [[0x4E00, 0x9FA5], [0x3041, 0x30FF], [0xAC00, 0xD7A3], [0x1F300, 0x1FAF8], [0x300, 0x36F], [0xC0, 0x24F], [0x370, 0x4FF],
          [0x5D0, 0x6FF], [0x900, 0x97F], [0x1, 0x7F], [0x30, 0x39], [0x80, 0xD7FF], [0xE000, 0x10FFFF]]


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = 0xFFFFFFFFFFFFFFFF
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n


def document(seed, size):
    """At least `size` UTF-8 bytes of mixed text."""
    random, text, length = SplitMix64(seed), [], 0
    while length < size:
        kind = random.below(16)
        if kind < 11:
            piece = FRAGMENTS[random.below(len(FRAGMENTS))]
        elif kind < 12:
            piece = SPACES[random.below(len(SPACES))]
        else:
            first, last = RANGES[random.below(len(RANGES))]
            count = 1 + random.below(6)
            piece = "".join(chr(first + random.below(last - first + 1)) for _ in range(count))
        if random.below(4) != 0:
            piece += SPACES[random.below(len(SPACES))] if random.below(8) == 0 else " "
        text.append(piece)
        length += len(piece.encode())
    return "".join(text)
