<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ComparedRuns</name>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Quantizer, with AGQ where it weights the tokens</source>
        <translation>量化器；按 token 加权时注明 AGQ</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位宽</translation>
    </message>
    <message>
        <source>Bits of a weight&apos;s code</source>
        <translation>每个权重编码的位数</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Columns that share a scale; -1: all of a row</source>
        <translation>共用一个缩放因子的列数；-1：整行</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Calibration set</source>
        <translation>校准集</translation>
    </message>
    <message>
        <source>What balance weighs in EBSS; smaller: more</source>
        <translation>均衡度在 EBSS 中的权重；越小越看重均衡</translation>
    </message>
    <message>
        <source>Beams that EBSS keeps</source>
        <translation>EBSS 保留的束数</translation>
    </message>
    <message>
        <source>Branching</source>
        <translation>分支数</translation>
    </message>
    <message>
        <source>Children of a beam that EBSS looks at</source>
        <translation>EBSS 为每个束考察的后继数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Tokens of the set</source>
        <translation>校准集的 token 数</translation>
    </message>
    <message>
        <source>Standard deviation of expert use over its mean; 0: perfectly even</source>
        <translation>专家使用率的标准差除以均值；0：完全均衡</translation>
    </message>
    <message>
        <source>STD, %</source>
        <translation>标准差，%</translation>
    </message>
    <message>
        <source>Standard deviation of expert use in percent of the tokens&apos; slots</source>
        <translation>专家使用率的标准差，以 token 槽位的百分比计</translation>
    </message>
    <message>
        <source>STD a token</source>
        <translation>标准差（按 token）</translation>
    </message>
    <message>
        <source>Standard deviation of expert use as the paper counts it</source>
        <translation>按论文方式计算的专家使用率标准差</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>Experts without a token</source>
        <translation>未分到任何 token 的专家</translation>
    </message>
    <message>
        <source>Perplexity of the set</source>
        <translation>校准集的困惑度</translation>
    </message>
    <message>
        <source>How likely the float model finds the set</source>
        <translation>浮点模型认为校准集有多大可能</translation>
    </message>
    <message>
        <source>Degenerate, %</source>
        <translation>退化，%</translation>
    </message>
    <message>
        <source>Sequences that repeat themselves</source>
        <translation>自我重复的序列</translation>
    </message>
    <message>
        <source>Expert error, %</source>
        <translation>专家误差，%</translation>
    </message>
    <message>
        <source>Mean relative output error of the routed experts</source>
        <translation>路由专家的平均相对输出误差</translation>
    </message>
    <message>
        <source>Least used quarter, %</source>
        <translation>使用率最低的四分之一，%</translation>
    </message>
    <message>
        <source>The same over the experts with the fewest calibration tokens</source>
        <translation>同上，仅计校准 token 最少的专家</translation>
    </message>
    <message>
        <source>Size, %</source>
        <translation>大小，%</translation>
    </message>
    <message>
        <source>Of the float checkpoint&apos;s bytes</source>
        <translation>相对于浮点检查点的字节数</translation>
    </message>
    <message>
        <source>Size, MB</source>
        <translation>大小，MB</translation>
    </message>
    <message>
        <source>Of the checkpoint</source>
        <translation>检查点的大小</translation>
    </message>
    <message>
        <source>Memory, MB</source>
        <translation>内存，MB</translation>
    </message>
    <message>
        <source>Most that quantizing needed</source>
        <translation>量化所需的内存峰值</translation>
    </message>
    <message>
        <source>Fallbacks</source>
        <translation>回退</translation>
    </message>
    <message>
        <source>Linears that had too few tokens for the method</source>
        <translation>token 太少而无法使用该方法的线性层</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Time that it took</source>
        <translation>所用时间</translation>
    </message>
    <message>
        <source>Tasks, %</source>
        <translation>任务得分，%</translation>
    </message>
    <message>
        <source>Mean of the tasks&apos; scores</source>
        <translation>各项任务得分的平均值</translation>
    </message>
    <message>
        <source>PPL %1</source>
        <translation>PPL %1</translation>
    </message>
    <message>
        <source>Perplexity on %1</source>
        <translation>在 %1 上的困惑度</translation>
    </message>
    <message>
        <source>KL %1, nats</source>
        <translation>KL %1，nat</translation>
    </message>
    <message>
        <source>Divergence of the next-token distribution from the float model&apos;s, on %1</source>
        <translation>在 %1 上，下一 token 分布相对于浮点模型的散度</translation>
    </message>
    <message>
        <source>Top-1 %1, %</source>
        <translation>Top-1 %1，%</translation>
    </message>
    <message>
        <source>Tokens with the float model&apos;s most likely successor, on %1</source>
        <translation>在 %1 上，首选后继与浮点模型一致的 token</translation>
    </message>
    <message>
        <source>Routing %1, %</source>
        <translation>路由 %1，%</translation>
    </message>
    <message>
        <source>Tokens that reach the float model&apos;s experts, on %1</source>
        <translation>在 %1 上，到达与浮点模型相同专家的 token</translation>
    </message>
    <message>
        <source>%1, %</source>
        <translation>%1，%</translation>
    </message>
    <message>
        <source>Score of the task %1</source>
        <translation>任务 %1 的得分</translation>
    </message>
</context>
<context>
    <name>EbssWords</name>
    <message>
        <source>As in the paper: τ 1.2, four beams, each sequence on its own. Balanced: one beam of four drawn continuations, balance over the whole set.</source>
        <translation>与论文一致：τ 为 1.2，四个束，每条序列各自处理。均衡：一个束，抽取四个后继，在整个校准集上求均衡。</translation>
    </message>
    <message>
        <source>τ divides imbalance: the smaller, the more balance counts against likelihood; ∞ leaves likelihood alone. Paper: 1.2.</source>
        <translation>τ 是不均衡度的除数：越小，均衡相对于似然越重要；∞ 只看似然。论文：1.2。</translation>
    </message>
    <message>
        <source>Beams that a sequence keeps at every step. Paper: 4.</source>
        <translation>每条序列每步保留的束数。论文：4。</translation>
    </message>
    <message>
        <source>Continuations tried of each beam; 0 means as many as beams, which loses nothing. Paper: 4.</source>
        <translation>每个束尝试的后继数；0 表示与束数相同，不会有任何损失。论文：4。</translation>
    </message>
    <message>
        <source>Whether each sequence is balanced by itself or the set as a whole. Paper: each sequence.</source>
        <translation>每条序列各自均衡，还是整个校准集一起均衡。论文：每条序列。</translation>
    </message>
    <message>
        <source>Tokens of every sequence. Paper: 512.</source>
        <translation>每条序列的 token 数。论文：512。</translation>
    </message>
    <message>
        <source>Sequences of the set. Paper: 128.</source>
        <translation>校准集的序列数。论文：128。</translation>
    </message>
    <message>
        <source>Decides first tokens and all draws: the same seed writes the same set.</source>
        <translation>决定首个 token 和所有随机抽取：种子相同，写出的校准集就相同。</translation>
    </message>
    <message>
        <source>Whose use of experts is judged: the beam before the new token or with it. Paper: before (parent).</source>
        <translation>评判谁的专家使用率：加入新 token 之前的束，还是加入之后的束。论文：之前（parent）。</translation>
    </message>
    <message>
        <source>The unit of σ, and so the weight of τ. The paper names none; percent fits its τ.</source>
        <translation>σ 的单位，因而也决定 τ 的权重。论文未说明；percent 与其 τ 相符。</translation>
    </message>
    <message>
        <source>0 tries the most likely continuations, more draws them. Paper: 0.</source>
        <translation>0 尝试最可能的后继，更大的值则随机抽取。论文：0。</translation>
    </message>
    <message>
        <source>How often a sequence that loops is written anew. Paper: 0.</source>
        <translation>陷入循环的序列最多重写几次。论文：0。</translation>
    </message>
    <message>
        <source>No n tokens in a row come twice in a sequence; 0 allows it. Paper: 0.</source>
        <translation>序列中任何连续 n 个 token 不得出现两次；0 表示允许。论文：0。</translation>
    </message>
    <message>
        <source>Tokens drawn from the model before the search begins. Paper&apos;s authors: 3.</source>
        <translation>搜索开始前从模型抽取的 token 数。论文作者：3。</translation>
    </message>
    <message>
        <source>Drawn uniformly, or one after the other. Paper: uniform.</source>
        <translation>均匀抽取，或依次选取。论文：均匀。</translation>
    </message>
    <message>
        <source>Whether a sequence may end early. Here it may not unless asked; the paper says nothing.</source>
        <translation>序列能否提前结束。这里除非要求否则不能；论文未提及。</translation>
    </message>
    <message>
        <source>N·σ of the set</source>
        <translation>整个校准集的 N·σ</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>percentage points</source>
        <translation>百分点</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>share of tokens</source>
        <translation>token 占比</translation>
    </message>
    <message>
        <source>share of slots</source>
        <translation>槽位占比</translation>
    </message>
</context>
<context>
    <name>ErrorTables</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation>共享 %1</translation>
    </message>
    <message>
        <source>Error %</source>
        <translation>误差 %</translation>
    </message>
</context>
<context>
    <name>LabNotebook</name>
    <message>
        <source>What was studied</source>
        <translation>研究内容</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>语料</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Layer, expert, linear, row</source>
        <translation>层、专家、线性层、行</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>展开点</translation>
    </message>
    <message>
        <source>rounded to %1 bits</source>
        <translation>舍入为 %1 位</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Population (%1)</source>
        <translation>总体（%1）</translation>
    </message>
    <message>
        <source>Resamples</source>
        <translation>重抽样次数</translation>
    </message>
    <message>
        <source>Loss at the weights</source>
        <translation>权重处的损失</translation>
    </message>
    <message>
        <source>Curvature (root mean square of the entries)</source>
        <translation>曲率（各元素的均方根）</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>True</source>
        <translation>真值</translation>
    </message>
    <message>
        <source>Gauss–Newton</source>
        <translation>Gauss–Newton</translation>
    </message>
    <message>
        <source>Affinity-weighted</source>
        <translation>亲和度加权</translation>
    </message>
    <message>
        <source>Forward bias / ε</source>
        <translation>前向偏差 / ε</translation>
    </message>
    <message>
        <source>Symmetric bias / ε²</source>
        <translation>对称偏差 / ε²</translation>
    </message>
    <message>
        <source>Fitted orders</source>
        <translation>拟合的阶</translation>
    </message>
    <message>
        <source>Estimator</source>
        <translation>估计量</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>量</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>± 2 standard errors</source>
        <translation>± 2 倍标准误</translation>
    </message>
    <message>
        <source>Theory</source>
        <translation>理论</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>bias in ε</source>
        <translation>偏差随 ε</translation>
    </message>
    <message>
        <source>variance in ε</source>
        <translation>方差随 ε</translation>
    </message>
    <message>
        <source>variance in n</source>
        <translation>方差随 n</translation>
    </message>
    <message>
        <source>Is there a bias σ²/(nε²)?</source>
        <translation>是否存在偏差 σ²/(nε²)？</translation>
    </message>
    <message>
        <source>Coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>Contains 0</source>
        <translation>包含 0</translation>
    </message>
    <message>
        <source>Cells outside their interval</source>
        <translation>超出区间的格</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Correlations (Spearman)</source>
        <translation>相关性（Spearman）</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>Tokens and Hessian error</source>
        <translation>token 数与 Hessian 误差</translation>
    </message>
    <message>
        <source>Hessian error and quantization error</source>
        <translation>Hessian 误差与量化误差</translation>
    </message>
    <message>
        <source>the same inside each expert, mean</source>
        <translation>同上，在每个专家内部，取平均</translation>
    </message>
    <message>
        <source>Hessian error and excess error</source>
        <translation>Hessian 误差与额外误差</translation>
    </message>
    <message>
        <source>Tokens and quantization error</source>
        <translation>token 数与量化误差</translation>
    </message>
    <message>
        <source>Tokens and excess error</source>
        <translation>token 数与额外误差</translation>
    </message>
    <message>
        <source>Hessian error ~ n^p: p = %1, for small n %2, theory −0.5. Variance of the affinity-weighted Hessian over the plain one&apos;s: %3, predicted %4.</source>
        <translation>Hessian 误差 ~ n^p：p = %1，n 较小时 %2，理论值 −0.5。亲和度加权 Hessian 矩阵与普通 Hessian 矩阵的方差之比：%3，预测值 %4。</translation>
    </message>
    <message>
        <source>Hessian lab: %1</source>
        <translation>Hessian 实验室：%1</translation>
    </message>
    <message>
        <source>Hessian lab: %1, layer %2, expert %3, %4</source>
        <translation>Hessian 实验室：%1，第 %2 层，专家 %3，%4</translation>
    </message>
    <message>
        <source>No picture: not measured in this run.</source>
        <translation>无图：此次运行未测量。</translation>
    </message>
    <message>
        <source>Question.</source>
        <translation>问题：</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made</source>
        <translation>%1：无法创建该文件夹</translation>
    </message>
    <message>
        <source>This notebook shows one run, made by:</source>
        <translation>此笔记本展示一次运行，由以下命令生成：</translation>
    </message>
</context>
<context>
    <name>LabTables</name>
    <message>
        <source>bias ~ εᵖ</source>
        <translation>偏差 ~ εᵖ</translation>
    </message>
    <message>
        <source>variance ~ εᵖ</source>
        <translation>方差 ~ εᵖ</translation>
    </message>
    <message>
        <source>variance ~ nᵖ</source>
        <translation>方差 ~ nᵖ</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>independent</source>
        <translation>独立</translation>
    </message>
    <message>
        <source>common</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Theory</source>
        <translation>理论</translation>
    </message>
    <message>
        <source>Coefficient</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % 下限</translation>
    </message>
    <message>
        <source>to</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>格数</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>超出</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>第 %1 层，专家 %2</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Effective</source>
        <translation>有效数</translation>
    </message>
    <message>
        <source>H error %</source>
        <translation>H 误差 %</translation>
    </message>
    <message>
        <source>Eff. rank</source>
        <translation>有效秩</translation>
    </message>
    <message>
        <source>log₁₀ cond.</source>
        <translation>log₁₀ 条件数</translation>
    </message>
    <message>
        <source>Q error %</source>
        <translation>Q 误差 %</translation>
    </message>
    <message>
        <source>No sign of a bias σ²/(nε²); its coefficient, with 95 % interval: %1.</source>
        <translation>没有偏差 σ²/(nε²) 的迹象；其系数及 95 % 区间：%1。</translation>
    </message>
    <message>
        <source>There is a sign of a bias σ²/(nε²); its coefficient, with 95 % interval: %1.</source>
        <translation>有偏差 σ²/(nε²) 的迹象；其系数及 95 % 区间：%1。</translation>
    </message>
    <message>
        <source>tokens and Hessian error %1</source>
        <translation>token 数与 Hessian 误差 %1</translation>
    </message>
    <message>
        <source>Hessian and quantization error %1</source>
        <translation>Hessian 误差与量化误差 %1</translation>
    </message>
    <message>
        <source>within experts %1</source>
        <translation>专家内部 %1</translation>
    </message>
    <message>
        <source>Spearman&apos;s ρ: %1.</source>
        <translation>Spearman ρ：%1。</translation>
    </message>
    <message>
        <source>Slope in n: %1 ± %2 (1/√n: −0.5).</source>
        <translation>随 n 的斜率：%1 ± %2（1/√n：−0.5）。</translation>
    </message>
    <message>
        <source>For small n: %1.</source>
        <translation>n 较小时：%1。</translation>
    </message>
