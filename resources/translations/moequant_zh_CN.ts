<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>EbssWords</name>
    <message>
        <source>As in the paper: τ 1.2, four beams, each sequence on its own. Balanced: one beam of four drawn continuations, balance over the whole set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>τ divides imbalance: the smaller, the more balance counts against likelihood; ∞ leaves likelihood alone. Paper: 1.2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beams that a sequence keeps at every step. Paper: 4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continuations tried of each beam; 0 means as many as beams, which loses nothing. Paper: 4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether each sequence is balanced by itself or the set as a whole. Paper: each sequence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of every sequence. Paper: 512.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences of the set. Paper: 128.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decides first tokens and all draws: the same seed writes the same set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose use of experts is judged: the beam before the new token or with it. Paper: before (parent).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit of σ, and so the weight of τ. The paper names none; percent fits its τ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 tries the most likely continuations, more draws them. Paper: 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often a sequence that loops is written anew. Paper: 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No n tokens in a row come twice in a sequence; 0 allows it. Paper: 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens drawn from the model before the search begins. Paper&apos;s authors: 3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawn uniformly, or one after the other. Paper: uniform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether a sequence may end early. Here it may not unless asked; the paper says nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>N·σ of the set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>percentage points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share of slots</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>τ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branching b</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No n-gram twice, n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace loops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length (tokens)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up (tokens)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AGQ: weigh tokens by affinity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AGQ exponent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of an expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotate the residual stream (QuaRot)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starved below (tokens)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starved experts get</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Damping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Act-order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asymmetric, with zero points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize the router too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits of its own has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden states kept as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPU memory limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shard size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Relative output error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of routed tokens (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest layer, float32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hessians</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden states of 128 × 512 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activations of one slice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding and head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantizing needs in all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Active parameters a token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences that the model writes itself so that its experts are used evenly (page EBSS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows of the corpus that are chosen so that the experts are used evenly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Our own texts, always there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found in the data folder ($MOEQUANT_DATA), or fetched with: moequant fetch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 of %2 free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1, but only %2 are free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown until the first layer is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1: %2 weights at %3 a second, as the last such run here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> with %L1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 of calibration, %L2 an expert on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starved experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown: profile this source on the Calibration page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none below %L1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 of %L2 below %L3 tokens; they get: %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits a weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, scales included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a figure is 20 to 1000 mm wide and high, not %1 × %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a figure has 50 to 1200 dpi, not %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2 mm at %3 dpi are more than 400 million pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: a figure ends in .pdf, .svg or .png</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: could not be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log₂ of the error ratio</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>The model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers and experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A Mixture-of-Experts layer holds many small MLPs, the experts. A router gives each token a probability for every expert; the k best compute, and their outputs are added, weighted by these probabilities, the affinities.&lt;p&gt;&lt;i&gt;y = Σ&lt;sub&gt;i ∈ top-k&lt;/sub&gt; s&lt;sub&gt;i&lt;/sub&gt;(x) · E&lt;sub&gt;i&lt;/sub&gt;(x)&lt;/i&gt;&lt;/p&gt;Shared experts see every token. Only a few experts work for a token, so a small piece of text reaches each expert unevenly: everything on the other pages follows from that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The memory plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantizing goes layer by layer: one layer in float32, the Hessians of the experts in work, and the hidden states of the whole calibration set are in memory, never the whole model. The plan adds up exactly that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration: who gets the tokens?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many of the calibration tokens the router of this layer sends to each expert. If all were used alike, every bar would reach the uniform line at 1/E. An expert below the token threshold has too few tokens for a good Hessian: its inputs span fewer directions than its weights have columns.&lt;p&gt;&lt;i&gt;share&lt;sub&gt;i&lt;/sub&gt; = n&lt;sub&gt;i&lt;/sub&gt; / Σ&lt;sub&gt;j&lt;/sub&gt; n&lt;sub&gt;j&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, equation 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage of every expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a layer, one cell an expert; brighter means more tokens. Maps of several sources share one colour range, so that they can be compared by eye. Hatched: no token at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The spread of the shares in each layer; 0 is perfect balance. The coefficient of variation (CV) does not depend on the number of experts, so models can be compared by it; the standard deviation is what the paper prints.&lt;p&gt;&lt;i&gt;CV = std(n) / mean(n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, equations 3 and 4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance in numbers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a source, over all layers: CV and STD are means over layers, the Gini coefficient is 0 when all experts get the same and near 1 when one gets all, unused counts experts without a token, and below ½ % those with fewer than 0.5 % of a layer&apos;s tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lorenz curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts sorted from least to most used along the axis, their share of all tokens added up. The diagonal is perfect balance; twice the area between it and the curve is the Gini coefficient.&lt;p&gt;&lt;i&gt;G = Σ&lt;sub&gt;i&lt;/sub&gt; Σ&lt;sub&gt;j&lt;/sub&gt; |n&lt;sub&gt;i&lt;/sub&gt; − n&lt;sub&gt;j&lt;/sub&gt;| / (2 E Σ n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What an expert likes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokens of the calibration text that this expert got with the greatest affinity. Experts often specialise in shapes of text (digits, line ends, names) rather than in topics; a source without that shape starves them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similarity of sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How alike two sources use the experts, from 0 to 1, averaged over layers. Two sources that are nearly equal here calibrate nearly the same model: nothing is gained by mixing them.&lt;p&gt;&lt;i&gt;1 − JSD(p, q), in bits&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EBSS: how is balance bought?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert-balanced self-sampling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model writes its own calibration text. A beam search keeps the w sequences that are both likely (so that the text is like what the model knows) and balanced (so that every expert gets tokens). τ sets the price: a small τ buys balance with odd text, τ = ∞ is plain likelihood.&lt;p&gt;&lt;i&gt;score = −(Σ log p) / l + σ / τ&lt;/i&gt;, lower is kept&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, equations 9 to 14</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidates of a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every kept beam is extended by its most likely tokens; each extension is a candidate. The table is in the order of the score; the first w rows are kept, the others pruned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, equation 14</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plane of likelihood and balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each candidate is a point: mean −log p (in nats; its exponential is a perplexity) to the right, imbalance σ upwards. Candidates of equal score lie on a straight line of slope −τ, and the search keeps what lies below the lowest such lines. Moving τ turns the line and re-ranks the recorded candidates at once. From the first step whose choice changes, the real search would have gone elsewhere: later steps are grey until a preview runs it.&lt;p&gt;&lt;i&gt;m + σ/τ = const ⟺ σ = const − τ m&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The search as a tree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time runs to the right. Solid branches are the beams that were kept, fading ones were pruned. A tree that narrows to a single trunk early means that the beams share their beginning, and that a larger w buys little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The course of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean −log p and imbalance of the best beam, step by step. Imbalance is large at first, when few tokens are there, and falls as the search finds tokens for the experts that still lack some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The set so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance and perplexity of all sequences together. Distinct-4 is the share of different 4-grams: a sequence that loops has a low one and is flagged; reject it, or let the search replace it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distinct-n: Li et al., 2016 (arXiv:1510.03055)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantization: what is lost?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns are rounded one after another; what a rounding spoils is repaired in the columns still to come, as the inverse Hessian of the inputs says. It is only as good as its Hessian, and the Hessian only as good as the tokens that the expert saw.&lt;p&gt;&lt;i&gt;H = Σ x xᵀ, &amp;nbsp; δ = −(w&lt;sub&gt;q&lt;/sub&gt; − ŵ&lt;sub&gt;q&lt;/sub&gt;) · H&lt;sup&gt;−1&lt;/sup&gt;&lt;sub&gt;q&lt;/sub&gt; / [H&lt;sup&gt;−1&lt;/sup&gt;]&lt;sub&gt;qq&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AGQ: affinity-guided quantization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A token that an expert got with a small affinity hardly matters for the layer&apos;s output. AGQ weighs every token by its affinity c in the Hessian, and so does the error it reports.&lt;p&gt;&lt;i&gt;H = Σ c · x xᵀ&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, equations 15 to 19</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AWQ and rotation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AWQ multiplies the columns that see large inputs and divides the inputs by the same, so that rounding hurts them less. Rotation (QuaRot) turns the residual stream by a Hadamard matrix, which spreads outliers over all columns. Both leave the float model as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory is the plan of the Model page against what is free, disk the size of the result, time an estimate from the last run on this machine. Starved experts are those with fewer tokens than the threshold in the last profile of this source. What loads the result follows from bits, group size, zero points and format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The relative error of an expert&apos;s outputs on the tokens that reached it, averaged over its three linears; viridis, logarithmic where it spreads widely. Hatched: no token, so no error could be measured.&lt;p&gt;&lt;i&gt;tr(ΔHΔᵀ) / tr(WHWᵀ), &amp;nbsp; Δ = Ŵ − W&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, equation 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened, layer by layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One line a finished layer: tokens routed, experts that fell back and to what, the error, the time. A fallback means that an expert had too few tokens for a Hessian of its own; its Hessian was shrunk towards the layer&apos;s, or it was rounded to nearest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors: where did it go wrong?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error against tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each point is an expert, both axes logarithmic. The trend is a straight line through the logarithms: a falling one says that experts with fewer tokens are quantized worse, which is what a balanced calibration set is meant to change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distribution of errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The box spans the middle half of the experts, its line is the median, the whiskers reach 1.5 box heights, points beyond are drawn one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paired differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same expert in two runs: below zero, the first run is better. Pairing takes out that some experts are harder than others, so a small but steady difference shows. The interval holds the mean with 95 % confidence.&lt;p&gt;&lt;i&gt;d&lt;sub&gt;i&lt;/sub&gt; = log&lt;sub&gt;2&lt;/sub&gt;(e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;A&lt;/sup&gt; / e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;B&lt;/sup&gt;)&lt;/i&gt;&lt;/p&gt;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worst channels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The output channel of each linear with the greatest relative error. One bad channel in many experts of a layer points to an outlier in its inputs: rotation or AWQ may help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An expert through the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The error of the selected expert in every run of this model that is known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a run, one column a number that runs measured. The best is bold. Differences to the baseline come with a 95 % interval where both runs measured the same windows. Rows with a dagger are published figures, measured by others on other machines and texts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any number against any setting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose what to draw upwards and along; runs that share all other settings are joined by a line. Sweeps over τ and w appear as curves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Formats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The codes stay what they are where the new format can hold them; only the packing changes. After writing, every tensor is read back and compared.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhatLoads</name>
    <message>
        <source>loads this at TP 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refuses a quantized router: it builds routers as float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refuses asymmetric gptq checkpoints</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads gptq of 4 or 8 bits only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads no experts with zero points from compressed-tensors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads all experts of a layer with the first one&apos;s bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refuses experts of one layer with different grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refuses different grids inside q/k/v or gate/up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads this at TP 1, but its fast kernels know groups of 32, 64, 128 or a whole row only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ignores the rules for mixed grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads this through GPTQModel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads this through AutoAWQ or GPTQModel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads no experts with zero points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>misreads routed experts on different grids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads this (tried with 5.23)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loads this (by its source)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot hold %2 bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>awq holds one group size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 columns are no multiple of the group size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gptq packs multiples of 32 columns, not %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 packs multiples of 32 rows, not %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::AdvancedForm</name>
    <message>
        <source>Average bits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixed precision: bits of each routed expert from its measured error, this many on average</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bits to choose from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What mixed precision may give an expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starved below (tokens)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Routed experts with fewer calibration tokens count as starved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>twice the width</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other grids by pattern</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One a line: PATTERN=bits:8,group_size:32,sym:true,clip:mse or PATTERN=skip; * stands for any characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starved below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a rule: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::BalanceModel</name>
    <message>
        <source>Coefficient of variation of the experts&apos; token counts, mean over layers: compare by this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation of the experts&apos; shares in percentage points, mean over layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gini coefficient of the experts&apos; token counts, mean over layers; 0 is balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least share of a layer&apos;s tokens that an expert gets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greatest share of a layer&apos;s tokens that an expert gets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts without a token, all layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts with fewer than half a percent of the tokens, all layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STD (pp)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gini</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Min (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt; ½ %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::BeamModel</name>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pruned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pruned now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean log-probability of a token, in nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spread of expert usage that this candidate is judged by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>−Σ log p / length + σ / τ; lower wins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text tail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Σ log p / length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ / τ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::CalibrationPage</name>
    <message>
        <source>Who gets the tokens?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples of each source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send every ticked source through the model and count who gets its tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Samples × tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least tokens an expert should get; drawn in the histogram</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Min tokens of an expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the bars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>overlaid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How sources share the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STD (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STD of shares</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure of balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source of the map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer × expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what share of the tokens each expert of a layer gets, sources side by side.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows for every layer how unevenly its experts are used; lower is better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows every expert of every layer at once; experts without a token are hatched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows how far the use of a layer&apos;s experts is from even, with its Gini coefficient.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compares the sources in one row each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows how alike two sources use the experts; tick and profile at least two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lorenz curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick a source first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profiling %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coefficient of variation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STD of shares (percentage points)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>STD of shares (fraction)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::CandidatePlane</name>
    <message>
        <source>Likelihood and balance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean −log p (nats)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidates: %1, of which τ %2 keeps %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pruned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept at τ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidates of equal score at τ %1
drag to change τ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank %1, %2
mean −log p %3 nats (perplexity %4)
σ %5
score at τ %6: %7</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::Card</name>
    <message>
        <source>What am I looking at?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What does “%1” show?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::CardStack</name>
    <message>
        <source>Show %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::CommandPalette</name>
    <message>
        <source>Find an action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of an action&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions that fit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::ComparisonModel</name>
    <message>
        <source>%1 pt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % interval over the same windows: %1 % to %2 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No difference shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::DataTable</name>
    <message>
        <source>Copy &amp;selected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy all as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all as &amp;LaTeX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all as &amp;Markdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CS&amp;V…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as La&amp;TeX…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save or copy this table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table copied as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table copied as LaTeX</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table copied as Markdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::DistributionPlot</name>
    <message>
        <source>Distribution of errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Box plots: %1 of %2 groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>box: middle half, line: median, whiskers: 5 to 95 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: median %2, middle half %3 to %4, %L5 values</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::EbssPage</name>
    <message>
        <source>How is balance bought, and what does the text look like?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the whole calibration set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search a few sequences at these values and watch the beams</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the search chooses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model wrote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search or set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the score measures, and what keeps the text varied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing %1 sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens written in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run folder is not on this machine, so no set can be written beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 sequences are offered as a source: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::ErrorScatter</name>
    <message>
        <source>Error against tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of the expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scatter: %1 against tokens, %2 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trend: slope %1, r = %2, %L3 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1, expert %2
%3: %4
%L5 tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::ErrorsPage</name>
    <message>
        <source>Where did it go wrong?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the errors of an earlier quantization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a run&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows each expert&apos;s relative output error after a quantization.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linears, worst first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows whether experts with few tokens have larger errors.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists every quantized linear with its error and the tokens it saw.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of every expert, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (fallback %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relative error</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::FactModel</name>
    <message>
        <source>Property</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::FigureDialog</name>
    <message>
        <source>Save picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A column of a paper is about 85 mm wide, a page&apos;s text about 170 mm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> dpi</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Width:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Height:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resolution (PNG):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF (*.pdf);;SVG (*.svg);;PNG (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::HeatMap</name>
    <message>
        <source>Expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heat map: %1, %2 layers, %3 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not known yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::Inspector</name>
    <message>
        <source>Selected layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xpert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer CV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantized: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model to select its layers and experts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a bar or a cell on any page to see that expert&apos;s numbers here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::LayerLines</name>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lines: %1 by layer, sources: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::LearnPage</name>
    <message>
        <source>What does it mean?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::LogModel</name>
    <message>
        <source>warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Severity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::LogPage</name>
    <message>
        <source>What was said?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists what the worker and the window report, warnings among it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run folder: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::LorenzCurve</name>
    <message>
        <source>Lorenz curve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts, least used first (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts of layer %1, least used first (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 Gini %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, Gini %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>even use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, layer %2
the %3 least used experts get %4 % of the tokens
the last of them: expert %5, %6 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::MainWindow</name>
    <message>
        <source>MoEQuant Workbench</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Another worker has been started; the window kept everything it had.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Jobs cannot run until a worker is started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recent model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Quantize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is in this model?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who gets the tokens?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EBSS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How is balance bought?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What will happen, what is happening?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where did it go wrong?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What does it mean?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was said?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WikiText-2 is not on this machine; the built-in prose stands in for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – MoEQuant Workbench</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;sample model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a &amp;run…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run the page&apos;s job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command line that does what this page&apos;s button does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare WikiText-2 with EBSS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How evenly does ordinary text reach the experts, and the model&apos;s own?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent &amp;models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent r&amp;uns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recent run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language changes when the window is opened the next time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;What does it mean?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What am I &amp;looking at?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MoEQuant Workbench %1. Apache-2.0; this program as a whole GPL-3.0, because QCustomPlot is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a checkpoint&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a run&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: no finished run (result.json is missing)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to copy yet: tick a source first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::MessageBar</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do about it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::ModelPage</name>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shared expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Router</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MLP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is in this model?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers, experts, linears</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the architecture and the sizes of the open model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says what calibrating and quantizing this model needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lists every layer with its experts and linears. What you select here is selected on all pages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Expand all layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Collapse all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expand or collapse the tree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>built in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::ModelTree</name>
    <message>
        <source>Expert %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dense</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape (out × in)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::Page</name>
    <message>
        <source>%1: stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::PairedPlot</name>
    <message>
        <source>Paired differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts, by ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error ratio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of %1 over that of %2 for %3 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smaller: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>larger: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean ×%1 (95 %: %2 to %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean ×%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1, expert %2
%3: %4
%5: %6
ratio %7</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::PlotView</name>
    <message>
        <source>Save or copy this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;data as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data copied as CSV</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::QuantizeForm</name>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings that belong together; what you change afterwards stays changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mixed precision, grids by pattern, starved experts, storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safety</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text whose activations decide how weights are rounded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many sequences the calibration set has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a calibration sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long each of them is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So&amp;urce</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tokens each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the run&apos;s folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the quantized checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the checkpoint is written; empty: beside the run&apos;s other files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder for the checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for the checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::QuantizePage</name>
    <message>
        <source>What will happen, what is happening?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantize the open model with these settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says what the run needs and what loads its result, once a model is open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running and waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted quantizations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before and during the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What these settings need and what loads the result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The quantization that goes on, or the last one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantizing %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 instead of %2 (%3 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, read back and verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop after the layer in work; the run can be resumed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this run out of the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sample model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on where this run stopped: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::Rail</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::RunLibrary</name>
    <message>
        <source>sample model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2-bit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EBSS τ %1, w %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>EBSS sweep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::RunModel</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::RunStrip</name>
    <message>
        <source>Progress of the running job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After this &amp;layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the running job (Esc); a stopped quantization goes on later from its last finished layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n more waiting)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>, layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::RunView</name>
    <message>
        <source>routed %1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 expert fell back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 experts fell back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>error %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden states %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fills with each expert&apos;s relative output error while a quantization runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gets one line for each finished layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%L1 of %L2 %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken over from before the interruption</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error of every expert, %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SearchTree</name>
    <message>
        <source>Search tree</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps: %1, at most %2 candidates each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best branch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pruned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first other choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1: %2 candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1, rank %2: %3
mean −log p %4 nats, σ %5, score %6</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SearchView</name>
    <message>
        <source>Candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Best beam by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows how the best beam&apos;s two score parts develop: likelihood against imbalance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the candidates of every search step: what they say, how likely and how balanced they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows which branches of a search were kept and which were pruned.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows a step&apos;s candidates by likelihood and balance; drag the line to see what another τ keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence whose search is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One step on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step of the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step of the search that the pictures show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequence %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searched at τ %1; at τ %2 every step would keep the same candidates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searched at τ %1. At τ %2 step %3 would keep others; what comes after it is grey. %4 runs the real search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean −log p (nats)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ / τ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidates, step %1 (after another choice)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Candidates, step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SequenceModel</name>
    <message>
        <source>Loops: few distinct 4-grams, one cycle over much of it, or text that shrinks below a tenth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚠ loops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚠ loops, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 token ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean −log p of a token, in nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distinct 4-grams over all; below 0.3 counts as loops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share that one cycle of at most 16 tokens covers; above 30 % counts as loops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>#</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>σ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distinct-4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cycle (%)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SetCourse</name>
    <message>
        <source>Set so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CV of expert usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After %1 sequences: CV %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CV (left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>perplexity (right)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first %1 sequences
CV %2
perplexity %3</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SetView</name>
    <message>
        <source>Sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sets so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept as a source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the set without the rejected sequences and offer it on the other pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this sequence when another set is written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave this sequence out of what is accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject loops</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out every sequence that repeats itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows what the model wrote: every sequence of the last set, to pin or to reject.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows how balance and perplexity settle with the number of sequences.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compares the sets written with different τ and w in one row each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>τ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>w</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PPL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loops (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sequences, %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SettingsUndo</name>
    <message numerus="yes">
        <source>%n settings</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moequant::SimilarityModel</name>
    <message>
        <source>%1 and %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::SourceBar</name>
    <message>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibrate with a file of your own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Text file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text (*.txt *.md);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;JSON lines with a text field…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl *.json *.gz);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration &amp;set, published or written by EBSS…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calibration sets (*.jsonl *.json *.gz)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced &amp;WikiText-2: windows chosen for even use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::TauSlider</name>
    <message>
        <source>τ, logarithmic</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::TokenTexts</name>
    <message>
        <source>Reading tokens</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::TopTokenCard</name>
    <message>
        <source>Top tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the tokens that the selected expert likes best; click a bar or a cell to select one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No token of these sources reached layer %1, expert %2, or the profile is older.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::TopTokenModel</name>
    <message>
        <source>token %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sum of the router&apos;s coefficients that this token brought the expert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Affinity</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::UsageHistogram</name>
    <message>
        <source>Expert usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of routed tokens (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage, layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minimum %L1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uniform %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert of layer %1, most used first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expert of layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bars: share of tokens of %1 experts, sources: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %L2 tokens, %3 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::VerdictCard</name>
    <message>
        <source>&amp;Copy as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy these lines</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::Workbench</name>
    <message>
        <source>rotated %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 bit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no MoE layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 MoE layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MoE layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1+%2 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-%1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::WorkerButton</name>
    <message>
        <source>Worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Release the model&apos;s memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work on &amp;another machine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work on &amp;this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work on another machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command that starts a worker there. It must ask for no password.
Folders of models and runs are then those of that machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>local</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>● %1 · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ worker starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>⚠ worker lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>○ no worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process that does the work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process that does the work: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>moequant::WorkerClient</name>
    <message>
        <source>The worker did not answer within %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker did not answer; it said: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker could not be started: %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was killed or crashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended with code %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another worker was chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line of the worker was longer than 1 MiB and was left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not a message of the worker: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker speaks a newer protocol: update this window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The worker speaks an older protocol: update the worker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: larger than 1 GiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: the worker answered something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: not a JSON document</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