</context>
<context>
    <name>LabTour</name>
    <message>
        <source>not measured in this run</source>
        <translation>此次运行未测量</translation>
    </message>
    <message>
        <source>%1 (theory %2)</source>
        <translation>%1（理论值 %2）</translation>
    </message>
    <message>
        <source>the error of the expert&apos;s output</source>
        <translation>专家输出的误差</translation>
    </message>
    <message>
        <source>the error of the layer&apos;s output</source>
        <translation>层输出的误差</translation>
    </message>
    <message>
        <source>the model&apos;s own loss</source>
        <translation>模型自身的损失</translation>
    </message>
    <message>
        <source>a polynomial whose derivatives are known</source>
        <translation>导数已知的多项式</translation>
    </message>
    <message>
        <source>On the left stands the rounding wall: losses that are almost equal are subtracted and divided by ε², so the smaller the step, the more the last digits count.</source>
        <translation>左侧是舍入之墙：两个几乎相等的损失相减再除以 ε²，因此步长越小，末尾几位数字的影响越大。</translation>
    </message>
    <message>
        <source>In %1 measurements of this run rounding is the largest error; they are drawn as crosses and mean nothing.</source>
        <translation>此次运行有 %1 个测量以舍入为最大误差；它们画成叉号，没有意义。</translation>
    </message>
    <message>
        <source>In this run no measurement has rounding as its largest error.</source>
        <translation>此次运行没有任何测量以舍入为最大误差。</translation>
    </message>
    <message>
        <source>In %1 measurements the step changed which experts are chosen: the loss jumps there, and no derivative describes a jump. They have a ring.</source>
        <translation>在 %1 个测量中，步长改变了所选的专家：损失在那里发生跳变，而任何导数都无法描述跳变。这些点带有圆圈。</translation>
    </message>
    <message>
        <source>What a finite difference sees</source>
        <translation>有限差分看到了什么</translation>
    </message>
    <message>
        <source>An entry of the Hessian says how the loss bends when two weights move together. The loss here is %1.</source>
        <translation>Hessian 矩阵的一个元素表示两个权重一起变动时损失如何弯曲。这里的损失是%1。</translation>
    </message>
    <message>
        <source>The weights are in row %1 of %2, layer %3, expert %4.</source>
        <translation>这些权重位于第 %3 层专家 %4 的 %2 的第 %1 行。</translation>
    </message>
    <message>
        <source>A finite difference moves both by a step ε and compares losses.</source>
        <translation>有限差分把两者各移动步长 ε，再比较损失。</translation>
    </message>
    <message>
        <source>This loss is exactly quadratic in these weights. A second difference of a parabola is exact at every ε: there is no truncation error, and what is seen is rounding alone.</source>
        <translation>此损失对这些权重恰好是二次的。抛物线的二阶差分在任何 ε 下都精确：没有截断误差，看到的只有舍入误差。</translation>
    </message>
    <message>
        <source>On the right ε is too coarse and the series is cut off too early. The forward difference errs like ε; in the symmetric one the odd terms cancel, and it errs like ε². Orders fitted here: forward %1, symmetric %2.</source>
        <translation>右侧 ε 太粗，级数截断得太早。前向差分的误差与 ε 成正比；对称差分中奇次项相互抵消，误差与 ε² 成正比。这里拟合的阶：前向 %1，对称 %2。</translation>
    </message>
    <message>
        <source>Which ε is best for the symmetric difference, and why is it not the smallest?</source>
        <translation>对称差分的最佳 ε 是哪个？为什么不是最小的那个？</translation>
    </message>
    <message>
        <source>Least bias in this run: at ε = %1, a share %2 of the curvature.</source>
        <translation>此次运行的最小偏差：在 ε = %1 处，相当于曲率的 %2。</translation>
    </message>
    <message>
        <source>Any ε that is clear of the wall: there is no truncation to avoid, so a large step costs nothing.</source>
        <translation>任何避开那堵墙的 ε 都行：没有截断需要避免，步长大些也没有代价。</translation>
    </message>
    <message>
        <source>The one in the valley: to its right truncation grows like ε², to its left rounding like 1/ε².</source>
        <translation>位于谷底的那个：其右侧截断误差按 ε² 增长，左侧舍入误差按 1/ε² 增长。</translation>
    </message>
    <message>
        <source>All of this is variance and not bias: the estimates scatter around the same mean. A derivation in the MoEQuant repository has a bias of σ²/(nε²) instead; a coefficient of 1 would be that, 0 none.</source>
        <translation>这些都是方差而不是偏差：各估计围绕同一均值散布。MoEQuant 仓库中的一个推导却得出偏差 σ²/(nε²)；系数为 1 即如此，为 0 则没有。</translation>
    </message>
    <message>
        <source>%1, %2: %3, 95 % interval %4 to %5, which contains 0.</source>
        <translation>%1，%2：%3，95 % 区间 %4 至 %5，包含 0。</translation>
    </message>
    <message>
        <source>%1, %2: %3, 95 % interval %4 to %5, which does not contain 0.</source>
        <translation>%1，%2：%3，95 % 区间 %4 至 %5，不包含 0。</translation>
    </message>
    <message>
        <source>Its coefficient: %1.</source>
        <translation>其系数：%1。</translation>
    </message>
    <message>
        <source>Where noise enters</source>
        <translation>噪声从哪里进入</translation>
    </message>
    <message>
        <source>With n samples instead of all (%1 %2) the loss is known up to noise. Losses of single samples deviate by σ (here: %3), means of n by σ/√n. What that does to the difference is decided by how samples are drawn.</source>
        <translation>用 n 个样本代替全部（%1 个 %2）时，损失只能带着噪声得知。单个样本的损失偏离均值 σ（这里为 %3），n 个样本的均值偏离 σ/√n。这对差分有什么影响，取决于如何抽取样本。</translation>
    </message>
    <message>
        <source>Common: one batch for every evaluation of an estimate. The noise cancels in the difference and Var(Hₛ)/n is left, without ε. Independent: a batch for each evaluation. Nothing cancels, and dividing by ε² gives 4σ²/(nε⁴) for forward and σ²/(4nε⁴) for symmetric; orders in ε fitted here: forward %1, symmetric %2. Exact: all samples, no noise.</source>
        <translation>共用：一个估计的所有求值使用同一批样本。噪声在差分中抵消，只剩与 ε 无关的 Var(Hₛ)/n。独立：每次求值各取一批。什么都不抵消，除以 ε² 后，前向为 4σ²/(nε⁴)，对称为 σ²/(4nε⁴)；这里拟合的 ε 的阶：前向 %1，对称 %2。精确：使用所有样本，没有噪声。</translation>
    </message>
    <message>
        <source>Around the float weights this loss is 0 and so is σ: the noise comes from the moved weights alone and shrinks with ε.</source>
        <translation>在浮点权重附近此损失为 0，σ 也为 0：噪声只来自被移动的权重，并随 ε 减小。</translation>
    </message>
    <message>
        <source>Samples are independent and you halve ε. What happens to the variance, and what can n do about it?</source>
        <translation>样本独立，而你把 ε 减半。方差会怎样？n 又能起什么作用？</translation>
    </message>
    <message>
        <source>By the formula nothing, because σ is 0 here; with a σ it would grow 16-fold and take 16 times the samples.</source>
        <translation>按公式没有变化，因为这里 σ 为 0；若有 σ，方差会增大到 16 倍，需要 16 倍的样本。</translation>
    </message>
    <message>
        <source>By the formula it grows 16-fold, and it takes 16 times the samples to make up for that.</source>
        <translation>按公式它增大到 16 倍，要抵消需要 16 倍的样本。</translation>
    </message>
    <message>
        <source>With common samples nothing happens, because ε is not in the formula: always use the same samples on both sides of a difference.</source>
        <translation>样本共用时没有变化，因为公式里没有 ε：差分两侧应始终使用同样的样本。</translation>
    </message>
    <message>
        <source>What more samples buy</source>
        <translation>更多样本能换来什么</translation>
    </message>
    <message>
        <source>A mean of n samples has 1/n of the variance of one. Orders in n fitted here, common samples: forward %1, symmetric %2; independent: forward %3, symmetric %4. Truncation does not fall with n: more samples of a biased estimate are sure of the wrong value.</source>
        <translation>n 个样本的均值，其方差是单个样本的 1/n。这里拟合的 n 的阶，共用样本：前向 %1，对称 %2；独立：前向 %3，对称 %4。截断误差不随 n 下降：有偏估计的样本再多，也只会更确信错误的值。</translation>
    </message>
    <message>
        <source>Gauss–Newton needs no ε at all. For a squared error of a linear&apos;s output the Hessian of a row of weights is XXᵀ/n up to a factor, the second moment of its inputs. This is what GPTQ uses, and a factor does not change its codes.</source>
        <translation>Gauss–Newton 完全不需要 ε。对于线性层输出的平方误差，一行权重的 Hessian 矩阵除一个常数因子外就是 XXᵀ/n，即其输入的二阶矩。GPTQ 用的就是它，而常数因子不会改变编码。</translation>
    </message>
    <message>
        <source>For another loss it is an approximation. Against the true Hessian of the loss in this run its bias, with all samples and its best factor (%1), is a share %2 of the curvature.</source>
        <translation>对其他损失而言，它只是近似。与此次运行所用损失的真实 Hessian 矩阵相比，在使用所有样本和最佳因子（%1）时，其偏差相当于曲率的 %2。</translation>
    </message>
    <message>
        <source>Gauss–Newton: %1; a loss without a linear&apos;s inputs has none.</source>
        <translation>Gauss–Newton：%1；没有线性层输入的损失没有它。</translation>
    </message>
    <message>
        <source>How many times the samples does a tenth of the standard deviation take?</source>
        <translation>要使标准差降到十分之一，需要多少倍的样本？</translation>
    </message>
    <message>
        <source>A hundred times: the variance must fall to a hundredth. Read the other way, an expert that gets a hundredth of the tokens has ten times the error. That is the next step.</source>
        <translation>一百倍：方差必须降到百分之一。反过来看，只得到百分之一 token 的专家，误差是十倍。这就是下一步。</translation>
    </message>
    <message>
        <source>Hessians of experts: %1. Run the lab with experts to see numbers and a picture here.</source>
        <translation>专家的 Hessian 矩阵：%1。让实验室连同专家一起运行，即可在此看到数值和图。</translation>
    </message>
    <message>
        <source>From tokens to Hessians</source>
        <translation>从 token 到 Hessian 矩阵</translation>
    </message>
    <message>
        <source>An expert&apos;s Hessian is a mean over the tokens that the router sends it, so its error falls like 1/√n.</source>
        <translation>专家的 Hessian 矩阵是对路由器送来的 token 取的平均，因此其误差按 1/√n 下降。</translation>
    </message>
    <message>
        <source>Fitted slope: %1 (theory −0.5). Here layer %2, expert %3 got %4 tokens and layer %5, expert %6 got %7; errors of their Hessians: %8 and %9.</source>
        <translation>拟合斜率：%1（理论值 −0.5）。这里第 %2 层专家 %3 得到 %4 个 token，第 %5 层专家 %6 得到 %7 个；它们的 Hessian 误差分别为 %8 和 %9。</translation>
    </message>
    <message>
        <source>For n up to a thirty-second of an expert&apos;s tokens: slope %1. Beyond, it matters that tokens of one text are alike.</source>
        <translation>当 n 不超过专家 token 数的三十二分之一时：斜率 %1。超过之后，同一文本的 token 彼此相似就会产生影响。</translation>
    </message>
    <message>
        <source>n tokens give a Hessian of rank n at most. In directions that no token showed it is zero, and only the damping lets GPTQ invert it.</source>
        <translation>n 个 token 给出的 Hessian 矩阵，秩至多为 n。在没有任何 token 展现的方向上它为零，只有阻尼才能让 GPTQ 求出它的逆。</translation>
    </message>
    <message>
        <source>Experts with fewer tokens than inputs: %1 of %2. The spectrum says how bad that is: median effective rank %3 of %4 inputs.</source>
        <translation>token 数少于输入数的专家：%2 个中的 %1 个。谱说明这有多严重：有效秩的中位数为 %3，输入数为 %4。</translation>
    </message>
    <message>
        <source>AGQ weighs each token by its affinity c. A weighted mean is as noisy as a plain one of (Σc)²/Σc² tokens. Median share of the tokens that are left: %1. Variance over the plain one&apos;s at equal n: measured %2, predicted %3.</source>
        <translation>AGQ 按亲和度 c 为每个 token 加权。加权平均的噪声，与 (Σc)²/Σc² 个 token 的普通平均相同。剩余 token 占比的中位数：%1。n 相同时与普通平均的方差之比：实测 %2，预测 %3。</translation>
    </message>
    <message>
        <source>One expert has 50 tokens, another 5000. How do their Hessians differ?</source>
        <translation>一个专家有 50 个 token，另一个有 5000 个。它们的 Hessian 矩阵有何不同？</translation>
    </message>
    <message>
        <source>The error of the first is ten times as large, √100. It also has rank 50 at most: with more inputs than that (here: %1) most directions are unknown, and there damping alone guides the rounding.</source>
        <translation>前者的误差是后者的十倍，即 √100。它的秩也至多为 50：若输入数更多（这里为 %1），多数方向未知，在那里只有阻尼指引舍入。</translation>
    </message>
    <message>
        <source>The chain: imbalance, Hessian error, quantization error</source>
        <translation>链条：不均衡、Hessian 误差、量化误差</translation>
    </message>
    <message>
        <source>An uneven router leaves experts with few tokens, few tokens give a wrong Hessian, and with a wrong Hessian GPTQ corrects its rounding in the wrong directions. Spearman&apos;s ρ, between −1 and 1, says how far one order follows the other.</source>
        <translation>路由不均使一些专家 token 很少，token 少则 Hessian 矩阵不准，而 Hessian 矩阵不准，GPTQ 就会在错误的方向上补偿舍入。Spearman ρ 介于 −1 和 1 之间，表示一个量的排序在多大程度上跟随另一个。</translation>
    </message>
    <message>
        <source>Tokens and Hessian error: ρ = %1. Hessian error and quantization error: ρ = %2 over all points, %3 inside an expert. Hessian error and what it adds to the error with the reference&apos;s Hessian: ρ = %4. Tokens and quantization error: ρ = %5.</source>
        <translation>token 数与 Hessian 误差：ρ = %1。Hessian 误差与量化误差：所有点 ρ = %2，专家内部 %3。Hessian 误差与它在参考 Hessian 矩阵的误差之上所增加的误差：ρ = %4。token 数与量化误差：ρ = %5。</translation>
    </message>
    <message>
        <source>Tokens and what the Hessian&apos;s error adds: ρ = %1.</source>
        <translation>token 数与 Hessian 误差所增加的误差：ρ = %1。</translation>
    </message>
    <message>
        <source>Experts differ in how hard they are to quantize at all, which blurs the picture over all of them; inside one expert that is the same for every point. A correlation is no proof of a cause, but here n alone was changed within an expert.</source>
        <translation>各专家本身量化的难易不同，这使总体图景变得模糊；在同一专家内部，所有点的难度相同。相关并不能证明因果，但这里在专家内部只改变了 n。</translation>
    </message>
    <message>
        <source>You may add ten thousand calibration tokens. Which experts should get them, and what can you gain at most?</source>
        <translation>你可以再增加一万个校准 token。应该给哪些专家？最多能得到多少好处？</translation>
    </message>
    <message>
        <source>Those with the fewest, where 1/√n is steepest: this is what balanced calibration sets are for. More tokens lead towards the error with the reference&apos;s own Hessian and no further: median %1, now %2.</source>
        <translation>给 token 最少的专家，那里 1/√n 最陡：均衡的校准集正是为此而设。更多 token 会使误差趋近用参考自身的 Hessian 矩阵得到的误差，但不会更低：该误差的中位数为 %1，现在为 %2。</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>τ</source>
        <translation>τ</translation>
    </message>
    <message>
        <source>Width w</source>
        <translation>束宽 w</translation>
    </message>
    <message>
        <source>Branching b</source>
        <translation>分支数 b</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>No n-gram twice, n</source>
        <translation>禁止重复 n-gram 的长度 n</translation>
    </message>
    <message>
        <source>Replace loops</source>
        <translation>替换循环序列</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Length (tokens)</source>
        <translation>长度（token）</translation>
    </message>
    <message>
        <source>Warm-up (tokens)</source>
        <translation>预热（token）</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation>特殊 token</translation>
    </message>
    <message>
        <source>σ in</source>
        <translation>σ 单位</translation>
    </message>
    <message>
        <source>σ of</source>
        <translation>σ 取自</translation>
    </message>
    <message>
        <source>Balance over</source>
        <translation>均衡范围</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>AGQ: weigh tokens by affinity</source>
        <translation>AGQ：按亲和度为 token 加权</translation>
    </message>
    <message>
        <source>AGQ exponent</source>
        <translation>AGQ 指数</translation>
    </message>
    <message>
        <source>Tokens of an expert</source>
        <translation>专家所用的 token</translation>
    </message>
    <message>
        <source>Rotate the residual stream (QuaRot)</source>
        <translation>旋转残差流（QuaRot）</translation>
    </message>
    <message>
        <source>Range search</source>
        <translation>范围搜索</translation>
    </message>
    <message>
        <source>Starved below (tokens)</source>
        <translation>样本不足阈值（token）</translation>
    </message>
    <message>
        <source>Starved experts get</source>
        <translation>样本不足的专家采用</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>Act-order</source>
        <translation>激活排序（act-order）</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位宽</translation>
    </message>
    <message>
        <source>Group size</source>
        <translation>组大小</translation>
    </message>
    <message>
        <source>Asymmetric, with zero points</source>
        <translation>非对称，带零点</translation>
    </message>
    <message>
        <source>Quantize the router too</source>
        <translation>同时量化路由器</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Hidden states kept as</source>
        <translation>隐藏状态存为</translation>
    </message>
    <message>
        <source>GPU memory limit</source>
        <translation>GPU 内存上限</translation>
    </message>
    <message>
        <source>Shard size</source>
        <translation>分片大小</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Compute in</source>
        <translation>计算类型</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存上限</translation>
    </message>
    <message>
        <source>CPU threads, 0: as many as there are cores</source>
        <translation>CPU 线程数，0：与核心数相同</translation>
    </message>
    <message>
        <source>GPU memory to stay within: hidden states go to the host when they need more</source>
        <translation>GPU 内存上限：超出时隐藏状态转存到主机内存</translation>
    </message>
    <message>
        <source>a whole recipe, or values for the search alone; explicit options win</source>
        <translation>整套配方，或仅搜索所用的值；显式选项优先</translation>
    </message>
    <message>
        <source>also save each expert&apos;s N tokens of highest affinity</source>
        <translation>同时保存每个专家亲和度最高的 N 个 token</translation>
    </message>
    <message>
        <source>also the router and the shared expert&apos;s gate</source>
        <translation>也包括路由器和共享专家的门控</translation>
    </message>
    <message>
        <source>another grid for linears: PATTERN=bits:8,group_size:32,sym:true,clip:mse, or PATTERN=skip</source>
        <translation>为部分线性层另设网格：PATTERN=bits:8,group_size:32,sym:true,clip:mse，或 PATTERN=skip</translation>
    </message>
    <message>
        <source>asymmetric grid with zero points</source>
        <translation>带零点的非对称网格</translation>
    </message>
    <message>
        <source>auto, cpu, cuda or cuda:N</source>
        <translation>auto、cpu、cuda 或 cuda:N</translation>
    </message>
    <message>
        <source>balance within each sequence, or over the whole set</source>
        <translation>在每条序列内均衡，或在整个校准集上均衡</translation>
    </message>
    <message>
        <source>beams kept a step</source>
        <translation>每步保留的束数</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>每个权重的位数</translation>
    </message>
    <message>
        <source>bits to choose from, such as 2,3,4</source>
        <translation>可选的位宽，例如 2,3,4</translation>
    </message>
    <message>
        <source>columns in order of decreasing Hessian diagonal</source>
        <translation>按 Hessian 矩阵对角元从大到小处理各列</translation>
    </message>
    <message>
        <source>columns that share a scale, -1: the whole row</source>
        <translation>共用一个缩放因子的列数，-1：整行</translation>
    </message>
    <message>
        <source>continuations drawn from p^(1/noise) without replacement (stochastic beam); 0: the most probable</source>
        <translation>按 p^(1/noise) 无放回抽取后继（随机束搜索）；0：取最可能的后继</translation>
    </message>
    <message>
        <source>continuations tried of each beam, 0: the width, which is exact for --sigma-of parent</source>
        <translation>每个束尝试的后继数，0：等于束宽，对 --sigma-of parent 是精确的</translation>
    </message>
    <message>
        <source>corpus SPEC to measure perplexity on</source>
        <translation>用来测量困惑度的语料 SPEC</translation>
    </message>
    <message>
        <source>damping, as a share of the Hessian&apos;s mean diagonal</source>
        <translation>阻尼，以 Hessian 矩阵对角元均值的占比计</translation>
    </message>
    <message>
        <source>divisor of the balance term; inf switches it off</source>
        <translation>均衡项的除数；inf 表示关闭该项</translation>
    </message>
    <message>
        <source>every random draw comes from it</source>
        <translation>所有随机抽取都由它决定</translation>
    </message>
    <message>
        <source>feed BOS before every sequence (auto: where the tokenizer adds it)</source>
        <translation>在每条序列前送入 BOS（auto：分词器会添加时才送入）</translation>
    </message>
    <message>
        <source>feed BOS before every window and score its first token (auto: never)</source>
        <translation>在每个窗口前送入 BOS 并计入其首个 token（auto：从不）</translation>
    </message>
    <message>
        <source>float model to agree with</source>
        <translation>用作一致性基准的浮点模型</translation>
    </message>
    <message>
        <source>folder of the corpora (else $MOEQUANT_DATA, then the user&apos;s)</source>
        <translation>语料所在的文件夹（否则用 $MOEQUANT_DATA，再否则用用户的文件夹）</translation>
    </message>
    <message>
        <source>format of the checkpoint; float: dequantized weights</source>
        <translation>检查点的格式；float：反量化后的权重</translation>
    </message>
    <message>
        <source>how often a degenerate sequence is replaced by a new one, 0: never</source>
        <translation>退化的序列最多用新序列替换几次，0：从不</translation>
    </message>
    <message>
        <source>how the calibration set&apos;s hidden states are kept</source>
        <translation>校准集隐藏状态的存放方式</translation>
    </message>
    <message>
        <source>ids a sequence</source>
        <translation>每条序列的 id 数</translation>
    </message>
    <message>
        <source>largest size of one file of weights</source>
        <translation>单个权重文件的最大大小</translation>
    </message>
    <message>
        <source>mask special ids until the length is reached, or let EOS end a sequence</source>
        <translation>屏蔽特殊 id 直到达到长度，或允许 EOS 结束序列</translation>
    </message>
    <message>
        <source>memory to stay within, such as 8GiB (default: what is free)</source>
        <translation>内存上限，例如 8GiB（默认：可用内存）</translation>
    </message>
    <message>
        <source>mixed precision: bits of each routed expert from its measured error, this many on average</source>
        <translation>混合精度：按实测误差为每个路由专家分配位宽，平均为此位数</translation>
    </message>
    <message>
        <source>no n-gram of this length twice in a sequence, 0: off</source>
        <translation>序列中不得出现两次此长度的 n-gram，0：关闭</translation>
    </message>
    <message>
        <source>power of the affinity</source>
        <translation>亲和度的幂次</translation>
    </message>
    <message>
        <source>print the recorded search of this sequence (from 0) as a table</source>
        <translation>以表格打印该序列（从 0 计）的搜索记录</translation>
    </message>
    <message>
        <source>quantizer</source>
        <translation>量化器</translation>
    </message>
    <message>
        <source>search each scale for the least error of the weights (AWQ searches its own way)</source>
        <translation>为每个缩放因子搜索使权重误差最小的值（AWQ 用自己的方式搜索）</translation>
    </message>
    <message>
        <source>sequences searched at once, 0: as memory allows</source>
        <translation>同时搜索的序列数，0：视内存而定</translation>
    </message>
    <message>
        <source>sequences to write</source>
        <translation>要写的序列数</translation>
    </message>
    <message>
        <source>sequences whose search goes into search.safetensors</source>
        <translation>把搜索过程写入 search.safetensors 的序列数</translation>
    </message>
    <message>
        <source>start over in a run folder that is finished or holds another job</source>
        <translation>若运行文件夹已完成或属于其他任务，则从头开始</translation>
    </message>
    <message>
        <source>task to run</source>
        <translation>要运行的任务</translation>
    </message>
    <message>
        <source>tokens (with --agq effective ones) below which a routed expert is starved; default: twice the width of the hidden states</source>
        <translation>路由专家的 token 数（使用 --agq 时为有效 token 数）低于此值即为样本不足；默认：隐藏状态宽度的两倍</translation>
    </message>
    <message>
        <source>tokens in a routed expert&apos;s Hessian: those routed to it, or all of them (with --agq weighed by the router&apos;s full softmax)</source>
        <translation>路由专家的 Hessian 矩阵所用的 token：仅路由到它的，或全部（使用 --agq 时按路由器的完整 softmax 加权）</translation>
    </message>
    <message>
        <source>tokens sampled at the start before the search</source>
        <translation>搜索前在开头采样的 token 数</translation>
    </message>
    <message>
        <source>turn the residual stream by a random Hadamard matrix first (QuaRot), fused into the weights</source>
        <translation>先用随机 Hadamard 矩阵旋转残差流（QuaRot），并融合进权重</translation>
    </message>
    <message>
        <source>type of the weights while computing (auto: as stored)</source>
        <translation>计算时权重的类型（auto：与存储时相同）</translation>
    </message>
    <message>
        <source>unit of the balance deviation</source>
        <translation>均衡偏差的单位</translation>
    </message>
    <message>
        <source>values for the search; explicit options win</source>
        <translation>搜索所用的值；显式选项优先</translation>
    </message>
    <message>
        <source>weigh calibration tokens by their affinity to the expert</source>
        <translation>按校准 token 对专家的亲和度加权</translation>
    </message>
    <message>
        <source>what a starved expert gets: its Hessian shrunk towards its layer&apos;s, the Hessian of all the layer&apos;s tokens, or round to nearest</source>
        <translation>样本不足的专家采用：向所在层收缩的自身 Hessian 矩阵、该层全部 token 的 Hessian 矩阵，或就近舍入</translation>
    </message>
    <message>
        <source>what gets bits of its own</source>
        <translation>以什么为单位独立分配位宽</translation>
    </message>
    <message>
        <source>where sequences start</source>
        <translation>序列从哪里开始</translation>
    </message>
    <message>
        <source>whose balance scores a candidate: the branch&apos;s before its new token (parent), or with it (child; feeds width × branching rows a step)</source>
        <translation>用谁的均衡度为候选评分：分支在加入新 token 之前（parent），或加入之后（child；每步送入束宽 × 分支数行）</translation>
    </message>
    <message>
        <source>with --balance-scope set: sequences searched in lockstep, 0: all; the next wave sees the finished ones</source>
        <translation>配合 --balance-scope set：同步搜索的序列数，0：全部；下一批能看到已完成的序列</translation>
    </message>
    <message>
        <source>Bits chosen for each</source>
        <translation>独立位宽的单位</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性层</translation>
    </message>
    <message>
        <source>Loss of</source>
        <translation>损失取自</translation>
    </message>
    <message>
        <source>Expanded at</source>
        <translation>展开点</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>采样</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Entries i:j</source>
        <translation>元素 i:j</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>ε</source>
        <translation>ε</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Resamples</source>
        <translation>重抽样次数</translation>
    </message>
    <message>
        <source>Population</source>
        <translation>总体</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Tokens of a Hessian</source>
        <translation>Hessian 的 token 数</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>MoE layer of the studied expert, default: the first</source>
        <translation>所研究专家所在的 MoE 层，默认：第一个</translation>
    </message>
    <message>
        <source>corpus of the reference Hessians, default: every second sequence of the corpus</source>
        <translation>参考 Hessian 矩阵的语料，默认：语料中每隔一条的序列</translation>
    </message>
    <message>
        <source>draws of tokens for each expert and n</source>
        <translation>每个专家和每个 n 抽取 token 的次数</translation>
    </message>
    <message>
        <source>entries to draw where none is named</source>
        <translation>未指定元素时抽取的元素个数</translation>
    </message>
    <message>
        <source>entry I:J of that row&apos;s Hessian</source>
        <translation>该行 Hessian 矩阵的元素 I:J</translation>
    </message>
    <message>
        <source>error of the expert&apos;s output, of the layer&apos;s output, the model&apos;s own loss through the remaining layers, or a polynomial with known derivatives</source>
        <translation>专家输出的误差、层输出的误差、模型经其余各层后自身的损失，或导数已知的多项式</translation>
    </message>
    <message>
        <source>estimates for each bias and variance</source>
        <translation>每个偏差和方差所用的估计次数</translation>
    </message>
    <message>
        <source>experts whose Hessians are measured against n: all, the layer&apos;s, the studied one, or none</source>
        <translation>随 n 测量 Hessian 矩阵的专家：全部、该层的、所研究的那个，或不测量</translation>
    </message>
    <message>
        <source>in later layers (loss model): the experts chosen by the unperturbed model, or chosen anew (flips are counted)</source>
        <translation>在之后的层中（loss 为 model 时）：采用未扰动模型所选的专家，或重新选择（会统计变动次数）</translation>
    </message>
    <message>
        <source>linear of the expert whose weights are perturbed</source>
        <translation>专家中其权重被扰动的线性层</translation>
    </message>
    <message>
        <source>one batch for all evaluations of an estimate, a batch for each, every token, or all three</source>
        <translation>一个估计的所有求值共用一批、每次求值各取一批、使用所有 token，或三者都做</translation>
    </message>
    <message>
        <source>routed expert whose weights are perturbed</source>
        <translation>其权重被扰动的路由专家</translation>
    </message>
    <message>
        <source>row of the linear, default: drawn</source>
        <translation>线性层的行，默认：随机抽取</translation>
    </message>
    <message>
        <source>samples of an estimate</source>
        <translation>一个估计的样本数</translation>
    </message>
    <message>
        <source>steps of the differences</source>
        <translation>差分的步长</translation>
    </message>
    <message>
        <source>tokens (loss model: sequences) that samples are drawn from, default: at most 4096 tokens or 16 sequences</source>
        <translation>抽样所取自的 token（loss 为 model 时：序列），默认：最多 4096 个 token 或 16 条序列</translation>
    </message>
    <message>
        <source>tokens of an expert&apos;s Hessian</source>
        <translation>一个专家的 Hessian 矩阵所用的 token 数</translation>
    </message>
    <message>
        <source>where the loss is expanded: the linear rounded to nearest, or the float weights, at which the errors of expert and layer vanish</source>
        <translation>损失的展开处：就近舍入后的线性层，或浮点权重（在此处专家误差和层误差为零）</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Relative output error</source>
        <translation>相对输出误差</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>每个专家的误差</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>whole row</source>
        <translation>整行</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>所有核心</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Share of routed tokens (%)</source>
        <translation>路由 token 的占比（%）</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Largest layer, float32</source>
        <translation>最大的层，float32</translation>
    </message>
    <message>
        <source>Hessians</source>
        <translation>Hessian 矩阵</translation>
    </message>
    <message>
        <source>Hidden states of 128 × 512 tokens</source>
        <translation>128 × 512 个 token 的隐藏状态</translation>
    </message>
    <message>
        <source>Activations of one slice</source>
        <translation>一个切片的激活</translation>
    </message>
    <message>
        <source>Embedding and head</source>
        <translation>嵌入层和输出头</translation>
    </message>
    <message>
        <source>Quantizing needs in all</source>
        <translation>量化总共需要</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Active parameters a token</source>
        <translation>每个 token 激活的参数</translation>
    </message>
    <message>
        <source>Size of the weights</source>
        <translation>权重的大小</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置数</translation>
    </message>
    <message>
        <source>Windows of the corpus that are chosen so that the experts are used evenly</source>
        <translation>从语料中挑选、使专家使用均衡的窗口</translation>
    </message>
    <message>
        <source>Our own texts, always there</source>
        <translation>程序自带的文本，始终可用</translation>
    </message>
    <message>
        <source>Found in the data folder ($MOEQUANT_DATA), or fetched with: moequant fetch %1</source>
        <translation>在数据文件夹（$MOEQUANT_DATA）中找到，或用此命令获取：moequant fetch %1</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>约需 %1</translation>
    </message>
    <message>
        <source>about %1 of %2 free</source>
        <translation>约 %1，可用 %2</translation>
    </message>
    <message>
        <source>about %1, but only %2 are free</source>
        <translation>约 %1，但可用仅 %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>unknown until the first layer is done</source>
        <translation>完成第一层之前未知</translation>
    </message>
    <message>
        <source>about %1: %2 weights at %3 a second, as the last such run here</source>
        <translation>约 %1：%2 个权重，每秒 %3 个，按本机上次同类运行估计</translation>
    </message>
    <message>
        <source> with %L1 tokens</source>
        <translation>（%L1 个 token）</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>%L1 of calibration, %L2 an expert on average</source>
        <translation>校准 %L1 个，平均每个专家 %L2 个</translation>
    </message>
    <message>
        <source>Starved experts</source>
        <translation>样本不足的专家</translation>
    </message>
    <message>
        <source>unknown: profile this source on the Calibration page</source>
        <translation>未知：请在“校准”页分析此来源</translation>
    </message>
    <message>
        <source>none below %L1 tokens</source>
        <translation>没有低于 %L1 个 token 的专家</translation>
    </message>
    <message>
        <source>%L1 of %L2 below %L3 tokens; they get: %4</source>
        <translation>%L2 个中有 %L1 个低于 %L3 个 token；采用：%4</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Bits a weight</source>
        <translation>每权重位数</translation>
    </message>
    <message>
        <source>%1, scales included</source>
        <translation>%1，含缩放因子</translation>
    </message>
    <message>
        <source>Balanced %1</source>
        <translation>均衡 %1</translation>
    </message>
    <message>
        <source>a figure is 20 to 1000 mm wide and high, not %1 × %2</source>
        <translation>图的宽和高应为 20 至 1000 mm，而不是 %1 × %2</translation>
    </message>
    <message>
        <source>a figure has 50 to 1200 dpi, not %1</source>
        <translation>图的分辨率应为 50 至 1200 dpi，而不是 %1</translation>
    </message>
    <message>
        <source>%1 × %2 mm at %3 dpi are more than 400 million pixels</source>
        <translation>%3 dpi 下 %1 × %2 mm 超过 4 亿像素</translation>
    </message>
    <message>
        <source>%1: a figure ends in .pdf, .svg or .png</source>
        <translation>%1：图的文件名应以 .pdf、.svg 或 .png 结尾</translation>
    </message>
    <message>
        <source>%1: could not be written</source>
        <translation>%1：无法写入</translation>
    </message>
    <message>
        <source>log₂ of the error ratio</source>
        <translation>误差比的 log₂</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 对 %2</translation>
    </message>
    <message>
        <source>Best beam by step</source>
        <translation>最佳束的逐步变化</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Layer × expert</source>
        <translation>层 × 专家</translation>
    </message>
    <message>
        <source>Coefficient of variation</source>
        <translation>变异系数</translation>
    </message>
    <message>
        <source>STD of shares (percentage points)</source>
        <translation>占比的标准差（百分点）</translation>
    </message>
    <message>
        <source>STD of shares (fraction)</source>
        <translation>占比的标准差（小数）</translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation>各层的均衡度</translation>
    </message>
    <message>
        <source>mean −log p (nats)</source>
        <translation>平均 −log p（nat）</translation>
    </message>
    <message>
        <source>σ / τ</source>
        <translation>σ / τ</translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation>运行前的检查</translation>
    </message>
    <message>
        <source>The check before the run: this will not work</source>
        <translation>运行前的检查：无法运行</translation>
    </message>
    <message>
        <source>The check before the run: ready</source>
        <translation>运行前的检查：就绪</translation>
    </message>
    <message>
        <source>The check before the run: ready, with one warning</source>
        <translation>运行前的检查：就绪，有一项警告</translation>
    </message>
    <message>
        <source>The check before the run: ready, with %1 warnings</source>
        <translation>运行前的检查：就绪，有 %1 项警告</translation>
    </message>
    <message>
        <source>Nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>Sequences that the model writes itself so that its experts are used evenly; searched with the values chosen on page EBSS, by the balanced preset until then</source>
        <translation>由模型自己写出、使专家使用均衡的序列；以 EBSS 页所选的值搜索，未选时用均衡预设</translation>
    </message>
    <message>
        <source>as w</source>
        <translation>同 w</translation>
    </message>
    <message>
        <source>%1: slope %2, r = %3</source>
        <translation>%1：斜率 %2，r = %3</translation>
    </message>
    <message>
        <source>Sample model</source>
        <translation>示例模型</translation>
    </message>
    <message>
        <source>%1, float</source>
        <translation>%1，浮点</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>first</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>随机抽取</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Bias / curvature</source>
        <translation>偏差 / 曲率</translation>
    </message>
    <message>
        <source>Bias of an entry</source>
        <translation>元素的偏差</translation>
    </message>
    <message>
        <source>Variance / curvature²</source>
        <translation>方差 / 曲率²</translation>
    </message>
    <message>
        <source>Variance of an entry</source>
        <translation>元素的方差</translation>
    </message>
    <message>
        <source>exact: all samples</source>
        <translation>精确：所有样本</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>%1, exact</source>
        <translation>%1，精确</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1，预测</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>Gauss–Newton</source>
        <translation>Gauss–Newton</translation>
    </message>
    <message>
        <source>Affinity-weighted</source>
        <translation>亲和度加权</translation>
    </message>
    <message>
        <source>Common</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>Independent</source>
        <translation>独立</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Step ε</source>
        <translation>步长 ε</translation>
    </message>
    <message>
        <source>n (%1)</source>
        <translation>n（%1）</translation>
    </message>
    <message>
        <source>Root-mean-square error / curvature</source>
        <translation>均方根误差 / 曲率</translation>
    </message>
    <message>
        <source>Root-mean-square error</source>
        <translation>均方根误差</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 个专家</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>第 %1 层，专家 %2</translation>
    </message>
    <message>
        <source>own calibration tokens</source>
        <translation>自身的校准 token</translation>
    </message>
    <message>
        <source>Tokens of the Hessian, n</source>
        <translation>Hessian 矩阵的 token 数 n</translation>
    </message>
    <message>
        <source>Relative error of the Hessian</source>
        <translation>Hessian 矩阵的相对误差</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>experts of layer %1, dark: few tokens</source>
        <translation>第 %1 层的专家，深色：token 少</translation>
    </message>
    <message>
        <source>10–90 % of experts</source>
        <translation>10–90 % 的专家</translation>
    </message>
    <message>
        <source>median, affinity-weighted</source>
        <translation>中位数，亲和度加权</translation>
    </message>
    <message>
        <source>Rank of the eigenvalue</source>
        <translation>特征值的序号</translation>
    </message>
    <message>
        <source>Eigenvalue / largest</source>
        <translation>特征值 / 最大值</translation>
    </message>
    <message>
        <source>fewest tokens: layer %1, expert %2</source>
        <translation>token 最少：第 %1 层，专家 %2</translation>
    </message>
    <message>
        <source>rank that its %L1 tokens reach</source>
        <translation>其 %L1 个 token 能达到的秩</translation>
    </message>
    <message>
        <source>Relative quantization error</source>
        <translation>相对量化误差</translation>
    </message>
    <message>
        <source>n = %L1</source>
        <translation>n = %L1</translation>
    </message>
    <message>
        <source>Tokens of the expert</source>
        <translation>专家的 token 数</translation>
    </message>
    <message>
        <source>%1: Spearman ρ = %2</source>
        <translation>%1：Spearman ρ = %2</translation>
    </message>
    <message>
        <source>Bias against ε</source>
        <translation>偏差随 ε 的变化</translation>
    </message>
    <message>
        <source>Variance against ε</source>
        <translation>方差随 ε 的变化</translation>
    </message>
    <message>
        <source>Bias against n</source>
        <translation>偏差随 n 的变化</translation>
    </message>
    <message>
        <source>Variance against n</source>
        <translation>方差随 n 的变化</translation>
    </message>
    <message>
        <source>Error: %1, %2</source>
        <translation>误差：%1，%2</translation>
    </message>
    <message>
        <source>Hessian error against tokens</source>
        <translation>Hessian 误差随 token 数的变化</translation>
    </message>
    <message>
        <source>Spectra of the Hessians</source>
        <translation>Hessian 矩阵的谱</translation>
    </message>
    <message>
        <source>Quantization error</source>
        <translation>量化误差</translation>
    </message>
    <message>
        <source>Hessian error of every expert</source>
        <translation>每个专家的 Hessian 误差</translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>The model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Layers and experts</source>
        <translation>层与专家</translation>
    </message>
    <message>
        <source>A Mixture-of-Experts layer holds many small MLPs, the experts. A router gives each token a probability for every expert; the k best compute, and their outputs are added, weighted by these probabilities, the affinities.&lt;p&gt;&lt;i&gt;y = Σ&lt;sub&gt;i ∈ top-k&lt;/sub&gt; s&lt;sub&gt;i&lt;/sub&gt;(x) · E&lt;sub&gt;i&lt;/sub&gt;(x)&lt;/i&gt;&lt;/p&gt;Shared experts see every token. Only a few experts work for a token, so a small piece of text reaches each expert unevenly: everything on the other pages follows from that.</source>
        <translation>混合专家（MoE）层包含许多小型 MLP，即专家。路由器为每个 token 给出每个专家的概率；最好的 k 个参与计算，其输出按这些概率（即亲和度）加权相加。&lt;p&gt;&lt;i&gt;y = Σ&lt;sub&gt;i ∈ top-k&lt;/sub&gt; s&lt;sub&gt;i&lt;/sub&gt;(x) · E&lt;sub&gt;i&lt;/sub&gt;(x)&lt;/i&gt;&lt;/p&gt;共享专家会看到所有 token。每个 token 只由少数专家处理，因此一小段文本到达各专家的数量并不均匀：其他页面上的一切都由此而来。</translation>
    </message>
    <message>
        <source>The memory plan</source>
        <translation>内存规划</translation>
    </message>
    <message>
        <source>Quantizing goes layer by layer: one layer in float32, the Hessians of the experts in work, and the hidden states of the whole calibration set are in memory, never the whole model. The plan adds up exactly that.</source>
        <translation>量化逐层进行：内存中只有一层 float32 权重、正在处理的专家的 Hessian 矩阵以及整个校准集的隐藏状态，从不载入整个模型。规划中加总的正是这些。</translation>
    </message>
    <message>
        <source>Calibration: who gets the tokens?</source>
        <translation>校准：token 分给了谁？</translation>
    </message>
    <message>
        <source>Expert usage</source>
        <translation>专家使用率</translation>
    </message>
    <message>
        <source>How many of the calibration tokens the router of this layer sends to each expert. If all were used alike, every bar would reach the uniform line at 1/E. An expert below the token threshold has too few tokens for a good Hessian: its inputs span fewer directions than its weights have columns.&lt;p&gt;&lt;i&gt;share&lt;sub&gt;i&lt;/sub&gt; = n&lt;sub&gt;i&lt;/sub&gt; / Σ&lt;sub&gt;j&lt;/sub&gt; n&lt;sub&gt;j&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</source>
        <translation>此层路由器把多少校准 token 送给每个专家。若使用完全均匀，每根柱都会达到 1/E 处的均匀线。低于 token 阈值的专家 token 太少，得不到好的 Hessian 矩阵：其输入张成的方向少于权重的列数。&lt;p&gt;&lt;i&gt;share&lt;sub&gt;i&lt;/sub&gt; = n&lt;sub&gt;i&lt;/sub&gt; / Σ&lt;sub&gt;j&lt;/sub&gt; n&lt;sub&gt;j&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equation 4</source>
        <translation>%1，公式 4</translation>
    </message>
    <message>
        <source>Usage of every expert</source>
        <translation>每个专家的使用率</translation>
    </message>
    <message>
        <source>One row a layer, one cell an expert; brighter means more tokens. Maps of several sources share one colour range, so that they can be compared by eye. Hatched: no token at all.</source>
        <translation>每行一层，每格一个专家；越亮表示 token 越多。多个来源的热力图共用一个颜色范围，便于目视比较。斜线：没有任何 token。</translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation>各层的均衡度</translation>
    </message>
    <message>
        <source>The spread of the shares in each layer; 0 is perfect balance. The coefficient of variation (CV) does not depend on the number of experts, so models can be compared by it; the standard deviation is what the paper prints.&lt;p&gt;&lt;i&gt;CV = std(n) / mean(n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>各层中占比的离散程度；0 为完全均衡。变异系数（CV）与专家数无关，可用来比较不同模型；标准差是论文给出的指标。&lt;p&gt;&lt;i&gt;CV = std(n) / mean(n)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 3 and 4</source>
        <translation>%1，公式 3 和 4</translation>
    </message>
    <message>
        <source>Balance in numbers</source>
        <translation>均衡度的数值</translation>
    </message>
    <message>
        <source>One row a source, over all layers: CV and STD are means over layers, the Gini coefficient is 0 when all experts get the same and near 1 when one gets all, unused counts experts without a token, and below ½ % those with fewer than 0.5 % of a layer&apos;s tokens.</source>
        <translation>每行一个来源，涵盖所有层：CV 和标准差是各层的平均值；所有专家分得一样多时基尼系数为 0，一个专家独占时接近 1；“未使用”统计没有 token 的专家，“&lt; ½ %”统计所得不足该层 token 0.5 % 的专家。</translation>
    </message>
    <message>
        <source>Lorenz curve</source>
        <translation>洛伦兹曲线</translation>
    </message>
    <message>
        <source>Experts sorted from least to most used along the axis, their share of all tokens added up. The diagonal is perfect balance; twice the area between it and the curve is the Gini coefficient.&lt;p&gt;&lt;i&gt;G = Σ&lt;sub&gt;i&lt;/sub&gt; Σ&lt;sub&gt;j&lt;/sub&gt; |n&lt;sub&gt;i&lt;/sub&gt; − n&lt;sub&gt;j&lt;/sub&gt;| / (2 E Σ n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>沿横轴将专家按使用率从低到高排列，纵轴为其占全部 token 的累计占比。对角线为完全均衡；它与曲线之间面积的两倍就是基尼系数。&lt;p&gt;&lt;i&gt;G = Σ&lt;sub&gt;i&lt;/sub&gt; Σ&lt;sub&gt;j&lt;/sub&gt; |n&lt;sub&gt;i&lt;/sub&gt; − n&lt;sub&gt;j&lt;/sub&gt;| / (2 E Σ n)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What an expert likes</source>
        <translation>专家的偏好</translation>
    </message>
    <message>
        <source>The tokens of the calibration text that this expert got with the greatest affinity. Experts often specialise in shapes of text (digits, line ends, names) rather than in topics; a source without that shape starves them.</source>
        <translation>校准文本中该专家以最大亲和度得到的 token。专家往往专攻文本的形态（数字、行尾、人名），而不是主题；缺少这类形态的来源会使它样本不足。</translation>
    </message>
    <message>
        <source>Similarity of sources</source>
        <translation>来源之间的相似度</translation>
    </message>
    <message>
        <source>How alike two sources use the experts, from 0 to 1, averaged over layers. Two sources that are nearly equal here calibrate nearly the same model: nothing is gained by mixing them.&lt;p&gt;&lt;i&gt;1 − JSD(p, q), in bits&lt;/i&gt;&lt;/p&gt;</source>
        <translation>两个来源使用专家的相似程度，从 0 到 1，对各层取平均。在此几乎相等的两个来源，校准出的模型也几乎相同：混合它们没有好处。&lt;p&gt;&lt;i&gt;1 − JSD(p, q)，单位为 bit&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>EBSS: how is balance bought?</source>
        <translation>EBSS：均衡从何而来？</translation>
    </message>
    <message>
        <source>Expert-balanced self-sampling</source>
        <translation>专家均衡自采样</translation>
    </message>
    <message>
        <source>The model writes its own calibration text. A beam search keeps the w sequences that are both likely (so that the text is like what the model knows) and balanced (so that every expert gets tokens). τ sets the price: a small τ buys balance with odd text, τ = ∞ is plain likelihood.&lt;p&gt;&lt;i&gt;score = −(Σ log p) / l + σ / τ&lt;/i&gt;, lower is kept&lt;/p&gt;</source>
        <translation>模型自己写出校准文本。束搜索保留 w 条既可能（使文本接近模型所知）又均衡（使每个专家都得到 token）的序列。τ 决定代价：小的 τ 以怪异的文本换取均衡，τ = ∞ 就是单纯的似然。&lt;p&gt;&lt;i&gt;score = −(Σ log p) / l + σ / τ&lt;/i&gt;，保留较低者&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 9 to 14</source>
        <translation>%1，公式 9 至 14</translation>
    </message>
    <message>
        <source>Candidates of a step</source>
        <translation>一步的候选</translation>
    </message>
    <message>
        <source>Every kept beam is extended by its most likely tokens; each extension is a candidate. The table is in the order of the score; the first w rows are kept, the others pruned.</source>
        <translation>每个保留的束都用其最可能的 token 扩展；每个扩展就是一个候选。表格按得分排序；前 w 行保留，其余被剪枝。</translation>
    </message>
    <message>
        <source>%1, equation 14</source>
        <translation>%1，公式 14</translation>
    </message>
    <message>
        <source>The plane of likelihood and balance</source>
        <translation>似然与均衡的平面</translation>
    </message>
    <message>
        <source>Each candidate is a point: mean −log p (in nats; its exponential is a perplexity) to the right, imbalance σ upwards. Candidates of equal score lie on a straight line of slope −τ, and the search keeps what lies below the lowest such lines. Moving τ turns the line and re-ranks the recorded candidates at once. From the first step whose choice changes, the real search would have gone elsewhere: later steps are grey until a preview runs it.&lt;p&gt;&lt;i&gt;m + σ/τ = const ⟺ σ = const − τ m&lt;/i&gt;&lt;/p&gt;</source>
        <translation>每个候选是一个点：向右为平均 −log p（单位 nat；其指数即困惑度），向上为不均衡度 σ。得分相等的候选位于斜率为 −τ 的同一直线上，搜索保留位于最低的这些直线之下的候选。移动 τ 会转动直线，并立即对记录的候选重新排名。从首个选择改变的步骤起，真正的搜索会走向别处：在预览运行之前，后面的步骤显示为灰色。&lt;p&gt;&lt;i&gt;m + σ/τ = const ⟺ σ = const − τ m&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The search as a tree</source>
        <translation>搜索树</translation>
    </message>
    <message>
        <source>Time runs to the right. Solid branches are the beams that were kept, fading ones were pruned. A tree that narrows to a single trunk early means that the beams share their beginning, and that a larger w buys little.</source>
        <translation>时间向右推进。实线分支是保留的束，渐隐的分支已被剪枝。若树很早就收窄为一条主干，说明各束共享开头，更大的 w 收益甚微。</translation>
    </message>
    <message>
        <source>The course of the search</source>
        <translation>搜索过程</translation>
    </message>
    <message>
        <source>Mean −log p and imbalance of the best beam, step by step. Imbalance is large at first, when few tokens are there, and falls as the search finds tokens for the experts that still lack some.</source>
        <translation>最佳束的平均 −log p 和不均衡度，逐步显示。起初 token 很少，不均衡度较大；随着搜索为仍缺 token 的专家找到 token，它逐渐下降。</translation>
    </message>
    <message>
        <source>The set so far</source>
        <translation>目前的校准集</translation>
    </message>
    <message>
        <source>Balance and perplexity of all sequences together. Distinct-4 is the share of different 4-grams: a sequence that loops has a low one and is flagged; reject it, or let the search replace it.</source>
        <translation>所有序列合计的均衡度与困惑度。Distinct-4 是互不相同的 4-gram 的占比：循环的序列该值很低，会被标记；可以拒绝它，或让搜索替换它。</translation>
    </message>
    <message>
        <source>Distinct-n: Li et al., 2016 (arXiv:1510.03055)</source>
        <translation>Distinct-n：Li et al., 2016 (arXiv:1510.03055)</translation>
    </message>
    <message>
        <source>Quantization: what is lost?</source>
        <translation>量化：损失了什么？</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Columns are rounded one after another; what a rounding spoils is repaired in the columns still to come, as the inverse Hessian of the inputs says. It is only as good as its Hessian, and the Hessian only as good as the tokens that the expert saw.&lt;p&gt;&lt;i&gt;H = Σ x xᵀ, &amp;nbsp; δ = −(w&lt;sub&gt;q&lt;/sub&gt; − ŵ&lt;sub&gt;q&lt;/sub&gt;) · H&lt;sup&gt;−1&lt;/sup&gt;&lt;sub&gt;q&lt;/sub&gt; / [H&lt;sup&gt;−1&lt;/sup&gt;]&lt;sub&gt;qq&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</source>
        <translation>逐列舍入；一次舍入造成的损失，按输入的 Hessian 逆矩阵在后续的列中补偿。其质量取决于 Hessian 矩阵，而 Hessian 矩阵的质量取决于专家见过的 token。&lt;p&gt;&lt;i&gt;H = Σ x xᵀ, &amp;nbsp; δ = −(w&lt;sub&gt;q&lt;/sub&gt; − ŵ&lt;sub&gt;q&lt;/sub&gt;) · H&lt;sup&gt;−1&lt;/sup&gt;&lt;sub&gt;q&lt;/sub&gt; / [H&lt;sup&gt;−1&lt;/sup&gt;]&lt;sub&gt;qq&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>AGQ: affinity-guided quantization</source>
        <translation>AGQ：亲和度引导量化</translation>
    </message>
    <message>
        <source>A token that an expert got with a small affinity hardly matters for the layer&apos;s output. AGQ weighs every token by its affinity c in the Hessian, and so does the error it reports.&lt;p&gt;&lt;i&gt;H = Σ c · x xᵀ&lt;/i&gt;&lt;/p&gt;</source>
        <translation>专家以较小亲和度得到的 token 对该层输出几乎没有影响。AGQ 在 Hessian 矩阵中按亲和度 c 为每个 token 加权，它报告的误差也是如此。&lt;p&gt;&lt;i&gt;H = Σ c · x xᵀ&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 15 to 19</source>
        <translation>%1，公式 15 至 19</translation>
    </message>
    <message>
        <source>AWQ and rotation</source>
        <translation>AWQ 与旋转</translation>
    </message>
    <message>
        <source>AWQ multiplies the columns that see large inputs and divides the inputs by the same, so that rounding hurts them less. Rotation (QuaRot) turns the residual stream by a Hadamard matrix, which spreads outliers over all columns. Both leave the float model as it was.</source>
        <translation>AWQ 将输入较大的列放大，并将输入除以同样的倍数，使舍入对它们的损害更小。旋转（QuaRot）用 Hadamard 矩阵旋转残差流，把离群值分散到所有列。两者都不改变浮点模型。</translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation>运行前的检查</translation>
    </message>
    <message>
        <source>Memory is the plan of the Model page against what is free, disk the size of the result, time an estimate from the last run on this machine. Starved experts are those with fewer tokens than the threshold in the last profile of this source. What loads the result follows from bits, group size, zero points and format.</source>
        <translation>内存是“模型”页的规划与可用内存之比，磁盘是结果的大小，时间由本机上次运行估计。样本不足的专家是指在此来源上次分析中 token 少于阈值的专家。能加载结果的软件取决于位宽、组大小、零点和格式。</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>每个专家的误差</translation>
    </message>
    <message>
        <source>The relative error of an expert&apos;s outputs on the tokens that reached it, averaged over its three linears; viridis, logarithmic where it spreads widely. Hatched: no token, so no error could be measured.&lt;p&gt;&lt;i&gt;tr(ΔHΔᵀ) / tr(WHWᵀ), &amp;nbsp; Δ = Ŵ − W&lt;/i&gt;&lt;/p&gt;</source>
        <translation>专家在到达它的 token 上的输出相对误差，对其三个线性层取平均；采用 viridis 配色，分布很宽时取对数。斜线：没有 token，因此无法测量误差。&lt;p&gt;&lt;i&gt;tr(ΔHΔᵀ) / tr(WHWᵀ), &amp;nbsp; Δ = Ŵ − W&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equation 1</source>
        <translation>%1，公式 1</translation>
    </message>
    <message>
        <source>What happened, layer by layer</source>
        <translation>逐层记录</translation>
    </message>
    <message>
        <source>One line a finished layer: tokens routed, experts that fell back and to what, the error, the time. A fallback means that an expert had too few tokens for a Hessian of its own; its Hessian was shrunk towards the layer&apos;s, or it was rounded to nearest.</source>
        <translation>每完成一层一行：路由的 token 数、发生回退的专家及回退方式、误差、时间。回退表示专家的 token 太少，无法得到自己的 Hessian 矩阵；其 Hessian 矩阵已向所在层收缩，或改为就近舍入。</translation>
    </message>
    <message>
        <source>Errors: where did it go wrong?</source>
        <translation>误差：哪里出了问题？</translation>
    </message>
    <message>
        <source>Error against tokens</source>
        <translation>误差与 token 数</translation>
    </message>
    <message>
        <source>Each point is an expert, both axes logarithmic. The trend is a straight line through the logarithms: a falling one says that experts with fewer tokens are quantized worse, which is what a balanced calibration set is meant to change.</source>
        <translation>每个点是一个专家，两轴均为对数。趋势线是对数值的直线拟合：下降表示 token 较少的专家量化得更差，而这正是均衡的校准集要改变的。</translation>
    </message>
    <message>
        <source>Distribution of errors</source>
        <translation>误差分布</translation>
    </message>
    <message>
        <source>Paired differences</source>
        <translation>配对差异</translation>
    </message>
    <message>
        <source>The same expert in two runs: below zero, the first run is better. Pairing takes out that some experts are harder than others, so a small but steady difference shows. The interval holds the mean with 95 % confidence.&lt;p&gt;&lt;i&gt;d&lt;sub&gt;i&lt;/sub&gt; = log&lt;sub&gt;2&lt;/sub&gt;(e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;A&lt;/sup&gt; / e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;B&lt;/sup&gt;)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>同一专家在两次运行中的比较：低于零表示第一次运行更好。配对排除了某些专家本身更难量化的影响，因此微小但稳定的差异也能显现。区间以 95 % 的置信度包含均值。&lt;p&gt;&lt;i&gt;d&lt;sub&gt;i&lt;/sub&gt; = log&lt;sub&gt;2&lt;/sub&gt;(e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;A&lt;/sup&gt; / e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;B&lt;/sup&gt;)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Worst channels</source>
        <translation>最差的通道</translation>
    </message>
    <message>
        <source>The output channel of each linear with the greatest relative error. One bad channel in many experts of a layer points to an outlier in its inputs: rotation or AWQ may help.</source>
        <translation>每个线性层中相对误差最大的输出通道。若一层的许多专家都有一个坏通道，说明其输入中有离群值：旋转或 AWQ 可能有帮助。</translation>
    </message>
    <message>
        <source>An expert through the runs</source>
        <translation>一个专家在各次运行中</translation>
    </message>
    <message>
        <source>Runs side by side</source>
        <translation>运行并列比较</translation>
    </message>
    <message>
        <source>One row a run, one column a number that runs measured. The best is bold. Differences to the baseline come with a 95 % interval where both runs measured the same windows. Rows with a dagger are published figures, measured by others on other machines and texts.</source>
        <translation>每行一次运行，每列一个运行测得的数值。最佳值加粗。若两次运行测量了相同的窗口，与基线的差异附带 95 % 区间。带剑号的行是已发表的数值，由他人在其他机器和文本上测得。</translation>
    </message>
    <message>
        <source>Any number against any setting</source>
        <translation>任意数值对任意设置</translation>
    </message>
    <message>
        <source>Choose what to draw upwards and along; runs that share all other settings are joined by a line. Sweeps over τ and w appear as curves.</source>
        <translation>选择纵轴和横轴画什么；其他设置都相同的运行用线相连。对 τ 和 w 的扫描呈现为曲线。</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>The codes stay what they are where the new format can hold them; only the packing changes. After writing, every tensor is read back and compared.</source>
        <translation>只要新格式能容纳，编码就保持不变；改变的只是打包方式。写入后会读回每个张量并进行比较。</translation>
    </message>
    <message>
        <source>The box spans the middle half of the experts, its line is the median, the whiskers reach from the 5th to the 95th percentile, points beyond are drawn one by one.</source>
        <translation>箱体覆盖中间一半的专家，线为中位数，须从第 5 百分位延伸至第 95 百分位，之外的点逐个画出。</translation>
    </message>
    <message>
        <source>The error of the selected expert in every run of this model that is known here, oldest to newest: did another calibration set or more bits help this expert, or only the others?</source>
        <translation>所选专家在此模型所有已知运行中的误差，从旧到新：换用校准集或增加位数，是帮助了这个专家，还是只帮助了其他专家？</translation>
    </message>
    <message>
        <source>Jobs that wait</source>
        <translation>等待中的任务</translation>
    </message>
    <message>
        <source>Jobs run one after another, in this order. A quantization that was stopped, or whose worker died, goes on from its last finished layer: nothing that is on disk is computed again.</source>
        <translation>任务按此顺序逐个运行。被停止或工作进程中途终止的量化，会从最后完成的层继续：磁盘上已有的内容不会重新计算。</translation>
    </message>
    <message>
        <source>The log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What the worker and the window said, newest last; warnings stand out. The lines of a run are also in its folder, as events.jsonl.</source>
        <translation>工作进程和窗口的报告，最新在后；警告会突出显示。每次运行的记录也保存在其文件夹中的 events.jsonl 里。</translation>
    </message>
    <message>
        <source>Lab: why does balance matter?</source>
        <translation>实验室：均衡为什么重要？</translation>
    </message>
    <message>
        <source>Finite differences and their two orders</source>
        <translation>有限差分及其两种阶</translation>
    </message>
    <message>
        <source>An entry of the Hessian can be measured by moving two weights a little and looking at the loss. The forward difference looks at w and above it, and its error falls like ε; the symmetric one looks at both sides, the odd terms cancel, and its error falls like ε². Where ε is too small the subtraction leaves rounding errors alone: the point is marked.&lt;p&gt;&lt;i&gt;forward: [L(w+εe&lt;sub&gt;i&lt;/sub&gt;+εe&lt;sub&gt;j&lt;/sub&gt;) − L(w+εe&lt;sub&gt;i&lt;/sub&gt;) − L(w+εe&lt;sub&gt;j&lt;/sub&gt;) + L(w)] / ε², error O(ε)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;symmetric: [L(++) − L(+−) − L(−+) + L(−−)] / (4ε²), error O(ε²)&lt;/i&gt;&lt;/p&gt;Where the loss is quadratic in these weights, as the error of an expert&apos;s output is in up and down, both are exact at every ε.</source>
        <translation>稍微移动两个权重并观察损失，就能测出 Hessian 矩阵的一个元素。前向差分只看 w 及其上方，误差按 ε 下降；对称差分看两侧，奇次项相互抵消，误差按 ε² 下降。ε 太小时，相减只剩舍入误差：该点会被标记。&lt;p&gt;&lt;i&gt;前向：[L(w+εe&lt;sub&gt;i&lt;/sub&gt;+εe&lt;sub&gt;j&lt;/sub&gt;) − L(w+εe&lt;sub&gt;i&lt;/sub&gt;) − L(w+εe&lt;sub&gt;j&lt;/sub&gt;) + L(w)] / ε²，误差 O(ε)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;对称：[L(++) − L(+−) − L(−+) + L(−−)] / (4ε²)，误差 O(ε²)&lt;/i&gt;&lt;/p&gt;如果损失对这些权重是二次的，例如专家输出的误差对 up 和 down，那么两者在任何 ε 下都精确。</translation>
    </message>
    <message>
        <source>Sampling noise</source>
        <translation>采样噪声</translation>
    </message>
    <message>
        <source>With n tokens the loss is known up to noise of variance σ²/n. If every evaluation draws a batch of its own, dividing by ε² makes that noise huge; one batch for all evaluations of an estimate (common) lets it cancel, and what is left does not depend on ε. Noise spreads the estimates but does not move their mean: a bias of σ²/(nε²), as a derivation in the MoEQuant repository has it, is looked for here and given with its 95 % interval.&lt;p&gt;&lt;i&gt;independent: forward 4σ²/(nε⁴), symmetric σ²/(4nε⁴)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;common: Var(one token&apos;s difference) / n&lt;/i&gt;&lt;/p&gt;</source>
        <translation>用 n 个 token 时，损失带有方差为 σ²/n 的噪声。若每次求值各取一批，除以 ε² 会使噪声变得很大；一个估计的所有求值共用一批（共用）则可使其抵消，剩下的部分与 ε 无关。噪声使估计散布，但不移动其均值：MoEQuant 仓库中的一个推导所说的偏差 σ²/(nε²)，在这里加以查找，并给出其 95 % 区间。&lt;p&gt;&lt;i&gt;独立：前向 4σ²/(nε⁴)，对称 σ²/(4nε⁴)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;共用：Var(单个 token 的差分) / n&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The surface over ε and n</source>
        <translation>ε 与 n 上的曲面</translation>
    </message>
    <message>
        <source>Every pair of ε and n is a cell, its colour the whole error: bias and noise together. To the left noise or rounding rules, to the right the truncation of the series; more tokens help on the left alone. Between the two lies the ε to measure at.&lt;p&gt;&lt;i&gt;error = √(bias² + variance)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>每对 ε 和 n 是一个格，颜色表示全部误差：偏差和噪声合在一起。左侧由噪声或舍入主导，右侧由级数的截断主导；更多 token 只在左侧有帮助。两者之间就是应当使用的 ε。&lt;p&gt;&lt;i&gt;误差 = √(偏差² + 方差)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Measured orders</source>
        <translation>实测的阶</translation>
    </message>
    <message>
        <source>Straight lines through the logarithms: the error against ε where truncation rules, the variance against ε and n. The slope is the order, printed beside what the theory says; the interval is two standard errors of the fit. The last rows give the coefficient of a bias σ²/(nε²): where its interval contains 0 there is no sign of one.</source>
        <translation>取对数后拟合的直线：截断主导处的误差随 ε 的变化，以及方差随 ε 和 n 的变化。斜率就是阶，旁边给出理论值；区间为拟合的两倍标准误。最后几行给出偏差 σ²/(nε²) 的系数：若其区间包含 0，就没有这种偏差的迹象。</translation>
    </message>
    <message>
        <source>Gauss–Newton, and what GPTQ uses</source>
        <translation>Gauss–Newton，以及 GPTQ 用的是什么</translation>
    </message>
    <message>
        <source>For a squared error of a linear&apos;s output the Hessian of a row of weights is the second moment of its inputs: no weight is moved and no ε is chosen. GPTQ uses it for every row; AGQ weighs each token by its affinity. Both are compared here with the true Hessian of the chosen loss, up to a scale that GPTQ does not feel.&lt;p&gt;&lt;i&gt;H = 2/n · Σ x xᵀ, &amp;nbsp; H&lt;sub&gt;AGQ&lt;/sub&gt; = 2/Σc · Σ c x xᵀ&lt;/i&gt;&lt;/p&gt;</source>
        <translation>对于线性层输出的平方误差，一行权重的 Hessian 矩阵就是其输入的二阶矩：不移动权重，也不选择 ε。GPTQ 对每一行都使用它；AGQ 则按亲和度为每个 token 加权。这里将两者与所选损失的真实 Hessian 矩阵比较，不计 GPTQ 感受不到的缩放因子。&lt;p&gt;&lt;i&gt;H = 2/n · Σ x xᵀ, &amp;nbsp; H&lt;sub&gt;AGQ&lt;/sub&gt; = 2/Σc · Σ c x xᵀ&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 1 to 3</source>
        <translation>%1，公式 1 至 3</translation>
    </message>
    <message>
        <source>From balance to error: the chain</source>
        <translation>从均衡到误差：链条</translation>
    </message>
    <message>
        <source>Read from top to bottom. An uneven router gives some experts few tokens; few tokens give a Hessian with a large error, which falls like 1/√n; and GPTQ, steered by a wrong Hessian, rounds worse on text it has not seen. Every step is measured with the same experts, so a point in one picture is the same expert in the others.</source>
        <translation>自上而下阅读。路由不均使一些专家 token 很少；token 少则 Hessian 误差大，该误差按 1/√n 下降；而 GPTQ 受错误的 Hessian 矩阵引导，在未见过的文本上舍入得更差。每一步都用同样的专家测量，因此一张图中的点在其他图中是同一个专家。</translation>
    </message>
    <message>
        <source>Hessian error and 1/√n</source>
        <translation>Hessian 误差与 1/√n</translation>
    </message>
    <message>
        <source>How far the Hessian of n tokens is from that of a large reference, relative to it. It is a mean over tokens, so its error falls like 1/√n: four times the tokens halve it, and an expert with a hundredth of the tokens has ten times the error. The line is what the spread of single tokens predicts.&lt;p&gt;&lt;i&gt;‖H&lt;sub&gt;n&lt;/sub&gt; − H‖&lt;sub&gt;F&lt;/sub&gt; / ‖H‖&lt;sub&gt;F&lt;/sub&gt; ≈ √((E‖x‖⁴ / ‖E xxᵀ‖² − 1) / n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>n 个 token 的 Hessian 矩阵与大型参考相差多远，以相对值表示。它是对 token 的平均，因此误差按 1/√n 下降：token 增至四倍，误差减半；只得到百分之一 token 的专家，误差是十倍。直线是由单个 token 的离散程度预测的结果。&lt;p&gt;&lt;i&gt;‖H&lt;sub&gt;n&lt;/sub&gt; − H‖&lt;sub&gt;F&lt;/sub&gt; / ‖H‖&lt;sub&gt;F&lt;/sub&gt; ≈ √((E‖x‖⁴ / ‖E xxᵀ‖² − 1) / n)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Quantization error against Hessian error</source>
        <translation>量化误差与 Hessian 误差</translation>
    </message>
    <message>
        <source>Each point is one Hessian: quantized with it, judged with the reference. Spearman&apos;s ρ says how well the order of one error gives that of the other, from −1 to 1. Experts differ in how hard they are to quantize at all; within an expert, where that is the same for all points, the relation is clearest.</source>
        <translation>每个点是一个 Hessian 矩阵：用它量化，用参考评判。Spearman ρ 从 −1 到 1，表示一种误差的排序在多大程度上给出另一种的排序。各专家本身量化的难易不同；在同一专家内部，所有点的难度相同，因此关系最清楚。</translation>
    </message>
    <message>
        <source>Effective rank and condition</source>
        <translation>有效秩与条件数</translation>
    </message>
    <message>
        <source>The eigenvalues of the reference Hessian, largest first. A steep fall means that the inputs live in few directions, and few tokens suffice to know them; the effective rank counts them. The condition is the largest eigenvalue over the smallest after damping: the larger, the more an error of H is magnified in its inverse, which is what GPTQ uses.&lt;p&gt;&lt;i&gt;effective rank = exp(−Σ p&lt;sub&gt;k&lt;/sub&gt; ln p&lt;sub&gt;k&lt;/sub&gt;), &amp;nbsp; p&lt;sub&gt;k&lt;/sub&gt; = λ&lt;sub&gt;k&lt;/sub&gt; / Σ λ&lt;/i&gt;&lt;/p&gt;</source>
        <translation>参考 Hessian 矩阵的特征值，从大到小排列。下降很陡表示输入集中在少数方向，只需少量 token 就能了解它们；有效秩统计的就是这些方向。条件数是加阻尼后最大与最小特征值之比：越大，H 的误差在其逆矩阵中放大得越多，而 GPTQ 用的正是逆矩阵。&lt;p&gt;&lt;i&gt;有效秩 = exp(−Σ p&lt;sub&gt;k&lt;/sub&gt; ln p&lt;sub&gt;k&lt;/sub&gt;), &amp;nbsp; p&lt;sub&gt;k&lt;/sub&gt; = λ&lt;sub&gt;k&lt;/sub&gt; / Σ λ&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>Five steps through this run&apos;s own numbers, from the finite difference to the experts. Each asks a question before it answers; arrow keys walk, Return reveals. The notebook has the same steps as Markdown, for a lecture or a lab report.</source>
        <translation>用五个步骤走过此次运行自己的数值，从有限差分到专家。每一步先提问再给出答案；方向键前后移动，回车键显示答案。笔记本以 Markdown 形式包含同样的步骤，可用于讲课或实验报告。</translation>
    </message>
</context>
<context>
    <name>WhatLoads</name>
    <message>
        <source>loads this at TP 1</source>
        <translation>可在 TP 1 下加载</translation>
    </message>
    <message>
        <source>refuses a quantized router: it builds routers as float</source>
        <translation>不接受量化的路由器：它以浮点构建路由器</translation>
    </message>
    <message>
        <source>refuses asymmetric gptq checkpoints</source>
        <translation>不接受非对称的 gptq 检查点</translation>
    </message>
    <message>
        <source>loads gptq of 4 or 8 bits only</source>
        <translation>只能加载 4 或 8 位的 gptq</translation>
    </message>
    <message>
        <source>loads no experts with zero points from compressed-tensors</source>
        <translation>无法从 compressed-tensors 加载带零点的专家</translation>
    </message>
    <message>
        <source>reads all experts of a layer with the first one&apos;s bits</source>
        <translation>按第一个专家的位宽读取一层的所有专家</translation>
    </message>
    <message>
        <source>refuses experts of one layer with different grids</source>
        <translation>不接受同一层中网格不同的专家</translation>
    </message>
    <message>
        <source>refuses different grids inside q/k/v or gate/up</source>
        <translation>不接受 q/k/v 或 gate/up 内部的不同网格</translation>
    </message>
    <message>
        <source>loads this at TP 1, but its fast kernels know groups of 32, 64, 128 or a whole row only</source>
        <translation>可在 TP 1 下加载，但其快速内核只支持 32、64、128 或整行的组</translation>
    </message>
    <message>
        <source>loads this</source>
        <translation>可以加载</translation>
    </message>
    <message>
        <source>ignores the rules for mixed grids</source>
        <translation>忽略混合网格的规则</translation>
    </message>
    <message>
        <source>loads this through GPTQModel</source>
        <translation>可通过 GPTQModel 加载</translation>
    </message>
    <message>
        <source>loads this through AutoAWQ or GPTQModel</source>
        <translation>可通过 AutoAWQ 或 GPTQModel 加载</translation>
    </message>
    <message>
        <source>loads no experts with zero points</source>
        <translation>无法加载带零点的专家</translation>
    </message>
    <message>
        <source>misreads routed experts on different grids</source>
        <translation>会误读网格不同的路由专家</translation>
    </message>
    <message>
        <source>loads this (tried with 5.23)</source>
        <translation>可以加载（已用 5.23 试过）</translation>
    </message>
    <message>
        <source>loads this (by its source)</source>
        <translation>可以加载（据其源代码）</translation>
    </message>
    <message>
        <source>unknown format</source>
        <translation>未知格式</translation>
    </message>
    <message>
        <source>%1 cannot hold %2 bits</source>
        <translation>%1 无法容纳 %2 位</translation>
    </message>
    <message>
        <source>awq holds one group size</source>
        <translation>awq 只能有一种组大小</translation>
    </message>
    <message>
        <source>%1 columns are no multiple of the group size</source>
        <translation>%1 列不是组大小的整数倍</translation>
    </message>
    <message>
        <source>gptq packs multiples of 32 columns, not %1</source>
        <translation>gptq 打包的列数须为 32 的倍数，而不是 %1</translation>
    </message>
    <message>
        <source>%1 packs multiples of 32 rows, not %2</source>
        <translation>%1 打包的行数须为 32 的倍数，而不是 %2</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
</context>
<context>
    <name>moequant::AdvancedForm</name>
    <message>
        <source>Average bits</source>
        <translation>平均位数</translation>
    </message>
    <message>
        <source>Mixed precision: bits of each routed expert from its measured error, this many on average</source>
        <translation>混合精度：按实测误差为每个路由专家分配位宽，平均为此位数</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Bits to choose from</source>
        <translation>可选位宽</translation>
    </message>
    <message>
        <source>What mixed precision may give an expert</source>
        <translation>混合精度可以分配给专家的位宽</translation>
    </message>
    <message>
        <source>Starved below (tokens)</source>
        <translation>样本不足阈值（token）</translation>
    </message>
    <message>
        <source>Routed experts with fewer calibration tokens count as starved</source>
        <translation>校准 token 少于此数的路由专家视为样本不足</translation>
    </message>
    <message>
        <source>twice the width</source>
        <translation>宽度的两倍</translation>
    </message>
    <message>
        <source>Other grids by pattern</source>
        <translation>按模式另设网格</translation>
    </message>
    <message>
        <source>One a line: PATTERN=bits:8,group_size:32,sym:true,clip:mse or PATTERN=skip; * stands for any characters</source>
        <translation>每行一条：PATTERN=bits:8,group_size:32,sym:true,clip:mse 或 PATTERN=skip；* 代表任意字符</translation>
    </message>
    <message>
        <source>Starved below</source>
        <translation>样本不足阈值</translation>
    </message>
    <message>
        <source>Not a rule: %1</source>
        <translation>不是规则：%1</translation>
    </message>
</context>
<context>
    <name>moequant::BalanceModel</name>
    <message>
        <source>Coefficient of variation of the experts&apos; token counts, mean over layers: compare by this one</source>
        <translation>各专家 token 数的变异系数，对各层取平均：请按此值比较</translation>
    </message>
    <message>
        <source>Standard deviation of the experts&apos; shares in percentage points, mean over layers</source>
        <translation>各专家占比的标准差，以百分点计，对各层取平均</translation>
    </message>
    <message>
        <source>Gini coefficient of the experts&apos; token counts, mean over layers; 0 is balanced</source>
        <translation>各专家 token 数的基尼系数，对各层取平均；0 为均衡</translation>
    </message>
    <message>
        <source>Least share of a layer&apos;s tokens that an expert gets</source>
        <translation>一层中专家所得 token 的最小占比</translation>
    </message>
    <message>
        <source>Greatest share of a layer&apos;s tokens that an expert gets</source>
        <translation>一层中专家所得 token 的最大占比</translation>
    </message>
    <message>
        <source>Experts without a token, all layers</source>
        <translation>没有 token 的专家数，所有层</translation>
    </message>
    <message>
        <source>Experts with fewer than half a percent of the tokens, all layers</source>
        <translation>所得 token 不足百分之 0.5 的专家数，所有层</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>STD (pp)</source>
        <translation>标准差（百分点）</translation>
    </message>
    <message>
        <source>Gini</source>
        <translation>基尼系数</translation>
    </message>
    <message>
        <source>Min (%)</source>
        <translation>最小（%）</translation>
    </message>
    <message>
        <source>Max (%)</source>
        <translation>最大（%）</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>&lt; ½ %</source>
        <translation>&lt; ½ %</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
</context>
<context>
    <name>moequant::BeamModel</name>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>pruned now</source>
        <translation>现被剪枝</translation>
    </message>
    <message>
        <source>kept now</source>
        <translation>现保留</translation>
    </message>
    <message>
        <source>Mean log-probability of a token, in nats</source>
        <translation>token 的平均对数概率，单位 nat</translation>
    </message>
    <message>
        <source>Spread of expert usage that this candidate is judged by</source>
        <translation>评判此候选所用的专家使用率离散程度</translation>
    </message>
    <message>
        <source>−Σ log p / length + σ / τ; lower wins</source>
        <translation>−Σ log p / 长度 + σ / τ；越低越好</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Text tail</source>
        <translation>文本末尾</translation>
    </message>
    <message>
        <source>Σ log p / length</source>
        <translation>Σ log p / 长度</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>σ / τ</source>
        <translation>σ / τ</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>moequant::CalibrationPage</name>
    <message>
        <source>Who gets the tokens?</source>
        <translation>token 分给了谁？</translation>
    </message>
    <message>
        <source>Samples of each source</source>
        <translation>每个来源的样本数</translation>
    </message>
    <message>
        <source>Tokens a sample</source>
        <translation>每个样本的 token 数</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>分析</translation>
    </message>
    <message>
        <source>Send every ticked source through the model and count who gets its tokens</source>
        <translation>将每个勾选的来源送入模型，统计 token 分给了谁</translation>
    </message>
    <message>
        <source>&amp;Samples × tokens</source>
        <translation>样本数 × token 数(&amp;S)</translation>
    </message>
    <message>
        <source>Least tokens an expert should get; drawn in the histogram</source>
        <translation>专家至少应得到的 token 数；画在直方图中</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>&amp;Min tokens of an expert</source>
        <translation>专家最少 token 数(&amp;M)</translation>
    </message>
    <message>
        <source>by expert</source>
        <translation>按专家</translation>
    </message>
    <message>
        <source>by use</source>
        <translation>按使用率</translation>
    </message>
    <message>
        <source>Order of the bars</source>
        <translation>柱的顺序</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>overlaid</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>How sources share the picture</source>
        <translation>各来源如何共用一张图</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>STD (%)</source>
        <translation>标准差（%）</translation>
    </message>
    <message>
        <source>STD of shares</source>
        <translation>占比的标准差</translation>
    </message>
    <message>
        <source>Measure of balance</source>
        <translation>均衡度的度量</translation>
    </message>
    <message>
        <source>Source of the map</source>
        <translation>热力图的来源</translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation>各层的均衡度</translation>
    </message>
    <message>
        <source>Layer × expert</source>
        <translation>层 × 专家</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Shows what share of the tokens each expert of a layer gets, sources side by side.</source>
        <translation>显示一层中每个专家所得 token 的占比，各来源并排。</translation>
    </message>
    <message>
        <source>Shows for every layer how unevenly its experts are used; lower is better.</source>
        <translation>显示每层专家使用的不均衡程度；越低越好。</translation>
    </message>
    <message>
        <source>Shows every expert of every layer at once; experts without a token are hatched.</source>
        <translation>一次显示所有层的所有专家；没有 token 的专家以斜线表示。</translation>
    </message>
    <message>
        <source>Shows how far the use of a layer&apos;s experts is from even, with its Gini coefficient.</source>
        <translation>显示一层专家的使用偏离均匀的程度，并给出基尼系数。</translation>
    </message>
    <message>
        <source>Compares the sources in one row each.</source>
        <translation>每行一个来源进行比较。</translation>
    </message>
    <message>
        <source>Shows how alike two sources use the experts; tick and profile at least two.</source>
        <translation>显示两个来源使用专家的相似程度；请勾选并分析至少两个来源。</translation>
    </message>
    <message>
        <source>Lorenz curve</source>
        <translation>洛伦兹曲线</translation>
    </message>
    <message>
        <source>Top tokens</source>
        <translation>热门 token</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>请先打开模型</translation>
    </message>
    <message>
        <source>Tick a source first</source>
        <translation>请先勾选来源</translation>
    </message>
    <message>
        <source>Profiling %1</source>
        <translation>正在分析 %1</translation>
    </message>
    <message>
        <source>Coefficient of variation</source>
        <translation>变异系数</translation>
    </message>
    <message>
        <source>STD of shares (percentage points)</source>
        <translation>占比的标准差（百分点）</translation>
    </message>
    <message>
        <source>STD of shares (fraction)</source>
        <translation>占比的标准差（小数）</translation>
    </message>
</context>
<context>
    <name>moequant::CandidatePlane</name>
    <message>
        <source>Likelihood and balance</source>
        <translation>似然与均衡</translation>
    </message>
    <message>
        <source>Mean −log p (nats)</source>
        <translation>平均 −log p（nat）</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Candidates: %1, of which τ %2 keeps %3</source>
        <translation>候选：%1 个，其中 τ %2 保留 %3 个</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>kept at τ %1</source>
        <translation>在 τ %1 时保留</translation>
    </message>
    <message>
        <source>Candidates of equal score at τ %1
drag to change τ</source>
        <translation>在 τ %1 时得分相等的候选
拖动可改变 τ</translation>
    </message>
    <message>
        <source>rank %1, %2
mean −log p %3 nats (perplexity %4)
σ %5
score at τ %6: %7</source>
        <translation>排名 %1，%2
平均 −log p %3 nat（困惑度 %4）
σ %5
在 τ %6 时的得分：%7</translation>
    </message>
</context>
<context>
    <name>moequant::Card</name>
    <message>
        <source>What am I looking at?</source>
        <translation>我在看什么？</translation>
    </message>
    <message>
        <source>What does “%1” show?</source>
        <translation>“%1”显示什么？</translation>
    </message>
</context>
<context>
    <name>moequant::CardStack</name>
    <message>
        <source>Show %1</source>
        <translation>显示%1</translation>
    </message>
</context>
<context>
    <name>moequant::CommandPalette</name>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Part of an action&apos;s name</source>
        <translation>操作名称的一部分</translation>
    </message>
    <message>
        <source>Actions that fit</source>
        <translation>匹配的操作</translation>
    </message>
</context>
<context>
    <name>moequant::ComparePage</name>
    <message>
        <source>Which one is better?</source>
        <translation>哪一个更好？</translation>
    </message>
    <message>
        <source>Evaluate…</source>
        <translation>评估…</translation>
    </message>
    <message>
        <source>Measure perplexity and agreement of the chosen runs</source>
        <translation>测量所选运行的困惑度和一致性</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Calibration sets</source>
        <translation>校准集</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>参数扫描</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>所有运行</translation>
    </message>
    <message>
        <source>Kind of run</source>
        <translation>运行类型</translation>
    </message>
    <message>
        <source>Which runs stand in the table</source>
        <translation>表格中列出哪些运行</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>Show the runs alone that have this text in any column</source>
        <translation>只显示任一列中含有此文本的运行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose what the table shows</source>
        <translation>选择表格显示的内容</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Values and differences</source>
        <translation>数值和差异</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Values or differences</source>
        <translation>数值或差异</translation>
    </message>
    <message>
        <source>Show how far each run is from the baseline</source>
        <translation>显示每次运行与基线的差距</translation>
    </message>
    <message>
        <source>&amp;Published rows</source>
        <translation>已发表的行(&amp;P)</translation>
    </message>
    <message>
        <source>Add what papers state, in grey: for these models, or for all where none matches</source>
        <translation>以灰色添加论文给出的数值：针对这些模型；若都不匹配，则针对所有模型</translation>
    </message>
    <message>
        <source>Sets runs side by side: perplexity, agreement, errors and size of every quantized model.</source>
        <translation>将运行并列比较：每个量化模型的困惑度、一致性、误差和大小。</translation>
    </message>
    <message>
        <source>Shows a metric of the runs against a setting in which they differ.</source>
        <translation>显示各次运行的某项指标随其不同设置的变化。</translation>
    </message>
    <message>
        <source>&lt;p&gt;One row a quantized model with all its evaluations, or a calibration set, or a cell of a sweep. The best value of a column is bold.&lt;/p&gt;&lt;p&gt;Differences from the baseline are relative, of shares in points. Where both runs were measured on the same windows a 95 % interval is taken over the paired losses; ≈ says that it holds 0.&lt;/p&gt;&lt;p&gt;Rows with † are figures from papers, not measured here.&lt;/p&gt;</source>
        <translation>&lt;p&gt;每行一个量化模型及其所有评估，或一个校准集，或一次参数扫描中的一格。每列的最佳值加粗。&lt;/p&gt;&lt;p&gt;与基线的差异为相对值，占比类则以百分点计。若两次运行在相同的窗口上测量，则由配对损失得出 95 % 区间；≈ 表示区间包含 0。&lt;/p&gt;&lt;p&gt;带 † 的行是论文中的数值，并非在此测得。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Use as &amp;baseline</source>
        <translation>用作基线(&amp;B)</translation>
    </message>
    <message>
        <source>Show its &amp;errors</source>
        <translation>显示其误差(&amp;E)</translation>
    </message>
    <message>
        <source>Copy the run&apos;s &amp;folder</source>
        <translation>复制运行文件夹的路径(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>No &amp;baseline</source>
        <translation>无基线(&amp;B)</translation>
    </message>
    <message>
        <source>Evaluating %1</source>
        <translation>正在评估 %1</translation>
    </message>
</context>
<context>
    <name>moequant::ComparisonModel</name>
    <message>
        <source>%1 pt</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1，相对于 %2</translation>
    </message>
    <message>
        <source>95 % interval over the same windows: %1 % to %2 %</source>
        <translation>相同窗口上的 95 % 区间：%1 % 至 %2 %</translation>
    </message>
    <message>
        <source>No difference shown</source>
        <translation>不显示差异</translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <translation>%1（基线）</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>moequant::CurvePlot</name>
    <message>
        <source>Curves: %1 against %2, %3 series</source>
        <translation>曲线图：%1 随 %2 的变化，系列数：%3</translation>
    </message>
    <message>
        <source>rounding dominates</source>
        <translation>舍入主导</translation>
    </message>
    <message>
        <source>routing changed</source>
        <translation>路由改变</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>moequant::DataTable</name>
    <message>
        <source>Copy &amp;selected rows</source>
        <translation>复制所选行(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Copy all as CSV</source>
        <translation>全部复制为 CSV(&amp;C)</translation>
    </message>
    <message>
        <source>Copy all as &amp;LaTeX</source>
        <translation>全部复制为 LaTeX(&amp;L)</translation>
    </message>
    <message>
        <source>Copy all as &amp;Markdown</source>
        <translation>全部复制为 Markdown(&amp;M)</translation>
    </message>
    <message>
        <source>Save as CS&amp;V…</source>
        <translation>另存为 CSV(&amp;V)…</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save as La&amp;TeX…</source>
        <translation>另存为 LaTeX(&amp;T)…</translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation>LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>Save or copy this table</source>
        <translation>保存或复制此表格</translation>
    </message>
    <message>
        <source>Table copied as CSV</source>
        <translation>表格已复制为 CSV</translation>
    </message>
    <message>
        <source>Table copied as LaTeX</source>
        <translation>表格已复制为 LaTeX</translation>
    </message>
    <message>
        <source>Table copied as Markdown</source>
        <translation>表格已复制为 Markdown</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
</context>
<context>
    <name>moequant::DistributionPlot</name>
    <message>
        <source>Distribution of errors</source>
        <translation>误差分布</translation>
    </message>
    <message>
        <source>Box plots: %1 of %2 groups</source>
        <translation>箱线图：%1，共 %2 组</translation>
    </message>
    <message>
        <source>box: middle half, line: median, whiskers: 5 to 95 %</source>
        <translation>箱体：中间一半，线：中位数，须：5 至 95 %</translation>
    </message>
    <message>
        <source>%1: median %2, middle half %3 to %4, %L5 values</source>
        <translation>%1：中位数 %2，中间一半 %3 至 %4，%L5 个值</translation>
    </message>
</context>
<context>
    <name>moequant::EbssPage</name>
    <message>
        <source>How is balance bought, and what does the text look like?</source>
        <translation>均衡从何而来，文本是什么样子？</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Write the whole calibration set</source>
        <translation>写出整个校准集</translation>
    </message>
    <message>
        <source>Preview %1</source>
        <translation>预览 %1</translation>
    </message>
    <message>
        <source>Search a few sequences at these values and watch the beams</source>
        <translation>以这些值搜索几条序列并观察各束</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>校准集</translation>
    </message>
    <message>
        <source>How the search chooses</source>
        <translation>搜索如何选择</translation>
    </message>
    <message>
        <source>What the model wrote</source>
        <translation>模型写了什么</translation>
    </message>
    <message>
        <source>Search or set</source>
        <translation>搜索或校准集</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>与论文一致</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Own values</source>
        <translation>自定义值</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What the score measures, and what keeps the text varied</source>
        <translation>得分衡量什么，以及如何保持文本多样</translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation>预设(&amp;R)</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>请先打开模型</translation>
    </message>
    <message>
        <source>Searching sequences</source>
        <translation>正在搜索序列</translation>
    </message>
    <message>
        <source>Writing %1 sequences</source>
        <translation>正在写 %1 条序列</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>第 %1 个 token</translation>
    </message>
    <message>
        <source>%1 tokens written in %2</source>
        <translation>已写出 %1 个 token，用时 %2</translation>
    </message>
    <message>
        <source>Read the set</source>
        <translation>阅读校准集</translation>
    </message>
    <message>
        <source>Set (%1)</source>
        <translation>校准集（%1）</translation>
    </message>
    <message>
        <source>The run folder is not on this machine, so no set can be written beside it</source>
        <translation>运行文件夹不在本机，因此无法在其旁边写出校准集</translation>
    </message>
    <message>
        <source>%1 sequences are offered as a source: %2</source>
        <translation>%1 条序列已作为来源提供：%2</translation>
    </message>
</context>
<context>
    <name>moequant::ErrorScatter</name>
    <message>
        <source>Error against tokens</source>
        <translation>误差与 token 数</translation>
    </message>
    <message>
        <source>Tokens of the expert</source>
        <translation>专家的 token 数</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Scatter: %1 against tokens, %2 experts</source>
        <translation>散点图：%1 对 token 数，%2 个专家</translation>
    </message>
    <message>
        <source>trend: slope %1, r = %2, %L3 experts</source>
        <translation>趋势：斜率 %1，r = %2，%L3 个专家</translation>
    </message>
    <message>
        <source>Layer %1, expert %2
%3: %4
%L5 tokens</source>
        <translation>第 %1 层，专家 %2
%3：%4
%L5 个 token</translation>
    </message>
    <message>
        <source>trend</source>
        <translation>趋势</translation>
    </message>
    <message>
        <source>Scatter: %1 against %2, %3 points</source>
        <translation>散点图：%1 对 %2，%3 个点</translation>
    </message>
    <message>
        <source>trend: slope %1, r = %2, %L3 points</source>
        <translation>趋势：斜率 %1，r = %2，%L3 个点</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>第 %1 层，专家 %2</translation>
    </message>
</context>
<context>
    <name>moequant::ErrorsPage</name>
    <message>
        <source>Where did it go wrong?</source>
        <translation>哪里出了问题？</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>每个专家的误差</translation>
    </message>
    <message>
        <source>Shows each expert&apos;s relative output error after a quantization.</source>
        <translation>量化后显示每个专家的相对输出误差。</translation>
    </message>
    <message>
        <source>Linears, worst first</source>
        <translation>线性层，最差在前</translation>
    </message>
    <message>
        <source>Shows whether experts with few tokens have larger errors.</source>
        <translation>显示 token 少的专家误差是否更大。</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性层</translation>
    </message>
    <message>
        <source>Lists every quantized linear with its error and the tokens it saw.</source>
        <translation>列出每个已量化的线性层及其误差和见过的 token 数。</translation>
    </message>
    <message>
        <source>Error of every expert, %1</source>
        <translation>每个专家的误差，%1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>选择运行</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The quantization whose errors are shown</source>
        <translation>要显示其误差的量化</translation>
    </message>
    <message>
        <source>No other run</source>
        <translation>无其他运行</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>A second run, drawn against the first; a run&apos;s folder can be dropped here too</source>
        <translation>第二次运行，与第一次对照绘制；也可以把运行的文件夹拖放到此处</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>热力图显示什么</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Co&amp;mpare with</source>
        <translation>比较对象(&amp;M)</translation>
    </message>
    <message>
        <source>Shows how errors spread in each layer and with each method.</source>
        <translation>显示误差在各层、各方法中的分布。</translation>
    </message>
    <message>
        <source>by layer</source>
        <translation>按层</translation>
    </message>
    <message>
        <source>by method</source>
        <translation>按方法</translation>
    </message>
    <message>
        <source>Errors grouped</source>
        <translation>误差的分组</translation>
    </message>
    <message>
        <source>A box for each layer, or one for each method that quantized this model</source>
        <translation>每层一个箱体，或为量化过此模型的每种方法各画一个</translation>
    </message>
    <message>
        <source>Shows expert by expert which of two runs has the smaller error: choose one to compare with above.</source>
        <translation>逐个专家显示两次运行中哪一次误差更小：请在上方选择比较对象。</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Paired</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>Channels, worst first</source>
        <translation>通道，最差在前</translation>
    </message>
    <message>
        <source>Lists the output channels with the largest errors.</source>
        <translation>列出误差最大的输出通道。</translation>
    </message>
    <message>
        <source>This expert in every run</source>
        <translation>此专家在各次运行中</translation>
    </message>
    <message>
        <source>Shows the selected expert&apos;s error in every run of this model: select one in the map.</source>
        <translation>显示所选专家在此模型每次运行中的误差：请在热力图中选择一个专家。</translation>
    </message>
    <message>
        <source>Linears</source>
        <translation>线性层</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>This expert</source>
        <translation>此专家</translation>
    </message>
    <message>
        <source>%1: no expert&apos;s error is recorded in this run</source>
        <translation>%1：此次运行没有记录专家的误差</translation>
    </message>
    <message>
        <source>The %L1 worst of %L2</source>
        <translation>最差的 %L1 个，共 %L2 个</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 对 %2</translation>
    </message>
    <message>
        <source>Paired differences</source>
        <translation>配对差异</translation>
    </message>
    <message>
        <source>Error of %1 over that of %2</source>
        <translation>%1 的误差与 %2 的误差之比</translation>
    </message>
    <message>
        <source>Relative output error</source>
        <translation>相对输出误差</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>all runs of this model</source>
        <translation>此模型的所有运行</translation>
    </message>
    <message>
        <source>Layer %1, expert %2 in every run</source>
        <translation>第 %1 层专家 %2 在各次运行中</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>ratios</source>
        <translation>误差比</translation>
    </message>
    <message>
        <source>The map shows errors, or their ratio to the other run&apos;s</source>
        <translation>热力图显示误差，或与另一次运行的误差比</translation>
    </message>
    <message>
        <source>Ma&amp;p</source>
        <translation>热力图(&amp;P)</translation>
    </message>
    <message>
        <source>Error %</source>
        <translation>误差 %</translation>
    </message>
</context>
<context>
    <name>moequant::EvaluateForm</name>
    <message>
        <source>&amp;Agreement with the float model</source>
        <translation>与浮点模型的一致性(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>开始(&amp;S)</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Measure the perplexity on %1</source>
        <translation>测量在 %1 上的困惑度</translation>
    </message>
    <message>
        <source>32 windows of 512 tokens</source>
        <translation>32 个窗口，每个 512 个 token</translation>
    </message>
    <message>
        <source>The whole test set</source>
        <translation>整个测试集</translation>
    </message>
    <message>
        <source>How much of each corpus is read</source>
        <translation>每份语料读取多少</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Also compare every next-token distribution and route with the float model&apos;s</source>
        <translation>同时将每个下一 token 分布和路由与浮点模型比较</translation>
    </message>
    <message>
        <source>Evaluate these, one after the other</source>
        <translation>依次评估这些运行</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Hide this form</source>
        <translation>隐藏此表单</translation>
    </message>
    <message>
        <source>Select runs in the table</source>
        <translation>请在表格中选择运行</translation>
    </message>
    <message>
        <source>Evaluate %1</source>
        <translation>评估 %1</translation>
    </message>
    <message>
        <source>Evaluate %1 runs</source>
        <translation>评估 %1 次运行</translation>
    </message>
</context>
<context>
    <name>moequant::ExportPage</name>
    <message>
        <source>How does it leave the workbench?</source>
        <translation>如何离开工作台？</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write the chosen quantization in this format, and verify it</source>
        <translation>以此格式写出所选的量化并加以验证</translation>
    </message>
    <message>
        <source>Choose a finished quantization</source>
        <translation>选择已完成的量化</translation>
    </message>
    <message>
        <source>Quantization to export</source>
        <translation>要导出的量化</translation>
    </message>
    <message>
        <source>The finished quantization whose codes are written</source>
        <translation>要写出其编码的已完成量化</translation>
    </message>
    <message>
        <source>&amp;Quantization</source>
        <translation>量化(&amp;Q)</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Destination folder</source>
        <translation>目标文件夹</translation>
    </message>
    <message>
        <source>A folder that does not exist yet, or is empty</source>
        <translation>尚不存在或为空的文件夹</translation>
    </message>
    <message>
        <source>Folder to write, new or empty</source>
        <translation>要写入的文件夹，新建或为空</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose the destination folder</source>
        <translation>选择目标文件夹</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>目标(&amp;D)</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>After writing, every tensor is read back and compared with what was meant; the result stands here.</source>
        <translation>写入后会读回每个张量并与预期比较；结果显示在此处。</translation>
    </message>
    <message>
        <source>Load it with</source>
        <translation>加载命令</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>未写入</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>正在导出到 %1</translation>
    </message>
    <message>
        <source>Codes packed for GPTQ kernels; 2, 3, 4 or 8 bits, mixed grids by rules.</source>
        <translation>为 GPTQ 内核打包的编码；2、3、4 或 8 位，混合网格按规则记录。</translation>
    </message>
    <message>
        <source>Packed for AWQ kernels; 4 bits, one group size.</source>
        <translation>为 AWQ 内核打包；4 位，一种组大小。</translation>
    </message>
    <message>
        <source>The dequantized weights: loads wherever the original does, at its size.</source>
        <translation>反量化后的权重：凡能加载原模型之处都能加载，大小也与原模型相同。</translation>
    </message>
    <message>
        <source>The run&apos;s own checkpoint has this format.</source>
        <translation>该运行自己的检查点就是此格式。</translation>
    </message>
    <message>
        <source>⚠ Refused where a zero point is 0, which gptq cannot store.</source>
        <translation>⚠ 若有零点为 0 则拒绝写入，因为 gptq 无法存储。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this command line</source>
        <translation>复制此命令行</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>读回</translation>
    </message>
    <message>
        <source>differs from what was meant</source>
        <translation>与预期不符</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>Packed integers, a group of the config for each grid; 4 or 8 bits.</source>
        <translation>打包的整数，每种网格在配置中占一组；4 或 8 位。</translation>
    </message>
    <message>
        <source>%1 linears (%2 of experts) and %3 float tensors are as meant</source>
        <translation>%1 个线性层（其中 %2 个属于专家）和 %3 个浮点张量与预期相符</translation>
    </message>
</context>
<context>
    <name>moequant::FactModel</name>
    <message>
        <source>Property</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>moequant::FigureDialog</name>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>A column of a paper is about 85 mm wide, a page&apos;s text about 170 mm</source>
        <translation>论文的一栏宽约 85 mm，一页正文宽约 170 mm</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Width:</source>
        <translation>宽度(&amp;W)：</translation>
    </message>
    <message>
        <source>&amp;Height:</source>
        <translation>高度(&amp;H)：</translation>
    </message>
    <message>
        <source>&amp;Resolution (PNG):</source>
        <translation>分辨率（PNG）(&amp;R)：</translation>
    </message>
    <message>
        <source>PDF (*.pdf);;SVG (*.svg);;PNG (*.png)</source>
        <translation>PDF (*.pdf);;SVG (*.svg);;PNG (*.png)</translation>
    </message>
</context>
<context>
    <name>moequant::HeatMap</name>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Heat map: %1, %2 layers, %3 experts</source>
        <translation>热力图：%1，%2 层，%3 个专家</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>无 token</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>第 %1 层，专家 %2</translation>
    </message>
    <message>
        <source>%1: not known yet</source>
        <translation>%1：尚未知</translation>
    </message>
    <message>
        <source>%L1 tokens</source>
        <translation>%L1 个 token</translation>
    </message>
</context>
<context>
    <name>moequant::Inspector</name>
    <message>
        <source>Selected layer</source>
        <translation>所选层</translation>
    </message>
    <message>
        <source>Selected expert</source>
        <translation>所选专家</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>层(&amp;L)</translation>
    </message>
    <message>
        <source>E&amp;xpert</source>
        <translation>专家(&amp;X)</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>layer CV</source>
        <translation>层的 CV</translation>
    </message>
    <message>
        <source>Quantized: %1</source>
        <translation>已量化：%1</translation>
    </message>
    <message>
        <source>error</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Open a model to select its layers and experts.</source>
        <translation>打开模型后可选择其层和专家。</translation>
    </message>
    <message>
        <source>Click a bar or a cell on any page to see that expert&apos;s numbers here.</source>
        <translation>在任一页面点击柱或格，即可在此查看该专家的数值。</translation>
    </message>
</context>
<context>
    <name>moequant::LabExpertsView</name>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>How the numbers go together</source>
        <translation>各数值如何关联</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>谱</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>1 · Tokens of every expert</source>
        <translation>1 · 每个专家的 token</translation>
    </message>
    <message>
        <source>Shows how many calibration tokens each expert gets.</source>
        <translation>显示每个专家得到多少校准 token。</translation>
    </message>
    <message>
        <source>2 · Hessian error against n</source>
        <translation>2 · Hessian 误差随 n 的变化</translation>
    </message>
    <message>
        <source>Shows that the error of an expert&apos;s Hessian falls like 1/√n.</source>
        <translation>显示专家的 Hessian 误差按 1/√n 下降。</translation>
    </message>
    <message>
        <source>Shows whether a wrong Hessian makes a worse quantization.</source>
        <translation>显示不准的 Hessian 矩阵是否使量化更差。</translation>
    </message>
    <message>
        <source>Shows the eigenvalues of the selected expert&apos;s Hessian.</source>
        <translation>显示所选专家的 Hessian 矩阵的特征值。</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Lists tokens, Hessian error, effective rank and quantization error of every expert.</source>
        <translation>列出每个专家的 token 数、Hessian 误差、有效秩和量化误差。</translation>
    </message>
    <message>
        <source>Quantization error</source>
        <translation>量化误差</translation>
    </message>
    <message>
        <source>3 · Quantization against Hessian error, ρ = %1</source>
        <translation>3 · 量化误差与 Hessian 误差，ρ = %1</translation>
    </message>
    <message>
        <source>3 · Quantization against Hessian error</source>
        <translation>3 · 量化误差与 Hessian 误差</translation>
    </message>
    <message>
        <source>Relative error</source>
        <translation>相对误差</translation>
    </message>
    <message>
        <source>Rel. eigenvalue</source>
        <translation>相对特征值</translation>
    </message>
</context>
<context>
    <name>moequant::LabForm</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Which entries, ε and n; how often to draw; which experts and which grid</source>
        <translation>哪些元素、ε 和 n；抽取多少次；哪些专家和哪种网格</translation>
    </message>
    <message>
        <source>What the loss means for differences</source>
        <translation>此损失对差分意味着什么</translation>
    </message>
    <message>
        <source>every second sequence</source>
        <translation>每隔一条序列</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>The text whose tokens the Hessians are made from</source>
        <translation>其 token 用来计算 Hessian 矩阵的文本</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>How many sequences of the source</source>
        <translation>使用来源中的多少条序列</translation>
    </message>
    <message>
        <source>Tokens a sample</source>
        <translation>每个样本的 token 数</translation>
    </message>
    <message>
        <source>How long each of them is</source>
        <translation>每条序列的长度</translation>
    </message>
    <message>
        <source>So&amp;urce</source>
        <translation>来源(&amp;U)</translation>
    </message>
    <message>
        <source>A polynomial with known derivatives: the estimators are judged without a model.</source>
        <translation>导数已知的多项式：不用模型即可评判估计量。</translation>
    </message>
    <message>
        <source>The model&apos;s own loss runs the layers above for every evaluation: n counts sequences, and it takes longer.</source>
        <translation>模型自身的损失每次求值都要运行其上的各层：n 以序列计，耗时更长。</translation>
    </message>
    <message>
        <source>This loss is exactly quadratic in %1: every difference is exact at any ε; noise and rounding are all that is left.</source>
        <translation>此损失对 %1 恰好是二次的：任何差分在任何 ε 下都精确；剩下的只有噪声和舍入。</translation>
    </message>
    <message>
        <source>This loss is not quadratic in gate, which the activation bends: differences have an error that grows with ε.</source>
        <translation>此损失对 gate 不是二次的，激活使其弯曲：差分的误差随 ε 增大。</translation>
    </message>
</context>
<context>
    <name>moequant::LabPage</name>
    <message>
        <source>Why does balance matter?</source>
        <translation>均衡为什么重要？</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Estimate the Hessian in several ways, and quantize with what few tokens give</source>
        <translation>用多种方式估计 Hessian 矩阵，并用少量 token 得到的结果量化</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>How far each estimate is from the true Hessian, and why</source>
        <translation>每种估计与真实 Hessian 矩阵相差多远，以及为什么</translation>
    </message>
    <message>
        <source>From tokens to the Hessian&apos;s error to the quantization error</source>
        <translation>从 token 到 Hessian 误差，再到量化误差</translation>
    </message>
    <message>
        <source>Five steps through this run&apos;s numbers, with questions</source>
        <translation>用五个步骤走过此次运行的数值，并附有问题</translation>
    </message>
    <message>
        <source>Study, experts or tour</source>
        <translation>研究、专家或导览</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>请先打开模型</translation>
    </message>
    <message>
        <source>Hessian lab</source>
        <translation>Hessian 实验室</translation>
    </message>
</context>
<context>
    <name>moequant::LabStudyView</name>
    <message>
        <source>Whose measurements are drawn</source>
        <translation>绘制哪种采样的测量</translation>
    </message>
    <message>
        <source>What the horizontal axis shows</source>
        <translation>横轴显示什么</translation>
    </message>
    <message>
        <source>The n whose curves are drawn</source>
        <translation>绘制哪个 n 的曲线</translation>
    </message>
    <message>
        <source>The ε whose curves are drawn</source>
        <translation>绘制哪个 ε 的曲线</translation>
    </message>
    <message>
        <source>Whose error the map shows</source>
        <translation>热力图显示哪种估计的误差</translation>
    </message>
    <message>
        <source>a&amp;t n</source>
        <translation>n 取(&amp;T)</translation>
    </message>
    <message>
        <source>a&amp;t ε</source>
        <translation>ε 取(&amp;T)</translation>
    </message>
    <message>
        <source>step ε</source>
        <translation>步长 ε</translation>
    </message>
    <message>
        <source>sample size n</source>
        <translation>样本量 n</translation>
    </message>
    <message>
        <source>Whether noise biases a difference</source>
        <translation>噪声是否使差分产生偏差</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>阶</translation>
    </message>
    <message>
        <source>Bias term</source>
        <translation>偏差项</translation>
    </message>
    <message>
        <source>&amp;Measured with</source>
        <translation>测量方式(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;against</source>
        <translation>随(&amp;A)</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏差</translation>
    </message>
    <message>
        <source>Shows how far each estimate is from the true Hessian on average, and with which order of ε.</source>
        <translation>显示每种估计平均与真实 Hessian 矩阵相差多远，以及按 ε 的几阶变化。</translation>
    </message>
    <message>
        <source>Variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>Error over ε and n</source>
        <translation>ε 与 n 上的误差</translation>
    </message>
    <message>
        <source>Shows at which ε and n a difference is nearest to the truth.</source>
        <translation>显示在哪个 ε 和 n 处差分最接近真值。</translation>
    </message>
    <message>
        <source>Measured orders</source>
        <translation>实测的阶</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>Compares the orders that were measured with those of the theory.</source>
        <translation>将实测的阶与理论的阶比较。</translation>
    </message>
    <message>
        <source>Shows whether sampling noise biases a difference by σ²/(nε²).</source>
        <translation>显示采样噪声是否使差分产生 σ²/(nε²) 的偏差。</translation>
    </message>
    <message>
        <source>Var. / curvature²</source>
        <translation>方差 / 曲率²</translation>
    </message>
    <message>
        <source>Bias against ε</source>
        <translation>偏差随 ε 的变化</translation>
    </message>
    <message>
        <source>Bias against n</source>
        <translation>偏差随 n 的变化</translation>
    </message>
    <message>
        <source>Variance against ε</source>
        <translation>方差随 ε 的变化</translation>
    </message>
    <message>
        <source>Variance against n</source>
        <translation>方差随 n 的变化</translation>
    </message>
    <message>
        <source>Measured with all samples, an estimate does not spread: its variance is 0.</source>
        <translation>使用所有样本测量时，估计不会散布：其方差为 0。</translation>
    </message>
    <message>
        <source>Shows how much each estimate spreads from sample to sample.</source>
        <translation>显示每种估计在不同样本之间散布的程度。</translation>
    </message>
    <message>
        <source>Error / curvature</source>
        <translation>误差 / 曲率</translation>
    </message>
    <message numerus="yes">
        <source>%n measurements are 0 and have no place on a logarithmic axis.</source>
        <translation>
            <numerusform>%n 个测量为 0，在对数轴上没有位置。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moequant::LabTourView</name>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>显示答案</translation>
    </message>
    <message>
        <source>Save as notebook…</source>
        <translation>保存为笔记本…</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>导览</translation>
    </message>
    <message>
        <source>Walks in five steps through the numbers of a run, from a finite difference to the experts, with a question at each.</source>
        <translation>用五个步骤走过一次运行的数值，从有限差分到专家，每步都有一个问题。</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>The step before (Left)</source>
        <translation>前一个步骤（左方向键）</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>The step after (Right)</source>
        <translation>后一个步骤（右方向键）</translation>
    </message>
    <message>
        <source>Write all steps with their pictures as Markdown</source>
        <translation>将所有步骤连同图写为 Markdown</translation>
    </message>
    <message>
        <source>Think first; then press Return</source>
        <translation>先想一想；再按回车键</translation>
    </message>
    <message>
        <source>Text of the step</source>
        <translation>步骤的文本</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>步骤 %1</translation>
    </message>
    <message>
        <source>This run did not measure what this picture shows.</source>
        <translation>此次运行没有测量此图所示的内容。</translation>
    </message>
    <message>
        <source>Save the tour as a notebook</source>
        <translation>将导览保存为笔记本</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
</context>
<context>
    <name>moequant::LayerLines</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Lines: %1 by layer, sources: %2</source>
        <translation>折线图：各层的%1，来源数：%2</translation>
    </message>
</context>
<context>
    <name>moequant::LearnPage</name>
    <message>
        <source>What does it mean?</source>
        <translation>这是什么意思？</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>moequant::LogModel</name>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>moequant::LogPage</name>
    <message>
        <source>What was said?</source>
        <translation>说了什么？</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Lists what the worker and the window report, warnings among it.</source>
        <translation>列出工作进程和窗口的报告，包括警告。</translation>
    </message>
    <message>
        <source>Run folder: %1</source>
        <translation>运行文件夹：%1</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1：完成</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>moequant::LorenzCurve</name>
    <message>
        <source>Lorenz curve</source>
        <translation>洛伦兹曲线</translation>
    </message>
    <message>
        <source>Experts, least used first (%)</source>
        <translation>专家，使用率最低在前（%）</translation>
    </message>
    <message>
        <source>Tokens (%)</source>
        <translation>token（%）</translation>
    </message>
    <message>
        <source>Experts of layer %1, least used first (%)</source>
        <translation>第 %1 层的专家，使用率最低在前（%）</translation>
    </message>
    <message>
        <source>%1 Gini %2</source>
        <translation>%1 基尼系数 %2</translation>
    </message>
    <message>
        <source>%1, Gini %2</source>
        <translation>%1，基尼系数 %2</translation>
    </message>
    <message>
        <source>even use</source>
        <translation>均匀使用</translation>
    </message>
    <message>
        <source>%1, layer %2
the %3 least used experts get %4 % of the tokens
the last of them: expert %5, %6 %</source>
        <translation>%1，第 %2 层
使用率最低的 %3 个专家得到 %4 % 的 token
其中最后一个：专家 %5，%6 %</translation>
    </message>
</context>
<context>
    <name>moequant::MainWindow</name>
    <message>
        <source>MoEQuant Workbench</source>
        <translation>MoEQuant Workbench</translation>
    </message>
    <message>
        <source>%1. Another worker has been started; the window kept everything it had.</source>
        <translation>%1。已启动新的工作进程；窗口中的内容全部保留。</translation>
    </message>
    <message>
        <source>%1. Jobs cannot run until a worker is started.</source>
        <translation>%1。启动工作进程之前无法运行任务。</translation>
    </message>
    <message>
        <source>Start the worker</source>
        <translation>启动工作进程</translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation>恢复运行</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>No recent model</source>
        <translation>无最近的模型</translation>
    </message>
    <message>
        <source>What the model is</source>
        <translation>模型概况</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Go to Quantize</source>
        <translation>前往“量化”</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What is in this model?</source>
        <translation>这个模型里有什么？</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Who gets the tokens?</source>
        <translation>token 分给了谁？</translation>
    </message>
    <message>
        <source>EBSS</source>
        <translation>EBSS</translation>
    </message>
    <message>
        <source>How is balance bought?</source>
        <translation>均衡从何而来？</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>What will happen, what is happening?</source>
        <translation>将会发生什么，正在发生什么？</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>误差</translation>
    </message>
    <message>
        <source>Where did it go wrong?</source>
        <translation>哪里出了问题？</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>What does it mean?</source>
        <translation>这是什么意思？</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>What was said?</source>
        <translation>说了什么？</translation>
    </message>
    <message>
        <source>WikiText-2 is not on this machine; the built-in prose stands in for it</source>
        <translation>本机没有 WikiText-2；以内置散文代替</translation>
    </message>
    <message>
        <source>Open a model </source>
        <translation>打开模型 </translation>
    </message>
    <message>
        <source>%1 – MoEQuant Workbench</source>
        <translation>%1 – MoEQuant Workbench</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>&amp;Open a model…</source>
        <translation>打开模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Open the &amp;sample model</source>
        <translation>打开示例模型(&amp;S)</translation>
    </message>
    <message>
        <source>Open a &amp;run…</source>
        <translation>打开运行(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Run the page&apos;s job</source>
        <translation>运行此页的任务(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop now</source>
        <translation>立即停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation>复制为命令(&amp;C)</translation>
    </message>
    <message>
        <source>The command line that does what this page&apos;s button does</source>
        <translation>与此页按钮作用相同的命令行</translation>
    </message>
    <message>
        <source>Compare WikiText-2 with EBSS</source>
        <translation>比较 WikiText-2 与 EBSS</translation>
    </message>
    <message>
        <source>How evenly does ordinary text reach the experts, and the model&apos;s own?</source>
        <translation>普通文本到达各专家有多均匀，模型自己的文本又如何？</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Recent &amp;models</source>
        <translation>最近的模型(&amp;M)</translation>
    </message>
    <message>
        <source>Recent r&amp;uns</source>
        <translation>最近的运行(&amp;U)</translation>
    </message>
    <message>
        <source>No recent run</source>
        <translation>无最近的运行</translation>
    </message>
    <message>
        <source>&amp;Job</source>
        <translation>任务(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>查找操作(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>跟随桌面(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>深色(&amp;A)</translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation>语言(&amp;N)</translation>
    </message>
    <message>
        <source>The language changes when the window is opened the next time</source>
        <translation>语言将在下次打开窗口时更改</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;What does it mean?</source>
        <translation>这是什么意思？(&amp;W)</translation>
    </message>
    <message>
        <source>What am I &amp;looking at?</source>
        <translation>我在看什么？(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>MoEQuant Workbench %1. Apache-2.0; this program as a whole GPL-3.0, because QCustomPlot is.</source>
        <translation>MoEQuant Workbench %1。Apache-2.0；由于使用 QCustomPlot，程序整体为 GPL-3.0。</translation>
    </message>
    <message>
        <source>Open a checkpoint&apos;s folder</source>
        <translation>打开检查点所在的文件夹</translation>
    </message>
    <message>
        <source>Open a run&apos;s folder</source>
        <translation>打开运行所在的文件夹</translation>
    </message>
    <message>
        <source>%1: no finished run (result.json is missing)</source>
        <translation>%1：不是已完成的运行（缺少 result.json）</translation>
    </message>
    <message>
        <source>There is nothing to copy yet: tick a source first</source>
        <translation>还没有可复制的内容：请先勾选来源</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>How does it leave the workbench?</source>
        <translation>如何离开工作台？</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Which one is better?</source>
        <translation>哪一个更好？</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验室</translation>
    </message>
    <message>
        <source>Why does balance matter?</source>
        <translation>均衡为什么重要？</translation>
    </message>
</context>
<context>
    <name>moequant::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message text</source>
        <translation>消息文本</translation>
    </message>
    <message>
        <source>What to do about it</source>
        <translation>处理办法</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>moequant::MetricCard</name>
    <message>
        <source>Metric against setting</source>
        <translation>指标随设置的变化</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>What the vertical axis shows</source>
        <translation>纵轴显示什么</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>What the horizontal axis shows</source>
        <translation>横轴显示什么</translation>
    </message>
    <message>
        <source>Form of the chart</source>
        <translation>图表形式</translation>
    </message>
    <message>
        <source>Bars begin at 0; lines and points fill the height</source>
        <translation>柱从 0 开始；线和点占满高度</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>柱</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>线</translation>
    </message>
    <message>
        <source>against</source>
        <translation>随</translation>
    </message>
    <message>
        <source>&lt;p&gt;Any number that runs have in common, against any setting in which they differ. Runs that differ in a second setting are series of their own.&lt;/p&gt;&lt;p&gt;Whiskers are 95 % intervals. Grey hollow marks with † are figures that papers state; they were not measured here.&lt;/p&gt;</source>
        <translation>&lt;p&gt;各次运行共有的任意数值，对其不同的任意设置。若运行在另一项设置上也不同，则自成系列。&lt;/p&gt;&lt;p&gt;须线为 95 % 区间。带 † 的灰色空心标记是论文给出的数值，并非在此测得。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>moequant::MetricChart</name>
    <message>
        <source>Chart: %1 against %2, series: %3</source>
        <translation>图表：%1 随 %2 的变化，系列数：%3</translation>
    </message>
    <message>
        <source>Published, not measured here</source>
        <translation>已发表，非在此测得</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Half interval</source>
        <translation>半区间</translation>
    </message>
</context>
<context>
    <name>moequant::ModelPage</name>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>Shared expert</source>
        <translation>共享专家</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>What is in this model?</source>
        <translation>这个模型里有什么？</translation>
    </message>
    <message>
        <source>Layers, experts, linears</source>
        <translation>层、专家、线性层</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Memory plan</source>
        <translation>内存规划</translation>
    </message>
    <message>
        <source>Shows the architecture and the sizes of the open model.</source>
        <translation>显示所打开模型的架构和各部分大小。</translation>
    </message>
    <message>
        <source>Says what calibrating and quantizing this model needs.</source>
        <translation>说明校准和量化此模型需要多少资源。</translation>
    </message>
    <message>
        <source>Lists every layer with its experts and linears. What you select here is selected on all pages.</source>
        <translation>列出每一层及其专家和线性层。在此选中的内容在所有页面上都会选中。</translation>
    </message>
    <message>
        <source>&amp;Expand all layers</source>
        <translation>全部展开(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Collapse all</source>
        <translation>全部折叠(&amp;C)</translation>
    </message>
    <message>
        <source>Expand or collapse the tree</source>
        <translation>展开或折叠树</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
</context>
<context>
    <name>moequant::ModelTree</name>
    <message>
        <source>Expert %1</source>
        <translation>专家 %1</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 个专家</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>稠密</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Shape (out × in)</source>
        <translation>形状（输出 × 输入）</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
</context>
<context>
    <name>moequant::OptionForm</name>
    <message>
        <source>drawn</source>
        <translation>随机抽取</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>moequant::Page</name>
    <message>
        <source>%1: stopped</source>
        <translation>%1：已停止</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>moequant::PairedPlot</name>
    <message>
        <source>Paired differences</source>
        <translation>配对差异</translation>
    </message>
    <message>
        <source>Experts, by ratio</source>
        <translation>专家，按误差比排列</translation>
    </message>
    <message>
        <source>Error ratio</source>
        <translation>误差比</translation>
    </message>
    <message>
        <source>Error of %1 over that of %2 for %3 experts</source>
        <translation>%1 的误差与 %2 的误差之比，%3 个专家</translation>
    </message>
    <message>
        <source>smaller: %1</source>
        <translation>较小：%1</translation>
    </message>
    <message>
        <source>larger: %1</source>
        <translation>较大：%1</translation>
    </message>
    <message>
        <source>mean ×%1 (95 %: %2 to %3)</source>
        <translation>平均 ×%1（95 %：%2 至 %3）</translation>
    </message>
    <message>
        <source>mean ×%1</source>
        <translation>平均 ×%1</translation>
    </message>
    <message>
        <source>Layer %1, expert %2
%3: %4
%5: %6
ratio %7</source>
        <translation>第 %1 层，专家 %2
%3：%4
%5：%6
比值 %7</translation>
    </message>
</context>
<context>
    <name>moequant::PlotView</name>
    <message>
        <source>Save or copy this picture</source>
        <translation>保存或复制此图片</translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation>保存图片(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>复制图片(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;data as CSV</source>
        <translation>将数据复制为 CSV(&amp;D)</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>显示全部(&amp;A)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>图片已复制</translation>
    </message>
    <message>
        <source>Data copied as CSV</source>
        <translation>数据已复制为 CSV</translation>
    </message>
</context>
<context>
    <name>moequant::QuantizeForm</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Settings that belong together; what you change afterwards stays changed</source>
        <translation>成套的设置；您之后所做的更改会保留</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>Mixed precision, grids by pattern, starved experts, storage</source>
        <translation>混合精度、按模式设网格、样本不足的专家、存储</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>预设(&amp;P)</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>校准</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>稳健性</translation>
    </message>
    <message>
        <source>Calibration source</source>
        <translation>校准来源</translation>
    </message>
    <message>
        <source>The text whose activations decide how weights are rounded</source>
        <translation>其激活决定权重如何舍入的文本</translation>
    </message>
    <message>
        <source>Calibration samples</source>
        <translation>校准样本数</translation>
    </message>
    <message>
        <source>How many sequences the calibration set has</source>
        <translation>校准集包含多少条序列</translation>
    </message>
    <message>
        <source>Tokens a calibration sample</source>
        <translation>每个校准样本的 token 数</translation>
    </message>
    <message>
        <source>How long each of them is</source>
        <translation>每条序列的长度</translation>
    </message>
    <message>
        <source>So&amp;urce</source>
        <translation>来源(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation>样本数(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Tokens each</source>
        <translation>每个的 token 数(&amp;T)</translation>
    </message>
    <message>
        <source>in the run&apos;s folder</source>
        <translation>在运行文件夹中</translation>
    </message>
    <message>
        <source>Folder for the quantized checkpoint</source>
        <translation>量化检查点的文件夹</translation>
    </message>
    <message>
        <source>Where the checkpoint is written; empty: beside the run&apos;s other files</source>
        <translation>检查点写到哪里；留空：与运行的其他文件放在一起</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose the folder for the checkpoint</source>
        <translation>选择检查点的文件夹</translation>
    </message>
    <message>
        <source>Folder for the checkpoint</source>
        <translation>检查点的文件夹</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>检查点</translation>
    </message>
</context>
<context>
    <name>moequant::QuantizePage</name>
    <message>
        <source>What will happen, what is happening?</source>
        <translation>将会发生什么，正在发生什么？</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Quantize the open model with these settings</source>
        <translation>用这些设置量化打开的模型</translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation>运行前的检查</translation>
    </message>
    <message>
        <source>Says what the run needs and what loads its result, once a model is open.</source>
        <translation>打开模型后，说明运行需要什么以及哪些软件能加载其结果。</translation>
    </message>
    <message>
        <source>Running and waiting</source>
        <translation>运行中和等待中</translation>
    </message>
    <message>
        <source>Interrupted quantizations</source>
        <translation>中断的量化</translation>
    </message>
    <message>
        <source>Before and during the run</source>
        <translation>运行前与运行中</translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation>运行前</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>What these settings need and what loads the result</source>
        <translation>这些设置需要什么，哪些软件能加载结果</translation>
    </message>
    <message>
        <source>The quantization that goes on, or the last one</source>
        <translation>正在进行的量化，或上一次量化</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>请先打开模型</translation>
    </message>
    <message>
        <source>Quantizing %1</source>
        <translation>正在量化 %1</translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <translation>%1：完成，用时 %2</translation>
    </message>
    <message>
        <source>, %1 instead of %2 (%3 %)</source>
        <translation>，%1，原为 %2（%3 %）</translation>
    </message>
    <message>
        <source>, read back and verified</source>
        <translation>，已读回并验证</translation>
    </message>
    <message>
        <source>Show errors</source>
        <translation>显示误差</translation>
    </message>
    <message>
        <source>%1, running</source>
        <translation>%1，正在运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop after the layer in work; the run can be resumed</source>
        <translation>处理完当前层后停止；之后可恢复运行</translation>
    </message>
    <message>
        <source>%1, waiting</source>
        <translation>%1，等待中</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take this run out of the queue</source>
        <translation>将此运行移出队列</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>sample model</source>
        <translation>示例模型</translation>
    </message>
    <message>
        <source>%1 of %2, %3</source>
        <translation>%2 的 %1，%3</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Go on where this run stopped: %1</source>
        <translation>从此运行停止之处继续：%1</translation>
    </message>
</context>
<context>
    <name>moequant::Rail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
</context>
<context>
    <name>moequant::RunChooser</name>
    <message>
        <source>Open a run&apos;s folder…</source>
        <translation>打开运行文件夹…</translation>
    </message>
    <message>
        <source>Open a run&apos;s folder</source>
        <translation>打开运行所在的文件夹</translation>
    </message>
</context>
<context>
    <name>moequant::RunLibrary</name>
    <message>
        <source>sample model</source>
        <translation>示例模型</translation>
    </message>
    <message>
        <source>%1 %2-bit</source>
        <translation>%1 %2 位</translation>
    </message>
    <message>
        <source>EBSS τ %1, w %2</source>
        <translation>EBSS τ %1，w %2</translation>
    </message>
    <message>
        <source>EBSS sweep</source>
        <translation>EBSS 参数扫描</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>%1 的分析</translation>
    </message>
    <message>
        <source>Evaluation of %1</source>
        <translation>%1 的评估</translation>
    </message>
    <message>
        <source>Hessian lab, %1</source>
        <translation>Hessian 实验室，%1</translation>
    </message>
</context>
<context>
    <name>moequant::RunModel</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>moequant::RunStrip</name>
    <message>
        <source>Progress of the running job</source>
        <translation>正在运行的任务的进度</translation>
    </message>
    <message>
        <source>After this &amp;layer</source>
        <translation>当前层之后(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <translation>立即(&amp;N)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End the running job (Esc); a stopped quantization goes on later from its last finished layer</source>
        <translation>结束正在运行的任务（Esc）；停止的量化之后可从最后完成的层继续</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>停止正在运行的任务</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n more waiting)</source>
        <translation>
            <numerusform>%1（另有 %n 个等待）</numerusform>
        </translation>
    </message>
    <message>
        <source>, layer %1</source>
        <translation>，第 %1 层</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
</context>
<context>
    <name>moequant::RunView</name>
    <message>
        <source>routed %1 tokens</source>
        <translation>已路由 %1 个 token</translation>
    </message>
    <message>
        <source>1 expert fell back</source>
        <translation>1 个专家回退</translation>
    </message>
    <message>
        <source>%L1 experts fell back</source>
        <translation>%L1 个专家回退</translation>
    </message>
    <message>
        <source>error %1 %</source>
        <translation>误差 %1 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>过程记录</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>每个专家的误差</translation>
    </message>
    <message>
        <source>Fills with each expert&apos;s relative output error while a quantization runs.</source>
        <translation>量化运行时，逐步填入每个专家的相对输出误差。</translation>
    </message>
    <message>
        <source>Finished layers</source>
        <translation>已完成的层</translation>
    </message>
    <message>
        <source>Gets one line for each finished layer.</source>
        <translation>每完成一层增加一行。</translation>
    </message>
    <message>
        <source>Layer %1 of %2</source>
        <translation>第 %1 层，共 %2 层</translation>
    </message>
    <message>
        <source>%L1 of %L2 %3</source>
        <translation>%L1 / %L2 %3</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation>%1 %2/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>taken over from before the interruption</source>
        <translation>沿用中断之前的结果</translation>
    </message>
    <message>
        <source>Finished: %1</source>
        <translation>已完成：%1</translation>
    </message>
    <message>
        <source>Error of every expert, %1</source>
        <translation>每个专家的误差，%1</translation>
    </message>
</context>
<context>
    <name>moequant::SearchTree</name>
    <message>
        <source>Search tree</source>
        <translation>搜索树</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Steps: %1, at most %2 candidates each</source>
        <translation>步骤数：%1，每步最多 %2 个候选</translation>
    </message>
    <message>
        <source>best branch</source>
        <translation>最佳分支</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>剪枝</translation>
    </message>
    <message>
        <source>first other choice</source>
        <translation>首个不同选择</translation>
    </message>
    <message>
        <source>Step %1: %2 candidates</source>
        <translation>第 %1 步：%2 个候选</translation>
    </message>
    <message>
        <source>Step %1, rank %2: %3
mean −log p %4 nats, σ %5, score %6</source>
        <translation>第 %1 步，排名 %2：%3
平均 −log p %4 nat，σ %5，得分 %6</translation>
    </message>
</context>
<context>
    <name>moequant::SearchView</name>
    <message>
        <source>Candidates</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Best beam by step</source>
        <translation>最佳束的逐步变化</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Shows how the best beam&apos;s two score parts develop: likelihood against imbalance.</source>
        <translation>显示最佳束得分的两部分如何变化：似然与不均衡度。</translation>
    </message>
    <message>
        <source>Shows the candidates of every search step: what they say, how likely and how balanced they are.</source>
        <translation>显示每个搜索步骤的候选：内容是什么，可能性和均衡度如何。</translation>
    </message>
    <message>
        <source>Shows which branches of a search were kept and which were pruned.</source>
        <translation>显示搜索中哪些分支被保留、哪些被剪枝。</translation>
    </message>
    <message>
        <source>Shows a step&apos;s candidates by likelihood and balance; drag the line to see what another τ keeps.</source>
        <translation>按似然和均衡显示一步的候选；拖动直线可查看其他 τ 会保留什么。</translation>
    </message>
    <message>
        <source>Sequence whose search is shown</source>
        <translation>要显示其搜索的序列</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Replay the search</source>
        <translation>回放搜索</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Step of the search</source>
        <translation>搜索步骤</translation>
    </message>
    <message>
        <source>Step of the search that the pictures show</source>
        <translation>图中显示的搜索步骤</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Sequence %1</source>
        <translation>序列 %1</translation>
    </message>
    <message>
        <source>Searched at τ %1; at τ %2 every step would keep the same candidates.</source>
        <translation>搜索所用 τ 为 %1；在 τ %2 时，每一步都会保留相同的候选。</translation>
    </message>
    <message>
        <source>Candidates, step %1 (after another choice)</source>
        <translation>候选，第 %1 步（不同选择之后）</translation>
    </message>
    <message>
        <source>Candidates, step %1</source>
        <translation>候选，第 %1 步</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>Run the real search at this τ</source>
        <translation>在此 τ 下运行真正的搜索</translation>
    </message>
    <message>
        <source>Searched at τ %1. At τ %2 step %3 would keep others; what comes after it is grey.</source>
        <translation>搜索所用 τ 为 %1。在 τ %2 时，第 %3 步会保留其他候选；其后的步骤显示为灰色。</translation>
    </message>
</context>
<context>
    <name>moequant::SequenceModel</name>
    <message>
        <source>Loops: few distinct 4-grams, one cycle over much of it, or text that shrinks below a tenth</source>
        <translation>循环：互不相同的 4-gram 很少、一个循环节占据大部分，或文本缩至不足十分之一</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>⚠ loops</source>
        <translation>⚠ 循环</translation>
    </message>
    <message>
        <source>⚠ loops, %1</source>
        <translation>⚠ 循环，%1</translation>
    </message>
    <message>
        <source>%1 token ids</source>
        <translation>%1 个 token id</translation>
    </message>
    <message>
        <source>Mean −log p of a token, in nats</source>
        <translation>token 的平均 −log p，单位 nat</translation>
    </message>
    <message>
        <source>Distinct 4-grams over all; below 0.3 counts as loops</source>
        <translation>互不相同的 4-gram 与全部之比；低于 0.3 视为循环</translation>
    </message>
    <message>
        <source>Share that one cycle of at most 16 tokens covers; above 30 % counts as loops</source>
        <translation>长度不超过 16 个 token 的单个循环节所覆盖的占比；高于 30 % 视为循环</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Distinct-4</source>
        <translation>Distinct-4</translation>
    </message>
    <message>
        <source>Cycle (%)</source>
        <translation>循环节（%）</translation>
    </message>
</context>
<context>
    <name>moequant::SetCourse</name>
    <message>
        <source>Set so far</source>
        <translation>目前的校准集</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>CV of expert usage</source>
        <translation>专家使用率的 CV</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>After %1 sequences: CV %2</source>
        <translation>%1 条序列之后：CV %2</translation>
    </message>
    <message>
        <source>CV (left)</source>
        <translation>CV（左轴）</translation>
    </message>
    <message>
        <source>perplexity (right)</source>
        <translation>困惑度（右轴）</translation>
    </message>
    <message>
        <source>first %1 sequences
CV %2
perplexity %3</source>
        <translation>前 %1 条序列
CV %2
困惑度 %3</translation>
    </message>
</context>
<context>
    <name>moequant::SetView</name>
    <message>
        <source>Sequences</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Sets so far</source>
        <translation>目前的各校准集</translation>
    </message>
    <message>
        <source>Accept as a source</source>
        <translation>接受为来源</translation>
    </message>
    <message>
        <source>Write the set without the rejected sequences and offer it on the other pages</source>
        <translation>写出不含被拒绝序列的校准集，并在其他页面上提供</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Keep this sequence when another set is written</source>
        <translation>写出另一个校准集时保留此序列</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Leave this sequence out of what is accepted</source>
        <translation>不接受此序列</translation>
    </message>
    <message>
        <source>Reject loops</source>
        <translation>拒绝循环序列</translation>
    </message>
    <message>
        <source>Leave out every sequence that repeats itself</source>
        <translation>去掉所有自我重复的序列</translation>
    </message>
    <message>
        <source>Shows what the model wrote: every sequence of the last set, to pin or to reject.</source>
        <translation>显示模型写了什么：上一个校准集的每条序列，可固定或拒绝。</translation>
    </message>
    <message>
        <source>Shows how balance and perplexity settle with the number of sequences.</source>
        <translation>显示均衡度和困惑度如何随序列数趋于稳定。</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>校准集</translation>
    </message>
    <message>
        <source>Compares the sets written with different τ and w in one row each.</source>
        <translation>每行一个，比较以不同 τ 和 w 写出的校准集。</translation>
    </message>
    <message>
        <source>τ</source>
        <translation>τ</translation>
    </message>
    <message>
        <source>w</source>
        <translation>w</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>PPL</source>
        <translation>PPL</translation>
    </message>
    <message>
        <source>Loops (%)</source>
        <translation>循环（%）</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Sequences, %1</source>
        <translation>序列，%1 条</translation>
    </message>
    <message>
        <source>Sequences, %1 of %2</source>
        <translation>序列，%1 / %2 条</translation>
    </message>
    <message>
        <source>Text of the selected sequence</source>
        <translation>所选序列的文本</translation>
    </message>
    <message>
        <source>Select a sequence to read it.</source>
        <translation>选择序列即可阅读。</translation>
    </message>
</context>
<context>
    <name>moequant::SettingsUndo</name>
    <message numerus="yes">
        <source>%n settings</source>
        <translation>
            <numerusform>%n 项设置</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moequant::SimilarityModel</name>
    <message>
        <source>%1 and %2: %3</source>
        <translation>%1 与 %2：%3</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>moequant::SourceBar</name>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Calibrate with a file of your own</source>
        <translation>用自己的文件校准</translation>
    </message>
    <message>
        <source>&amp;Text file…</source>
        <translation>文本文件(&amp;T)…</translation>
    </message>
    <message>
        <source>Text (*.txt *.md);;All files (*)</source>
        <translation>文本 (*.txt *.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>&amp;JSON lines with a text field…</source>
        <translation>带 text 字段的 JSON lines(&amp;J)…</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl *.json *.gz);;All files (*)</source>
        <translation>JSON lines (*.jsonl *.json *.gz);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Calibration &amp;set, published or written by EBSS…</source>
        <translation>已发表或由 EBSS 写出的校准集(&amp;S)…</translation>
    </message>
    <message>
        <source>Calibration sets (*.jsonl *.json *.gz)</source>
        <translation>校准集 (*.jsonl *.json *.gz)</translation>
    </message>
    <message>
        <source>Balanced &amp;WikiText-2: windows chosen for even use</source>
        <translation>均衡的 WikiText-2：为均匀使用而挑选的窗口(&amp;W)</translation>
    </message>
    <message>
        <source>Source %1</source>
        <translation>来源 %1</translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation>添加来源</translation>
    </message>
</context>
<context>
    <name>moequant::SurfaceMap</name>
    <message>
        <source>Map: %1 over %2 and %3</source>
        <translation>热力图：%1，按 %2 和 %3</translation>
    </message>
    <message>
        <source>rounding dominates</source>
        <translation>舍入主导</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
</context>
<context>
    <name>moequant::TauSlider</name>
    <message>
        <source>τ, logarithmic</source>
        <translation>τ，对数刻度</translation>
    </message>
</context>
<context>
    <name>moequant::TokenTexts</name>
    <message>
        <source>Reading tokens</source>
        <translation>正在读取 token</translation>
    </message>
</context>
<context>
    <name>moequant::TopTokenCard</name>
    <message>
        <source>Top tokens</source>
        <translation>热门 token</translation>
    </message>
    <message>
        <source>Shows the tokens that the selected expert likes best; click a bar or a cell to select one.</source>
        <translation>显示所选专家最偏好的 token；点击柱或格可选择专家。</translation>
    </message>
    <message>
        <source>No token of these sources reached layer %1, expert %2, or the profile is older.</source>
        <translation>这些来源没有 token 到达第 %1 层专家 %2，或者分析结果过旧。</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>第 %1 层，专家 %2</translation>
    </message>
</context>
<context>
    <name>moequant::TopTokenModel</name>
    <message>
        <source>token %1</source>
        <translation>第 %1 个 token</translation>
    </message>
    <message>
        <source>Sum of the router&apos;s coefficients that this token brought the expert</source>
        <translation>此 token 带给该专家的路由器系数之和</translation>
    </message>
    <message>
        <source>Affinity</source>
        <translation>亲和度</translation>
    </message>
</context>
<context>
    <name>moequant::UsageHistogram</name>
    <message>
        <source>Expert usage</source>
        <translation>专家使用率</translation>
    </message>
    <message>
        <source>Share of routed tokens (%)</source>
        <translation>路由 token 的占比（%）</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>使用率</translation>
    </message>
    <message>
        <source>Usage, layer %1</source>
        <translation>使用率，第 %1 层</translation>
    </message>
    <message>
        <source>minimum %L1 tokens</source>
        <translation>最少 %L1 个 token</translation>
    </message>
    <message>
        <source>uniform %1 %</source>
        <translation>均匀 %1 %</translation>
    </message>
    <message>
        <source>Expert of layer %1, most used first</source>
        <translation>第 %1 层的专家，使用最多在前</translation>
    </message>
    <message>
        <source>Expert of layer %1</source>
        <translation>第 %1 层的专家</translation>
    </message>
    <message>
        <source>Bars: share of tokens of %1 experts, sources: %2</source>
        <translation>柱状图：%1 个专家的 token 占比，来源数：%2</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>第 %1 层，专家 %2</translation>
    </message>
    <message>
        <source>%1: %L2 tokens, %3 %</source>
        <translation>%1：%L2 个 token，%3 %</translation>
    </message>
</context>
<context>
    <name>moequant::VerdictCard</name>
    <message>
        <source>&amp;Copy as text</source>
        <translation>复制为文本(&amp;C)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy these lines</source>
        <translation>复制这些行</translation>
    </message>
</context>
<context>
    <name>moequant::Workbench</name>
    <message>
        <source>rotated %1</source>
        <translation>旋转 %1</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Sample model</source>
        <translation>示例模型</translation>
    </message>
    <message>
        <source>no MoE layer</source>
        <translation>无 MoE 层</translation>
    </message>
    <message>
        <source>1 MoE layer</source>
        <translation>1 个 MoE 层</translation>
    </message>
    <message>
        <source>%1 MoE layers</source>
        <translation>%1 个 MoE 层</translation>
    </message>
    <message>
        <source>%1+%2 experts</source>
        <translation>%1+%2 个专家</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 个专家</translation>
    </message>
    <message>
        <source>top-%1</source>
        <translation>top-%1</translation>
    </message>
    <message>
        <source>%1 %2-bit</source>
        <translation>%1 %2 位</translation>
    </message>
    <message>
        <source>%1: no expert&apos;s error is recorded in this run</source>
        <translation>%1：此次运行没有记录专家的误差</translation>
    </message>
</context>
<context>
    <name>moequant::WorkerButton</name>
    <message>
        <source>Worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>&amp;Start the worker</source>
        <translation>启动工作进程(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Release the model&apos;s memory</source>
        <translation>释放模型占用的内存(&amp;R)</translation>
    </message>
    <message>
        <source>Work on &amp;another machine…</source>
        <translation>在另一台机器上工作(&amp;A)…</translation>
    </message>
    <message>
        <source>Work on &amp;this machine</source>
        <translation>在本机上工作(&amp;T)</translation>
    </message>
    <message>
        <source>Work on another machine</source>
        <translation>在另一台机器上工作</translation>
    </message>
    <message>
        <source>The command that starts a worker there. It must ask for no password.
Folders of models and runs are then those of that machine.</source>
        <translation>在那台机器上启动工作进程的命令，不得要求输入密码。
此后模型和运行的文件夹均指那台机器上的文件夹。</translation>
    </message>
    <message>
        <source>local</source>
        <translation>本地</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>● %1 · %2</source>
        <translation>● %1 · %2</translation>
    </message>
    <message>
        <source>◌ worker starting</source>
        <translation>◌ 工作进程启动中</translation>
    </message>
    <message>
        <source>⚠ worker lost</source>
        <translation>⚠ 工作进程丢失</translation>
    </message>
    <message>
        <source>○ no worker</source>
        <translation>○ 无工作进程</translation>
    </message>
    <message>
        <source>The process that does the work</source>
        <translation>执行工作的进程</translation>
    </message>
    <message>
        <source>The process that does the work: %1</source>
        <translation>执行工作的进程：%1</translation>
    </message>
</context>
<context>
    <name>moequant::WorkerClient</name>
    <message>
        <source>The worker did not answer within %1 s</source>
        <translation>工作进程在 %1 秒内没有响应</translation>
    </message>
    <message>
        <source>The worker did not answer; it said: %1</source>
        <translation>工作进程没有响应；它输出了：%1</translation>
    </message>
    <message>
        <source>The worker could not be started: %1: %2</source>
        <translation>无法启动工作进程：%1：%2</translation>
    </message>
    <message>
        <source>was killed or crashed</source>
        <translation>被终止或崩溃</translation>
    </message>
    <message>
        <source>ended with code %1</source>
        <translation>以代码 %1 结束</translation>
    </message>
    <message>
        <source>The worker %1</source>
        <translation>工作进程%1</translation>
    </message>
    <message>
        <source>The worker %1: %2</source>
        <translation>工作进程%1：%2</translation>
    </message>
    <message>
        <source>Another worker was chosen</source>
        <translation>已选择另一个工作进程</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>A line of the worker was longer than 1 MiB and was left out</source>
        <translation>工作进程有一行超过 1 MiB，已略去</translation>
    </message>
    <message>
        <source>Not a message of the worker: %1</source>
        <translation>不是工作进程的消息：%1</translation>
    </message>
    <message>
        <source>The worker speaks a newer protocol: update this window</source>
        <translation>工作进程使用更新的协议：请更新此窗口</translation>
    </message>
    <message>
        <source>The worker speaks an older protocol: update the worker</source>
        <translation>工作进程使用更旧的协议：请更新工作进程</translation>
    </message>
    <message>
        <source>%1: larger than 1 GiB</source>
        <translation>%1：大于 1 GiB</translation>
    </message>
    <message>
        <source>%1: the worker answered something else</source>
        <translation>%1：工作进程的回答不符</translation>
    </message>
    <message>
        <source>%1: not a JSON document</source>
        <translation>%1：不是 JSON 文档</translation>
    </message>
</context>
</TS>
