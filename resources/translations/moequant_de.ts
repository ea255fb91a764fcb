<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ComparedRuns</name>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Quantizer, with AGQ where it weights the tokens</source>
        <translation>Quantisierer, mit AGQ, wo dieses die Tokens gewichtet</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Bits of a weight&apos;s code</source>
        <translation>Bits je Gewichtscode</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Columns that share a scale; -1: all of a row</source>
        <translation>Spalten mit gemeinsamer Skala; -1: die ganze Zeile</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Calibration set</source>
        <translation>Kalibriermenge</translation>
    </message>
    <message>
        <source>What balance weighs in EBSS; smaller: more</source>
        <translation>Was Ausgewogenheit in EBSS wiegt; kleiner: mehr</translation>
    </message>
    <message>
        <source>Beams that EBSS keeps</source>
        <translation>Strahlen, die EBSS behält</translation>
    </message>
    <message>
        <source>Branching</source>
        <translation>Verzweigung</translation>
    </message>
    <message>
        <source>Children of a beam that EBSS looks at</source>
        <translation>Fortsetzungen eines Strahls, die EBSS betrachtet</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Tokens of the set</source>
        <translation>Tokens der Menge</translation>
    </message>
    <message>
        <source>Standard deviation of expert use over its mean; 0: perfectly even</source>
        <translation>Standardabweichung der Expertennutzung durch ihren Mittelwert; 0: völlig gleichmäßig</translation>
    </message>
    <message>
        <source>STD, %</source>
        <translation>STD, %</translation>
    </message>
    <message>
        <source>Standard deviation of expert use in percent of the tokens&apos; slots</source>
        <translation>Standardabweichung der Expertennutzung in Prozent der Tokenplätze</translation>
    </message>
    <message>
        <source>STD a token</source>
        <translation>STD/Token</translation>
    </message>
    <message>
        <source>Standard deviation of expert use as the paper counts it</source>
        <translation>Standardabweichung der Expertennutzung, wie der Artikel sie zählt</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Ungenutzt</translation>
    </message>
    <message>
        <source>Experts without a token</source>
        <translation>Experten ohne Token</translation>
    </message>
    <message>
        <source>Perplexity of the set</source>
        <translation>Perplexität der Menge</translation>
    </message>
    <message>
        <source>How likely the float model finds the set</source>
        <translation>Wie wahrscheinlich das Float-Modell die Menge findet</translation>
    </message>
    <message>
        <source>Degenerate, %</source>
        <translation>Entartet, %</translation>
    </message>
    <message>
        <source>Sequences that repeat themselves</source>
        <translation>Folgen, die sich wiederholen</translation>
    </message>
    <message>
        <source>Expert error, %</source>
        <translation>Expertenfehler, %</translation>
    </message>
    <message>
        <source>Mean relative output error of the routed experts</source>
        <translation>Mittlerer relativer Ausgabefehler der gerouteten Experten</translation>
    </message>
    <message>
        <source>Least used quarter, %</source>
        <translation>Seltenstes Viertel, %</translation>
    </message>
    <message>
        <source>The same over the experts with the fewest calibration tokens</source>
        <translation>Dasselbe für die Experten mit den wenigsten Kalibriertokens</translation>
    </message>
    <message>
        <source>Size, %</source>
        <translation>Größe, %</translation>
    </message>
    <message>
        <source>Of the float checkpoint&apos;s bytes</source>
        <translation>Der Bytes des Float-Checkpoints</translation>
    </message>
    <message>
        <source>Size, MB</source>
        <translation>Größe, MB</translation>
    </message>
    <message>
        <source>Of the checkpoint</source>
        <translation>Des Checkpoints</translation>
    </message>
    <message>
        <source>Memory, MB</source>
        <translation>Speicher, MB</translation>
    </message>
    <message>
        <source>Most that quantizing needed</source>
        <translation>Höchster Bedarf beim Quantisieren</translation>
    </message>
    <message>
        <source>Fallbacks</source>
        <translation>Fallbacks</translation>
    </message>
    <message>
        <source>Linears that had too few tokens for the method</source>
        <translation>Matrizen, die für die Methode zu wenige Tokens hatten</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Time that it took</source>
        <translation>Benötigte Zeit</translation>
    </message>
    <message>
        <source>Tasks, %</source>
        <translation>Tasks, %</translation>
    </message>
    <message>
        <source>Mean of the tasks&apos; scores</source>
        <translation>Mittel der Task-Ergebnisse</translation>
    </message>
    <message>
        <source>PPL %1</source>
        <translation>PPL %1</translation>
    </message>
    <message>
        <source>Perplexity on %1</source>
        <translation>Perplexität auf %1</translation>
    </message>
    <message>
        <source>KL %1, nats</source>
        <translation>KL %1, Nats</translation>
    </message>
    <message>
        <source>Divergence of the next-token distribution from the float model&apos;s, on %1</source>
        <translation>Divergenz der Verteilung des nächsten Tokens von der des Float-Modells, auf %1</translation>
    </message>
    <message>
        <source>Top-1 %1, %</source>
        <translation>Top-1 %1, %</translation>
    </message>
    <message>
        <source>Tokens with the float model&apos;s most likely successor, on %1</source>
        <translation>Tokens mit demselben wahrscheinlichsten Nachfolger wie im Float-Modell, auf %1</translation>
    </message>
    <message>
        <source>Routing %1, %</source>
        <translation>Routing %1, %</translation>
    </message>
    <message>
        <source>Tokens that reach the float model&apos;s experts, on %1</source>
        <translation>Tokens, die dieselben Experten wie im Float-Modell erreichen, auf %1</translation>
    </message>
    <message>
        <source>%1, %</source>
        <translation>%1, %</translation>
    </message>
    <message>
        <source>Score of the task %1</source>
        <translation>Ergebnis der Task %1</translation>
    </message>
</context>
<context>
    <name>EbssWords</name>
    <message>
        <source>As in the paper: τ 1.2, four beams, each sequence on its own. Balanced: one beam of four drawn continuations, balance over the whole set.</source>
        <translation>Wie im Artikel: τ 1.2, vier Strahlen, jede Folge für sich. Ausgewogen: ein Strahl, vier gezogene Fortsetzungen, über die ganze Menge.</translation>
    </message>
    <message>
        <source>τ divides imbalance: the smaller, the more balance counts against likelihood; ∞ leaves likelihood alone. Paper: 1.2.</source>
        <translation>τ teilt die Unausgewogenheit: je kleiner, desto mehr zählt Ausgewogenheit gegenüber Wahrscheinlichkeit; bei ∞ zählt nur die Wahrscheinlichkeit. Artikel: 1.2.</translation>
    </message>
    <message>
        <source>Beams that a sequence keeps at every step. Paper: 4.</source>
        <translation>Strahlen, die eine Folge bei jedem Schritt behält. Artikel: 4.</translation>
    </message>
    <message>
        <source>Continuations tried of each beam; 0 means as many as beams, which loses nothing. Paper: 4.</source>
        <translation>Probierte Fortsetzungen jedes Strahls; 0 heißt so viele wie Strahlen, ohne Verlust. Artikel: 4.</translation>
    </message>
    <message>
        <source>Whether each sequence is balanced by itself or the set as a whole. Paper: each sequence.</source>
        <translation>Ob jede Folge für sich oder die Menge als Ganzes ausgewogen wird. Artikel: jede Folge.</translation>
    </message>
    <message>
        <source>Tokens of every sequence. Paper: 512.</source>
        <translation>Tokens jeder Folge. Artikel: 512.</translation>
    </message>
    <message>
        <source>Sequences of the set. Paper: 128.</source>
        <translation>Folgen der Menge. Artikel: 128.</translation>
    </message>
    <message>
        <source>Decides first tokens and all draws: the same seed writes the same set.</source>
        <translation>Bestimmt erste Tokens und alle Ziehungen: derselbe Seed schreibt dieselbe Menge.</translation>
    </message>
    <message>
        <source>Whose use of experts is judged: the beam before the new token or with it. Paper: before (parent).</source>
        <translation>Wessen Expertennutzung bewertet wird: die des Strahls vor dem neuen Token oder mit ihm. Artikel: davor (parent).</translation>
    </message>
    <message>
        <source>The unit of σ, and so the weight of τ. The paper names none; percent fits its τ.</source>
        <translation>Die Einheit von σ und damit das Gewicht von τ. Der Artikel nennt keine; Prozent passen zu seinem τ.</translation>
    </message>
    <message>
        <source>0 tries the most likely continuations, more draws them. Paper: 0.</source>
        <translation>0 probiert die wahrscheinlichsten Fortsetzungen, mehr zieht sie zufällig. Artikel: 0.</translation>
    </message>
    <message>
        <source>How often a sequence that loops is written anew. Paper: 0.</source>
        <translation>Wie oft eine Folge mit Schleifen neu geschrieben wird. Artikel: 0.</translation>
    </message>
    <message>
        <source>No n tokens in a row come twice in a sequence; 0 allows it. Paper: 0.</source>
        <translation>Keine n aufeinanderfolgenden Tokens kommen in einer Folge zweimal vor; 0 erlaubt es. Artikel: 0.</translation>
    </message>
    <message>
        <source>Tokens drawn from the model before the search begins. Paper&apos;s authors: 3.</source>
        <translation>Tokens, die vor Beginn der Suche aus dem Modell gezogen werden. Autoren des Artikels: 3.</translation>
    </message>
    <message>
        <source>Drawn uniformly, or one after the other. Paper: uniform.</source>
        <translation>Gleichverteilt gezogen oder der Reihe nach. Artikel: gleichverteilt.</translation>
    </message>
    <message>
        <source>Whether a sequence may end early. Here it may not unless asked; the paper says nothing.</source>
        <translation>Ob eine Folge früh enden darf. Hier nur auf Wunsch; der Artikel sagt dazu nichts.</translation>
    </message>
    <message>
        <source>N·σ of the set</source>
        <translation>N·σ der Menge</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>percentage points</source>
        <translation>Prozentpunkte</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>share of tokens</source>
        <translation>Anteil der Tokens</translation>
    </message>
    <message>
        <source>share of slots</source>
        <translation>Anteil der Plätze</translation>
    </message>
</context>
<context>
    <name>ErrorTables</name>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation>gemeinsam %1</translation>
    </message>
    <message>
        <source>Error %</source>
        <translation>Fehler %</translation>
    </message>
</context>
<context>
    <name>LabNotebook</name>
    <message>
        <source>What was studied</source>
        <translation>Was untersucht wurde</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Corpus</source>
        <translation>Korpus</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Layer, expert, linear, row</source>
        <translation>Schicht, Experte, Matrix, Zeile</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>rounded to %1 bits</source>
        <translation>auf %1 Bits gerundet</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>Routing</translation>
    </message>
    <message>
        <source>Population (%1)</source>
        <translation>Population (%1)</translation>
    </message>
    <message>
        <source>Resamples</source>
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>Loss at the weights</source>
        <translation>Verlust bei den Gewichten</translation>
    </message>
    <message>
        <source>Curvature (root mean square of the entries)</source>
        <translation>Krümmung (quadratisches Mittel der Einträge)</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Wahr</translation>
    </message>
    <message>
        <source>Gauss–Newton</source>
        <translation>Gauß–Newton</translation>
    </message>
    <message>
        <source>Affinity-weighted</source>
        <translation>Affinitätsgewichtet</translation>
    </message>
    <message>
        <source>Forward bias / ε</source>
        <translation>Vorwärts-Bias / ε</translation>
    </message>
    <message>
        <source>Symmetric bias / ε²</source>
        <translation>Symmetrischer Bias / ε²</translation>
    </message>
    <message>
        <source>Fitted orders</source>
        <translation>Angepasste Ordnungen</translation>
    </message>
    <message>
        <source>Estimator</source>
        <translation>Schätzer</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Stichprobe</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>± 2 standard errors</source>
        <translation>± 2 Standardfehler</translation>
    </message>
    <message>
        <source>Theory</source>
        <translation>Theorie</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>bias in ε</source>
        <translation>Bias in ε</translation>
    </message>
    <message>
        <source>variance in ε</source>
        <translation>Varianz in ε</translation>
    </message>
    <message>
        <source>variance in n</source>
        <translation>Varianz in n</translation>
    </message>
    <message>
        <source>Is there a bias σ²/(nε²)?</source>
        <translation>Gibt es einen Bias σ²/(nε²)?</translation>
    </message>
    <message>
        <source>Coefficient</source>
        <translation>Koeffizient</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Contains 0</source>
        <translation>Enthält 0</translation>
    </message>
    <message>
        <source>Cells outside their interval</source>
        <translation>Zellen außerhalb ihres Intervalls</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Correlations (Spearman)</source>
        <translation>Korrelationen (Spearman)</translation>
    </message>
    <message>
        <source>Pair</source>
        <translation>Paar</translation>
    </message>
    <message>
        <source>Tokens and Hessian error</source>
        <translation>Tokens und Hesse-Fehler</translation>
    </message>
    <message>
        <source>Hessian error and quantization error</source>
        <translation>Hesse-Fehler und Quantisierungsfehler</translation>
    </message>
    <message>
        <source>the same inside each expert, mean</source>
        <translation>dasselbe innerhalb jedes Experten, Mittel</translation>
    </message>
    <message>
        <source>Hessian error and excess error</source>
        <translation>Hesse-Fehler und Zusatzfehler</translation>
    </message>
    <message>
        <source>Tokens and quantization error</source>
        <translation>Tokens und Quantisierungsfehler</translation>
    </message>
    <message>
        <source>Tokens and excess error</source>
        <translation>Tokens und Zusatzfehler</translation>
    </message>
    <message>
        <source>Hessian error ~ n^p: p = %1, for small n %2, theory −0.5. Variance of the affinity-weighted Hessian over the plain one&apos;s: %3, predicted %4.</source>
        <translation>Hesse-Fehler ~ n^p: p = %1, für kleines n %2, Theorie −0.5. Varianz der affinitätsgewichteten Hesse-Matrix durch die der ungewichteten: %3, vorhergesagt %4.</translation>
    </message>
    <message>
        <source>Hessian lab: %1</source>
        <translation>Hesse-Labor: %1</translation>
    </message>
    <message>
        <source>Hessian lab: %1, layer %2, expert %3, %4</source>
        <translation>Hesse-Labor: %1, Schicht %2, Experte %3, %4</translation>
    </message>
    <message>
        <source>No picture: not measured in this run.</source>
        <translation>Kein Bild: in diesem Lauf nicht gemessen.</translation>
    </message>
    <message>
        <source>Question.</source>
        <translation>Frage.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>%1: the folder cannot be made</source>
        <translation>%1: der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>This notebook shows one run, made by:</source>
        <translation>Dieses Notebook zeigt einen Lauf, erzeugt mit:</translation>
    </message>
</context>
<context>
    <name>LabTables</name>
    <message>
        <source>bias ~ εᵖ</source>
        <translation>Bias ~ εᵖ</translation>
    </message>
    <message>
        <source>variance ~ εᵖ</source>
        <translation>Varianz ~ εᵖ</translation>
    </message>
    <message>
        <source>variance ~ nᵖ</source>
        <translation>Varianz ~ nᵖ</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>independent</source>
        <translation>unabhängig</translation>
    </message>
    <message>
        <source>common</source>
        <translation>gemeinsam</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Theory</source>
        <translation>Theorie</translation>
    </message>
    <message>
        <source>Coefficient</source>
        <translation>Koeffizient</translation>
    </message>
    <message>
        <source>95 % from</source>
        <translation>95 % von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außerhalb</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>Schicht %1, Experte %2</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Effective</source>
        <translation>Effektiv</translation>
    </message>
    <message>
        <source>H error %</source>
        <translation>H-Fehler %</translation>
    </message>
    <message>
        <source>Eff. rank</source>
        <translation>Eff. Rang</translation>
    </message>
    <message>
        <source>log₁₀ cond.</source>
        <translation>log₁₀ Kond.</translation>
    </message>
    <message>
        <source>Q error %</source>
        <translation>Q-Fehler %</translation>
    </message>
    <message>
        <source>No sign of a bias σ²/(nε²); its coefficient, with 95 % interval: %1.</source>
        <translation>Kein Anzeichen für einen Bias σ²/(nε²); sein Koeffizient mit 95-%-Intervall: %1.</translation>
    </message>
    <message>
        <source>There is a sign of a bias σ²/(nε²); its coefficient, with 95 % interval: %1.</source>
        <translation>Es gibt ein Anzeichen für einen Bias σ²/(nε²); sein Koeffizient mit 95-%-Intervall: %1.</translation>
    </message>
    <message>
        <source>tokens and Hessian error %1</source>
        <translation>Tokens und Hesse-Fehler %1</translation>
    </message>
    <message>
        <source>Hessian and quantization error %1</source>
        <translation>Hesse- und Quantisierungsfehler %1</translation>
    </message>
    <message>
        <source>within experts %1</source>
        <translation>innerhalb der Experten %1</translation>
    </message>
    <message>
        <source>Spearman&apos;s ρ: %1.</source>
        <translation>Spearmans ρ: %1.</translation>
    </message>
    <message>
        <source>Slope in n: %1 ± %2 (1/√n: −0.5).</source>
        <translation>Steigung in n: %1 ± %2 (1/√n: −0.5).</translation>
    </message>
    <message>
        <source>For small n: %1.</source>
        <translation>Für kleine n: %1.</translation>
    </message>
</context>
<context>
    <name>LabTour</name>
    <message>
        <source>not measured in this run</source>
        <translation>in diesem Lauf nicht gemessen</translation>
    </message>
    <message>
        <source>%1 (theory %2)</source>
        <translation>%1 (Theorie %2)</translation>
    </message>
    <message>
        <source>the error of the expert&apos;s output</source>
        <translation>der Fehler der Ausgabe des Experten</translation>
    </message>
    <message>
        <source>the error of the layer&apos;s output</source>
        <translation>der Fehler der Ausgabe der Schicht</translation>
    </message>
    <message>
        <source>the model&apos;s own loss</source>
        <translation>der eigene Verlust des Modells</translation>
    </message>
    <message>
        <source>a polynomial whose derivatives are known</source>
        <translation>ein Polynom, dessen Ableitungen bekannt sind</translation>
    </message>
    <message>
        <source>On the left stands the rounding wall: losses that are almost equal are subtracted and divided by ε², so the smaller the step, the more the last digits count.</source>
        <translation>Links steht die Rundungswand: Fast gleiche Verluste werden voneinander abgezogen und durch ε² geteilt; je kleiner also der Schritt, desto mehr zählen die letzten Ziffern.</translation>
    </message>
    <message>
        <source>In %1 measurements of this run rounding is the largest error; they are drawn as crosses and mean nothing.</source>
        <translation>In %1 Messungen dieses Laufs ist die Rundung der größte Fehler; sie sind als Kreuze gezeichnet und besagen nichts.</translation>
    </message>
    <message>
        <source>In this run no measurement has rounding as its largest error.</source>
        <translation>In diesem Lauf ist in keiner Messung die Rundung der größte Fehler.</translation>
    </message>
    <message>
        <source>In %1 measurements the step changed which experts are chosen: the loss jumps there, and no derivative describes a jump. They have a ring.</source>
        <translation>In %1 Messungen änderte der Schritt, welche Experten gewählt werden: Dort springt der Verlust, und einen Sprung beschreibt keine Ableitung. Sie haben einen Ring.</translation>
    </message>
    <message>
        <source>What a finite difference sees</source>
        <translation>Was eine finite Differenz sieht</translation>
    </message>
    <message>
        <source>An entry of the Hessian says how the loss bends when two weights move together. The loss here is %1.</source>
        <translation>Ein Eintrag der Hesse-Matrix sagt, wie sich der Verlust krümmt, wenn sich zwei Gewichte zusammen bewegen. Der Verlust ist hier %1.</translation>
    </message>
    <message>
        <source>The weights are in row %1 of %2, layer %3, expert %4.</source>
        <translation>Die Gewichte stehen in Zeile %1 von %2, Schicht %3, Experte %4.</translation>
    </message>
    <message>
        <source>A finite difference moves both by a step ε and compares losses.</source>
        <translation>Eine finite Differenz verschiebt beide um einen Schritt ε und vergleicht Verluste.</translation>
    </message>
    <message>
        <source>This loss is exactly quadratic in these weights. A second difference of a parabola is exact at every ε: there is no truncation error, and what is seen is rounding alone.</source>
        <translation>Dieser Verlust ist in diesen Gewichten genau quadratisch. Eine zweite Differenz einer Parabel ist bei jedem ε exakt: Es gibt keinen Abbruchfehler, und zu sehen ist allein die Rundung.</translation>
    </message>
    <message>
        <source>On the right ε is too coarse and the series is cut off too early. The forward difference errs like ε; in the symmetric one the odd terms cancel, and it errs like ε². Orders fitted here: forward %1, symmetric %2.</source>
        <translation>Rechts ist ε zu grob, und die Reihe bricht zu früh ab. Der Fehler der Vorwärtsdifferenz geht wie ε; in der symmetrischen heben sich die ungeraden Terme auf, ihr Fehler geht wie ε². Hier angepasste Ordnungen: vorwärts %1, symmetrisch %2.</translation>
    </message>
    <message>
        <source>Which ε is best for the symmetric difference, and why is it not the smallest?</source>
        <translation>Welches ε ist für die symmetrische Differenz das beste, und warum nicht das kleinste?</translation>
    </message>
    <message>
        <source>Least bias in this run: at ε = %1, a share %2 of the curvature.</source>
        <translation>Kleinster Bias in diesem Lauf: bei ε = %1, ein Anteil %2 der Krümmung.</translation>
    </message>
    <message>
        <source>Any ε that is clear of the wall: there is no truncation to avoid, so a large step costs nothing.</source>
        <translation>Jedes ε, das weit genug von der Wand weg ist: Es gibt keinen Abbruchfehler zu vermeiden, ein großer Schritt kostet also nichts.</translation>
    </message>
    <message>
        <source>The one in the valley: to its right truncation grows like ε², to its left rounding like 1/ε².</source>
        <translation>Das im Tal: Rechts davon wächst der Abbruchfehler wie ε², links davon die Rundung wie 1/ε².</translation>
    </message>
    <message>
        <source>All of this is variance and not bias: the estimates scatter around the same mean. A derivation in the MoEQuant repository has a bias of σ²/(nε²) instead; a coefficient of 1 would be that, 0 none.</source>
        <translation>All das ist Varianz und nicht Bias: Die Schätzungen streuen um denselben Mittelwert. Eine Herleitung im MoEQuant-Repository enthält stattdessen einen Bias von σ²/(nε²); ein Koeffizient von 1 wäre eben dieser, 0 gar keiner.</translation>
    </message>
    <message>
        <source>%1, %2: %3, 95 % interval %4 to %5, which contains 0.</source>
        <translation>%1, %2: %3, 95-%-Intervall %4 bis %5, das 0 enthält.</translation>
    </message>
    <message>
        <source>%1, %2: %3, 95 % interval %4 to %5, which does not contain 0.</source>
        <translation>%1, %2: %3, 95-%-Intervall %4 bis %5, das 0 nicht enthält.</translation>
    </message>
    <message>
        <source>Its coefficient: %1.</source>
        <translation>Sein Koeffizient: %1.</translation>
    </message>
    <message>
        <source>Where noise enters</source>
        <translation>Wo Rauschen hineinkommt</translation>
    </message>
    <message>
        <source>With n samples instead of all (%1 %2) the loss is known up to noise. Losses of single samples deviate by σ (here: %3), means of n by σ/√n. What that does to the difference is decided by how samples are drawn.</source>
        <translation>Mit n Proben statt allen (%1 %2) ist der Verlust nur bis auf Rauschen bekannt. Verluste einzelner Proben weichen um σ ab (hier: %3), Mittel aus n um σ/√n. Was das mit der Differenz macht, hängt davon ab, wie die Proben gezogen werden.</translation>
    </message>
    <message>
        <source>Common: one batch for every evaluation of an estimate. The noise cancels in the difference and Var(Hₛ)/n is left, without ε. Independent: a batch for each evaluation. Nothing cancels, and dividing by ε² gives 4σ²/(nε⁴) for forward and σ²/(4nε⁴) for symmetric; orders in ε fitted here: forward %1, symmetric %2. Exact: all samples, no noise.</source>
        <translation>Gemeinsam: ein Stapel für alle Auswertungen einer Schätzung. Das Rauschen hebt sich in der Differenz auf, und es bleibt Var(Hₛ)/n, ohne ε. Unabhängig: ein Stapel für jede Auswertung. Nichts hebt sich auf, und die Division durch ε² ergibt 4σ²/(nε⁴) vorwärts und σ²/(4nε⁴) symmetrisch; hier angepasste Ordnungen in ε: vorwärts %1, symmetrisch %2. Exakt: alle Proben, kein Rauschen.</translation>
    </message>
    <message>
        <source>Around the float weights this loss is 0 and so is σ: the noise comes from the moved weights alone and shrinks with ε.</source>
        <translation>Um die Float-Gewichte ist dieser Verlust 0 und damit auch σ: Das Rauschen kommt allein von den verschobenen Gewichten und schrumpft mit ε.</translation>
    </message>
    <message>
        <source>Samples are independent and you halve ε. What happens to the variance, and what can n do about it?</source>
        <translation>Die Proben sind unabhängig, und ε wird halbiert. Was geschieht mit der Varianz, und was kann n dagegen tun?</translation>
    </message>
    <message>
        <source>By the formula nothing, because σ is 0 here; with a σ it would grow 16-fold and take 16 times the samples.</source>
        <translation>Nach der Formel nichts, weil σ hier 0 ist; mit einem σ würde sie auf das 16-Fache wachsen und 16-mal so viele Proben brauchen.</translation>
    </message>
    <message>
        <source>By the formula it grows 16-fold, and it takes 16 times the samples to make up for that.</source>
        <translation>Nach der Formel wächst sie auf das 16-Fache, und es braucht 16-mal so viele Proben, um das auszugleichen.</translation>
    </message>
    <message>
        <source>With common samples nothing happens, because ε is not in the formula: always use the same samples on both sides of a difference.</source>
        <translation>Mit gemeinsamen Proben geschieht nichts, weil ε nicht in der Formel steht: auf beiden Seiten einer Differenz immer dieselben Proben nehmen.</translation>
    </message>
    <message>
        <source>What more samples buy</source>
        <translation>Was mehr Proben bringen</translation>
    </message>
    <message>
        <source>A mean of n samples has 1/n of the variance of one. Orders in n fitted here, common samples: forward %1, symmetric %2; independent: forward %3, symmetric %4. Truncation does not fall with n: more samples of a biased estimate are sure of the wrong value.</source>
        <translation>Ein Mittel aus n Proben hat 1/n der Varianz einer einzelnen. Hier angepasste Ordnungen in n, gemeinsame Proben: vorwärts %1, symmetrisch %2; unabhängige: vorwärts %3, symmetrisch %4. Der Abbruchfehler sinkt nicht mit n: Mehr Proben einer Schätzung mit Bias machen nur den falschen Wert sicherer.</translation>
    </message>
    <message>
        <source>Gauss–Newton needs no ε at all. For a squared error of a linear&apos;s output the Hessian of a row of weights is XXᵀ/n up to a factor, the second moment of its inputs. This is what GPTQ uses, and a factor does not change its codes.</source>
        <translation>Gauß–Newton braucht gar kein ε. Für den quadratischen Fehler der Ausgabe einer Matrix ist die Hesse-Matrix einer Zeile von Gewichten bis auf einen Faktor XXᵀ/n, das zweite Moment ihrer Eingaben. Das verwendet GPTQ, und ein Faktor ändert seine Codes nicht.</translation>
    </message>
    <message>
        <source>For another loss it is an approximation. Against the true Hessian of the loss in this run its bias, with all samples and its best factor (%1), is a share %2 of the curvature.</source>
        <translation>Für einen anderen Verlust ist es eine Näherung. Gegenüber der wahren Hesse-Matrix des Verlusts in diesem Lauf ist ihr Bias, mit allen Proben und ihrem besten Faktor (%1), ein Anteil %2 der Krümmung.</translation>
    </message>
    <message>
        <source>Gauss–Newton: %1; a loss without a linear&apos;s inputs has none.</source>
        <translation>Gauß–Newton: %1; für einen Verlust ohne Eingaben einer Matrix gibt es das nicht.</translation>
    </message>
    <message>
        <source>How many times the samples does a tenth of the standard deviation take?</source>
        <translation>Wievielmal so viele Proben braucht ein Zehntel der Standardabweichung?</translation>
    </message>
    <message>
        <source>A hundred times: the variance must fall to a hundredth. Read the other way, an expert that gets a hundredth of the tokens has ten times the error. That is the next step.</source>
        <translation>Hundertmal so viele: Die Varianz muss auf ein Hundertstel sinken. Umgekehrt gelesen hat ein Experte, der ein Hundertstel der Tokens bekommt, den zehnfachen Fehler. Das ist der nächste Schritt.</translation>
    </message>
    <message>
        <source>Hessians of experts: %1. Run the lab with experts to see numbers and a picture here.</source>
        <translation>Hesse-Matrizen von Experten: %1. Läuft das Labor mit Experten, stehen hier Zahlen und ein Bild.</translation>
    </message>
    <message>
        <source>From tokens to Hessians</source>
        <translation>Von Tokens zu Hesse-Matrizen</translation>
    </message>
    <message>
        <source>An expert&apos;s Hessian is a mean over the tokens that the router sends it, so its error falls like 1/√n.</source>
        <translation>Die Hesse-Matrix eines Experten ist ein Mittel über die Tokens, die der Router ihm schickt, ihr Fehler sinkt also wie 1/√n.</translation>
    </message>
    <message>
        <source>Fitted slope: %1 (theory −0.5). Here layer %2, expert %3 got %4 tokens and layer %5, expert %6 got %7; errors of their Hessians: %8 and %9.</source>
        <translation>Angepasste Steigung: %1 (Theorie −0.5). Hier Schicht %2, Experte %3 mit %4 Tokens und Schicht %5, Experte %6 mit %7; Fehler ihrer Hesse-Matrizen: %8 und %9.</translation>
    </message>
    <message>
        <source>For n up to a thirty-second of an expert&apos;s tokens: slope %1. Beyond, it matters that tokens of one text are alike.</source>
        <translation>Für n bis zu einem Zweiunddreißigstel der Tokens eines Experten: Steigung %1. Darüber hinaus spielt es eine Rolle, dass Tokens eines Textes einander ähneln.</translation>
    </message>
    <message>
        <source>n tokens give a Hessian of rank n at most. In directions that no token showed it is zero, and only the damping lets GPTQ invert it.</source>
        <translation>n Tokens ergeben eine Hesse-Matrix vom Rang höchstens n. In Richtungen, die kein Token zeigte, ist sie null, und nur die Dämpfung lässt GPTQ sie invertieren.</translation>
    </message>
    <message>
        <source>Experts with fewer tokens than inputs: %1 of %2. The spectrum says how bad that is: median effective rank %3 of %4 inputs.</source>
        <translation>Experten mit weniger Tokens als Eingaben: %1 von %2. Wie schlimm das ist, sagt das Spektrum: effektiver Rang im Median %3 bei %4 Eingaben.</translation>
    </message>
    <message>
        <source>AGQ weighs each token by its affinity c. A weighted mean is as noisy as a plain one of (Σc)²/Σc² tokens. Median share of the tokens that are left: %1. Variance over the plain one&apos;s at equal n: measured %2, predicted %3.</source>
        <translation>AGQ gewichtet jedes Token mit seiner Affinität c. Ein gewichtetes Mittel rauscht so sehr wie ein ungewichtetes aus (Σc)²/Σc² Tokens. Anteil der Tokens, der übrig bleibt, im Median: %1. Varianz durch die des ungewichteten bei gleichem n: gemessen %2, vorhergesagt %3.</translation>
    </message>
    <message>
        <source>One expert has 50 tokens, another 5000. How do their Hessians differ?</source>
        <translation>Ein Experte hat 50 Tokens, ein anderer 5000. Wie unterscheiden sich ihre Hesse-Matrizen?</translation>
    </message>
    <message>
        <source>The error of the first is ten times as large, √100. It also has rank 50 at most: with more inputs than that (here: %1) most directions are unknown, and there damping alone guides the rounding.</source>
        <translation>Der Fehler der ersten ist zehnmal so groß, √100. Außerdem hat sie höchstens Rang 50: Bei mehr Eingaben (hier: %1) sind die meisten Richtungen unbekannt, und dort lenkt allein die Dämpfung die Rundung.</translation>
    </message>
    <message>
        <source>The chain: imbalance, Hessian error, quantization error</source>
        <translation>Die Kette: Unausgewogenheit, Hesse-Fehler, Quantisierungsfehler</translation>
    </message>
    <message>
        <source>An uneven router leaves experts with few tokens, few tokens give a wrong Hessian, and with a wrong Hessian GPTQ corrects its rounding in the wrong directions. Spearman&apos;s ρ, between −1 and 1, says how far one order follows the other.</source>
        <translation>Ein ungleichmäßiger Router gibt manchen Experten nur wenige Tokens, wenige Tokens ergeben eine falsche Hesse-Matrix, und mit einer falschen Hesse-Matrix gleicht GPTQ seine Rundung in den falschen Richtungen aus. Spearmans ρ, zwischen −1 und 1, sagt, wie weit die eine Reihenfolge der anderen folgt.</translation>
    </message>
    <message>
        <source>Tokens and Hessian error: ρ = %1. Hessian error and quantization error: ρ = %2 over all points, %3 inside an expert. Hessian error and what it adds to the error with the reference&apos;s Hessian: ρ = %4. Tokens and quantization error: ρ = %5.</source>
        <translation>Tokens und Hesse-Fehler: ρ = %1. Hesse-Fehler und Quantisierungsfehler: ρ = %2 über alle Punkte, %3 innerhalb eines Experten. Hesse-Fehler und was er zum Fehler mit der Hesse-Matrix der Referenz hinzufügt: ρ = %4. Tokens und Quantisierungsfehler: ρ = %5.</translation>
    </message>
    <message>
        <source>Tokens and what the Hessian&apos;s error adds: ρ = %1.</source>
        <translation>Tokens und was der Hesse-Fehler hinzufügt: ρ = %1.</translation>
    </message>
    <message>
        <source>Experts differ in how hard they are to quantize at all, which blurs the picture over all of them; inside one expert that is the same for every point. A correlation is no proof of a cause, but here n alone was changed within an expert.</source>
        <translation>Experten sind überhaupt verschieden schwer zu quantisieren, was das Bild über alle verwischt; innerhalb eines Experten ist das für jeden Punkt gleich. Eine Korrelation beweist keine Ursache, doch hier wurde innerhalb eines Experten nur n geändert.</translation>
    </message>
    <message>
        <source>You may add ten thousand calibration tokens. Which experts should get them, and what can you gain at most?</source>
        <translation>Zehntausend Kalibriertokens dürfen hinzukommen. Welche Experten sollten sie bekommen, und was lässt sich damit höchstens gewinnen?</translation>
    </message>
    <message>
        <source>Those with the fewest, where 1/√n is steepest: this is what balanced calibration sets are for. More tokens lead towards the error with the reference&apos;s own Hessian and no further: median %1, now %2.</source>
        <translation>Die mit den wenigsten, wo 1/√n am steilsten ist: Dafür sind ausgewogene Kalibriermengen da. Mehr Tokens führen zum Fehler mit der Hesse-Matrix der Referenz selbst und nicht weiter: im Median %1, jetzt %2.</translation>
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
        <translation>Breite w</translation>
    </message>
    <message>
        <source>Branching b</source>
        <translation>Verzweigung b</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>No n-gram twice, n</source>
        <translation>Kein n-Gramm doppelt, n</translation>
    </message>
    <message>
        <source>Replace loops</source>
        <translation>Schleifenersatz</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Length (tokens)</source>
        <translation>Länge (Tokens)</translation>
    </message>
    <message>
        <source>Warm-up (tokens)</source>
        <translation>Vorlauf (Tokens)</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Special tokens</source>
        <translation>Sondertokens</translation>
    </message>
    <message>
        <source>σ in</source>
        <translation>σ in</translation>
    </message>
    <message>
        <source>σ of</source>
        <translation>σ von</translation>
    </message>
    <message>
        <source>Balance over</source>
        <translation>Ausgleich über</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>AGQ: weigh tokens by affinity</source>
        <translation>AGQ: Tokens nach Affinität gewichten</translation>
    </message>
    <message>
        <source>AGQ exponent</source>
        <translation>AGQ-Exponent</translation>
    </message>
    <message>
        <source>Tokens of an expert</source>
        <translation>Tokens je Experte</translation>
    </message>
    <message>
        <source>Rotate the residual stream (QuaRot)</source>
        <translation>Residualstrom drehen (QuaRot)</translation>
    </message>
    <message>
        <source>Range search</source>
        <translation>Bereichssuche</translation>
    </message>
    <message>
        <source>Starved below (tokens)</source>
        <translation>Mangel unter (Tokens)</translation>
    </message>
    <message>
        <source>Starved experts get</source>
        <translation>Unterversorgte erhalten</translation>
    </message>
    <message>
        <source>Damping</source>
        <translation>Dämpfung</translation>
    </message>
    <message>
        <source>Act-order</source>
        <translation>Act-Order</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>Group size</source>
        <translation>Gruppengröße</translation>
    </message>
    <message>
        <source>Asymmetric, with zero points</source>
        <translation>Asymmetrisch, mit Nullpunkten</translation>
    </message>
    <message>
        <source>Quantize the router too</source>
        <translation>Auch Router quantisieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Hidden states kept as</source>
        <translation>Zustände gespeichert als</translation>
    </message>
    <message>
        <source>GPU memory limit</source>
        <translation>GPU-Speichergrenze</translation>
    </message>
    <message>
        <source>Shard size</source>
        <translation>Shard-Größe</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Compute in</source>
        <translation>Rechnen in</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>Speichergrenze</translation>
    </message>
    <message>
        <source>CPU threads, 0: as many as there are cores</source>
        <translation>CPU-Threads, 0: so viele, wie es Kerne gibt</translation>
    </message>
    <message>
        <source>GPU memory to stay within: hidden states go to the host when they need more</source>
        <translation>einzuhaltender GPU-Speicher: die verborgenen Zustände kommen in den Hauptspeicher, wenn sie mehr brauchen</translation>
    </message>
    <message>
        <source>a whole recipe, or values for the search alone; explicit options win</source>
        <translation>ein ganzes Rezept oder Werte nur für die Suche; ausdrücklich gesetzte Optionen gehen vor</translation>
    </message>
    <message>
        <source>also save each expert&apos;s N tokens of highest affinity</source>
        <translation>auch die N Tokens höchster Affinität jedes Experten sichern</translation>
    </message>
    <message>
        <source>also the router and the shared expert&apos;s gate</source>
        <translation>auch der Router und das Gate des gemeinsamen Experten</translation>
    </message>
    <message>
        <source>another grid for linears: PATTERN=bits:8,group_size:32,sym:true,clip:mse, or PATTERN=skip</source>
        <translation>ein anderes Raster für Matrizen: PATTERN=bits:8,group_size:32,sym:true,clip:mse oder PATTERN=skip</translation>
    </message>
    <message>
        <source>asymmetric grid with zero points</source>
        <translation>asymmetrisches Raster mit Nullpunkten</translation>
    </message>
    <message>
        <source>auto, cpu, cuda or cuda:N</source>
        <translation>auto, cpu, cuda oder cuda:N</translation>
    </message>
    <message>
        <source>balance within each sequence, or over the whole set</source>
        <translation>Ausgewogenheit innerhalb jeder Folge oder über die ganze Menge</translation>
    </message>
    <message>
        <source>beams kept a step</source>
        <translation>je Schritt behaltene Strahlen</translation>
    </message>
    <message>
        <source>bits a weight</source>
        <translation>Bits je Gewicht</translation>
    </message>
    <message>
        <source>bits to choose from, such as 2,3,4</source>
        <translation>Bits zur Auswahl, etwa 2,3,4</translation>
    </message>
    <message>
        <source>columns in order of decreasing Hessian diagonal</source>
        <translation>Spalten in der Reihenfolge fallender Diagonale der Hesse-Matrix</translation>
    </message>
    <message>
        <source>columns that share a scale, -1: the whole row</source>
        <translation>Spalten mit gemeinsamer Skala, -1: die ganze Zeile</translation>
    </message>
    <message>
        <source>continuations drawn from p^(1/noise) without replacement (stochastic beam); 0: the most probable</source>
        <translation>ohne Zurücklegen aus p^(1/noise) gezogene Fortsetzungen (stochastischer Strahl); 0: die wahrscheinlichsten</translation>
    </message>
    <message>
        <source>continuations tried of each beam, 0: the width, which is exact for --sigma-of parent</source>
        <translation>probierte Fortsetzungen jedes Strahls, 0: die Breite, was für --sigma-of parent exakt ist</translation>
    </message>
    <message>
        <source>corpus SPEC to measure perplexity on</source>
        <translation>Korpus-SPEC, auf der die Perplexität gemessen wird</translation>
    </message>
    <message>
        <source>damping, as a share of the Hessian&apos;s mean diagonal</source>
        <translation>Dämpfung als Anteil des Mittels der Diagonale der Hesse-Matrix</translation>
    </message>
    <message>
        <source>divisor of the balance term; inf switches it off</source>
        <translation>Teiler des Ausgewogenheitsterms; inf schaltet ihn ab</translation>
    </message>
    <message>
        <source>every random draw comes from it</source>
        <translation>jede Zufallsziehung kommt daher</translation>
    </message>
    <message>
        <source>feed BOS before every sequence (auto: where the tokenizer adds it)</source>
        <translation>BOS vor jeder Folge eingeben (auto: wo der Tokenizer es hinzufügt)</translation>
    </message>
    <message>
        <source>feed BOS before every window and score its first token (auto: never)</source>
        <translation>BOS vor jedem Fenster eingeben und dessen erstes Token werten (auto: nie)</translation>
    </message>
    <message>
        <source>float model to agree with</source>
        <translation>Float-Modell, mit dem verglichen wird</translation>
    </message>
    <message>
        <source>folder of the corpora (else $MOEQUANT_DATA, then the user&apos;s)</source>
        <translation>Ordner der Korpora (sonst $MOEQUANT_DATA, dann der des Nutzers)</translation>
    </message>
    <message>
        <source>format of the checkpoint; float: dequantized weights</source>
        <translation>Format des Checkpoints; float: dequantisierte Gewichte</translation>
    </message>
    <message>
        <source>how often a degenerate sequence is replaced by a new one, 0: never</source>
        <translation>wie oft eine entartete Folge durch eine neue ersetzt wird, 0: nie</translation>
    </message>
    <message>
        <source>how the calibration set&apos;s hidden states are kept</source>
        <translation>wie die verborgenen Zustände der Kalibriermenge gehalten werden</translation>
    </message>
    <message>
        <source>ids a sequence</source>
        <translation>IDs je Folge</translation>
    </message>
    <message>
        <source>largest size of one file of weights</source>
        <translation>größter Umfang einer Gewichtsdatei</translation>
    </message>
    <message>
        <source>mask special ids until the length is reached, or let EOS end a sequence</source>
        <translation>Sonder-IDs maskieren, bis die Länge erreicht ist, oder EOS eine Folge beenden lassen</translation>
    </message>
    <message>
        <source>memory to stay within, such as 8GiB (default: what is free)</source>
        <translation>einzuhaltender Speicher, etwa 8GiB (Vorgabe: was frei ist)</translation>
    </message>
    <message>
        <source>mixed precision: bits of each routed expert from its measured error, this many on average</source>
        <translation>gemischte Genauigkeit: Bits jedes gerouteten Experten nach seinem gemessenen Fehler, im Mittel so viele</translation>
    </message>
    <message>
        <source>no n-gram of this length twice in a sequence, 0: off</source>
        <translation>kein n-Gramm dieser Länge zweimal in einer Folge, 0: aus</translation>
    </message>
    <message>
        <source>power of the affinity</source>
        <translation>Exponent der Affinität</translation>
    </message>
    <message>
        <source>print the recorded search of this sequence (from 0) as a table</source>
        <translation>die aufgezeichnete Suche dieser Folge (ab 0) als Tabelle ausgeben</translation>
    </message>
    <message>
        <source>quantizer</source>
        <translation>Quantisierer</translation>
    </message>
    <message>
        <source>search each scale for the least error of the weights (AWQ searches its own way)</source>
        <translation>jede Skala mit dem kleinsten Fehler der Gewichte suchen (AWQ sucht auf eigene Art)</translation>
    </message>
    <message>
        <source>sequences searched at once, 0: as memory allows</source>
        <translation>gleichzeitig gesuchte Folgen, 0: wie der Speicher es erlaubt</translation>
    </message>
    <message>
        <source>sequences to write</source>
        <translation>zu schreibende Folgen</translation>
    </message>
    <message>
        <source>sequences whose search goes into search.safetensors</source>
        <translation>Folgen, deren Suche in search.safetensors kommt</translation>
    </message>
    <message>
        <source>start over in a run folder that is finished or holds another job</source>
        <translation>in einem Laufordner, der fertig ist oder einen anderen Auftrag enthält, von vorn beginnen</translation>
    </message>
    <message>
        <source>task to run</source>
        <translation>auszuführende Task</translation>
    </message>
    <message>
        <source>tokens (with --agq effective ones) below which a routed expert is starved; default: twice the width of the hidden states</source>
        <translation>Tokens (mit --agq effektive), unter denen ein gerouteter Experte unterversorgt ist; Vorgabe: das Doppelte der Breite der verborgenen Zustände</translation>
    </message>
    <message>
        <source>tokens in a routed expert&apos;s Hessian: those routed to it, or all of them (with --agq weighed by the router&apos;s full softmax)</source>
        <translation>Tokens in der Hesse-Matrix eines gerouteten Experten: die zu ihm gerouteten oder alle (mit --agq gewichtet mit dem vollen Softmax des Routers)</translation>
    </message>
    <message>
        <source>tokens sampled at the start before the search</source>
        <translation>Tokens, die am Anfang vor der Suche gezogen werden</translation>
    </message>
    <message>
        <source>turn the residual stream by a random Hadamard matrix first (QuaRot), fused into the weights</source>
        <translation>den Residualstrom zuerst mit einer zufälligen Hadamard-Matrix drehen (QuaRot), in die Gewichte eingerechnet</translation>
    </message>
    <message>
        <source>type of the weights while computing (auto: as stored)</source>
        <translation>Typ der Gewichte beim Rechnen (auto: wie gespeichert)</translation>
    </message>
    <message>
        <source>unit of the balance deviation</source>
        <translation>Einheit der Abweichung von der Ausgewogenheit</translation>
    </message>
    <message>
        <source>values for the search; explicit options win</source>
        <translation>Werte für die Suche; ausdrücklich gesetzte Optionen gehen vor</translation>
    </message>
    <message>
        <source>weigh calibration tokens by their affinity to the expert</source>
        <translation>Kalibriertokens nach ihrer Affinität zum Experten gewichten</translation>
    </message>
    <message>
        <source>what a starved expert gets: its Hessian shrunk towards its layer&apos;s, the Hessian of all the layer&apos;s tokens, or round to nearest</source>
        <translation>was ein unterversorgter Experte erhält: seine zu der seiner Schicht hin geschrumpfte Hesse-Matrix, die Hesse-Matrix aller Tokens der Schicht, oder Runden zum nächsten Wert</translation>
    </message>
    <message>
        <source>what gets bits of its own</source>
        <translation>was eigene Bits erhält</translation>
    </message>
    <message>
        <source>where sequences start</source>
        <translation>wo Folgen beginnen</translation>
    </message>
    <message>
        <source>whose balance scores a candidate: the branch&apos;s before its new token (parent), or with it (child; feeds width × branching rows a step)</source>
        <translation>wessen Ausgewogenheit einen Kandidaten bewertet: die des Astes vor seinem neuen Token (parent) oder mit ihm (child; gibt je Schritt Breite × Verzweigung Zeilen ein)</translation>
    </message>
    <message>
        <source>with --balance-scope set: sequences searched in lockstep, 0: all; the next wave sees the finished ones</source>
        <translation>mit --balance-scope set: im Gleichschritt gesuchte Folgen, 0: alle; die nächste Welle sieht die fertigen</translation>
    </message>
    <message>
        <source>Bits chosen for each</source>
        <translation>Bits gewählt je</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Loss of</source>
        <translation>Verlust von</translation>
    </message>
    <message>
        <source>Expanded at</source>
        <translation>Entwickelt um</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Stichprobe</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>Routing</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Entries i:j</source>
        <translation>Einträge i:j</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
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
        <translation>Ziehungen</translation>
    </message>
    <message>
        <source>Population</source>
        <translation>Population</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Tokens of a Hessian</source>
        <translation>Tokens je H-Matrix</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>MoE layer of the studied expert, default: the first</source>
        <translation>MoE-Schicht des untersuchten Experten, Vorgabe: die erste</translation>
    </message>
    <message>
        <source>corpus of the reference Hessians, default: every second sequence of the corpus</source>
        <translation>Korpus der Referenz-Hesse-Matrizen, Vorgabe: jede zweite Folge des Korpus</translation>
    </message>
    <message>
        <source>draws of tokens for each expert and n</source>
        <translation>Ziehungen von Tokens für jeden Experten und jedes n</translation>
    </message>
    <message>
        <source>entries to draw where none is named</source>
        <translation>zu ziehende Einträge, wo keiner genannt ist</translation>
    </message>
    <message>
        <source>entry I:J of that row&apos;s Hessian</source>
        <translation>Eintrag I:J der Hesse-Matrix dieser Zeile</translation>
    </message>
    <message>
        <source>error of the expert&apos;s output, of the layer&apos;s output, the model&apos;s own loss through the remaining layers, or a polynomial with known derivatives</source>
        <translation>Fehler der Ausgabe des Experten oder der Schicht, der eigene Verlust des Modells durch die übrigen Schichten oder ein Polynom mit bekannten Ableitungen</translation>
    </message>
    <message>
        <source>estimates for each bias and variance</source>
        <translation>Schätzungen für jeden Bias und jede Varianz</translation>
    </message>
    <message>
        <source>experts whose Hessians are measured against n: all, the layer&apos;s, the studied one, or none</source>
        <translation>Experten, deren Hesse-Matrizen nach n gemessen werden: alle, die der Schicht, der untersuchte oder keiner</translation>
    </message>
    <message>
        <source>in later layers (loss model): the experts chosen by the unperturbed model, or chosen anew (flips are counted)</source>
        <translation>in späteren Schichten (Verlust model): die vom ungestörten Modell gewählten Experten oder neu gewählte (Wechsel werden gezählt)</translation>
    </message>
    <message>
        <source>linear of the expert whose weights are perturbed</source>
        <translation>Matrix des Experten, deren Gewichte gestört werden</translation>
    </message>
    <message>
        <source>one batch for all evaluations of an estimate, a batch for each, every token, or all three</source>
        <translation>ein Stapel für alle Auswertungen einer Schätzung, ein Stapel für jede, jedes Token oder alle drei</translation>
    </message>
    <message>
        <source>routed expert whose weights are perturbed</source>
        <translation>gerouteter Experte, dessen Gewichte gestört werden</translation>
    </message>
    <message>
        <source>row of the linear, default: drawn</source>
        <translation>Zeile der Matrix, Vorgabe: gezogen</translation>
    </message>
    <message>
        <source>samples of an estimate</source>
        <translation>Proben je Schätzung</translation>
    </message>
    <message>
        <source>steps of the differences</source>
        <translation>Schritte der Differenzen</translation>
    </message>
    <message>
        <source>tokens (loss model: sequences) that samples are drawn from, default: at most 4096 tokens or 16 sequences</source>
        <translation>Tokens (Verlust model: Folgen), aus denen Proben gezogen werden, Vorgabe: höchstens 4096 Tokens oder 16 Folgen</translation>
    </message>
    <message>
        <source>tokens of an expert&apos;s Hessian</source>
        <translation>Tokens der Hesse-Matrix eines Experten</translation>
    </message>
    <message>
        <source>where the loss is expanded: the linear rounded to nearest, or the float weights, at which the errors of expert and layer vanish</source>
        <translation>wo der Verlust entwickelt wird: bei der zum nächsten Wert gerundeten Matrix oder bei den Float-Gewichten, wo die Fehler von Experte und Schicht verschwinden</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Relative output error</source>
        <translation>Relativer Ausgabefehler</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>Fehler jedes Experten</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>whole row</source>
        <translation>ganze Zeile</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>alle Kerne</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Share of routed tokens (%)</source>
        <translation>Anteil der gerouteten Tokens (%)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Largest layer, float32</source>
        <translation>Größte Schicht, float32</translation>
    </message>
    <message>
        <source>Hessians</source>
        <translation>Hesse-Matrizen</translation>
    </message>
    <message>
        <source>Hidden states of 128 × 512 tokens</source>
        <translation>Verborgene Zustände von 128 × 512 Tokens</translation>
    </message>
    <message>
        <source>Activations of one slice</source>
        <translation>Aktivierungen eines Teilstücks</translation>
    </message>
    <message>
        <source>Embedding and head</source>
        <translation>Einbettung und Kopf</translation>
    </message>
    <message>
        <source>Quantizing needs in all</source>
        <translation>Quantisieren braucht insgesamt</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Active parameters a token</source>
        <translation>Aktive Parameter je Token</translation>
    </message>
    <message>
        <source>Size of the weights</source>
        <translation>Größe der Gewichte</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>Windows of the corpus that are chosen so that the experts are used evenly</source>
        <translation>Fenster des Korpus, so gewählt, dass die Experten gleichmäßig genutzt werden</translation>
    </message>
    <message>
        <source>Our own texts, always there</source>
        <translation>Unsere eigenen Texte, immer vorhanden</translation>
    </message>
    <message>
        <source>Found in the data folder ($MOEQUANT_DATA), or fetched with: moequant fetch %1</source>
        <translation>Im Datenordner gefunden ($MOEQUANT_DATA) oder zu holen mit: moequant fetch %1</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>braucht etwa %1</translation>
    </message>
    <message>
        <source>about %1 of %2 free</source>
        <translation>etwa %1 von %2 frei</translation>
    </message>
    <message>
        <source>about %1, but only %2 are free</source>
        <translation>etwa %1, aber nur %2 sind frei</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>unknown until the first layer is done</source>
        <translation>unbekannt, bis die erste Schicht fertig ist</translation>
    </message>
    <message>
        <source>about %1: %2 weights at %3 a second, as the last such run here</source>
        <translation>etwa %1: %2 Gewichte bei %3 je Sekunde, wie beim letzten solchen Lauf hier</translation>
    </message>
    <message>
        <source> with %L1 tokens</source>
        <translation> mit %L1 Tokens</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>%L1 of calibration, %L2 an expert on average</source>
        <translation>%L1 zur Kalibrierung, im Mittel %L2 je Experte</translation>
    </message>
    <message>
        <source>Starved experts</source>
        <translation>Unterversorgte</translation>
    </message>
    <message>
        <source>unknown: profile this source on the Calibration page</source>
        <translation>unbekannt: Profil dieser Quelle auf der Seite Kalibrierung messen</translation>
    </message>
    <message>
        <source>none below %L1 tokens</source>
        <translation>keine unter %L1 Tokens</translation>
    </message>
    <message>
        <source>%L1 of %L2 below %L3 tokens; they get: %4</source>
        <translation>%L1 von %L2 unter %L3 Tokens; sie erhalten: %4</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Festplatte</translation>
    </message>
    <message>
        <source>Bits a weight</source>
        <translation>Bits je Gewicht</translation>
    </message>
    <message>
        <source>%1, scales included</source>
        <translation>%1 einschließlich der Skalen</translation>
    </message>
    <message>
        <source>Balanced %1</source>
        <translation>%1, ausgewogen</translation>
    </message>
    <message>
        <source>a figure is 20 to 1000 mm wide and high, not %1 × %2</source>
        <translation>eine Abbildung ist 20 bis 1000 mm breit und hoch, nicht %1 × %2</translation>
    </message>
    <message>
        <source>a figure has 50 to 1200 dpi, not %1</source>
        <translation>eine Abbildung hat 50 bis 1200 dpi, nicht %1</translation>
    </message>
    <message>
        <source>%1 × %2 mm at %3 dpi are more than 400 million pixels</source>
        <translation>%1 × %2 mm bei %3 dpi sind mehr als 400 Millionen Pixel</translation>
    </message>
    <message>
        <source>%1: a figure ends in .pdf, .svg or .png</source>
        <translation>%1: eine Abbildung endet auf .pdf, .svg oder .png</translation>
    </message>
    <message>
        <source>%1: could not be written</source>
        <translation>%1: konnte nicht geschrieben werden</translation>
    </message>
    <message>
        <source>log₂ of the error ratio</source>
        <translation>log₂ des Fehlerverhältnisses</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 gegen %2</translation>
    </message>
    <message>
        <source>Best beam by step</source>
        <translation>Bester Strahl je Schritt</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Layer × expert</source>
        <translation>Schicht × Experte</translation>
    </message>
    <message>
        <source>Coefficient of variation</source>
        <translation>Variationskoeffizient</translation>
    </message>
    <message>
        <source>STD of shares (percentage points)</source>
        <translation>STD der Anteile (Prozentpunkte)</translation>
    </message>
    <message>
        <source>STD of shares (fraction)</source>
        <translation>STD der Anteile (Bruchteil)</translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation>Ausgewogenheit</translation>
    </message>
    <message>
        <source>mean −log p (nats)</source>
        <translation>mittleres −log p (Nats)</translation>
    </message>
    <message>
        <source>σ / τ</source>
        <translation>σ / τ</translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation>Die Prüfung vor dem Lauf</translation>
    </message>
    <message>
        <source>The check before the run: this will not work</source>
        <translation>Die Prüfung vor dem Lauf: so geht es nicht</translation>
    </message>
    <message>
        <source>The check before the run: ready</source>
        <translation>Die Prüfung vor dem Lauf: bereit</translation>
    </message>
    <message>
        <source>The check before the run: ready, with one warning</source>
        <translation>Die Prüfung vor dem Lauf: bereit, mit einer Warnung</translation>
    </message>
    <message>
        <source>The check before the run: ready, with %1 warnings</source>
        <translation>Die Prüfung vor dem Lauf: bereit, mit %1 Warnungen</translation>
    </message>
    <message>
        <source>Nats</source>
        <translation>Nats</translation>
    </message>
    <message>
        <source>Sequences that the model writes itself so that its experts are used evenly; searched with the values chosen on page EBSS, by the balanced preset until then</source>
        <translation>Folgen, die das Modell selbst so schreibt, dass seine Experten gleichmäßig genutzt werden; gesucht mit den auf der Seite EBSS gewählten Werten, bis dahin mit der Vorlage „Ausgewogen“</translation>
    </message>
    <message>
        <source>as w</source>
        <translation>wie w</translation>
    </message>
    <message>
        <source>%1: slope %2, r = %3</source>
        <translation>%1: Steigung %2, r = %3</translation>
    </message>
    <message>
        <source>Sample model</source>
        <translation>Beispielmodell</translation>
    </message>
    <message>
        <source>%1, float</source>
        <translation>%1, Float</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>first</source>
        <translation>erste</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>gezogen</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>Bias / curvature</source>
        <translation>Bias / Krümmung</translation>
    </message>
    <message>
        <source>Bias of an entry</source>
        <translation>Bias eines Eintrags</translation>
    </message>
    <message>
        <source>Variance / curvature²</source>
        <translation>Varianz / Krümmung²</translation>
    </message>
    <message>
        <source>Variance of an entry</source>
        <translation>Varianz eines Eintrags</translation>
    </message>
    <message>
        <source>exact: all samples</source>
        <translation>exakt: alle Proben</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>%1, exact</source>
        <translation>%1, exakt</translation>
    </message>
    <message>
        <source>%1, predicted</source>
        <translation>%1, vorhergesagt</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Symmetric</source>
        <translation>Symmetrisch</translation>
    </message>
    <message>
        <source>Gauss–Newton</source>
        <translation>Gauß–Newton</translation>
    </message>
    <message>
        <source>Affinity-weighted</source>
        <translation>Affinitätsgewichtet</translation>
    </message>
    <message>
        <source>Common</source>
        <translation>Gemeinsam</translation>
    </message>
    <message>
        <source>Independent</source>
        <translation>Unabhängig</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Step ε</source>
        <translation>Schritt ε</translation>
    </message>
    <message>
        <source>n (%1)</source>
        <translation>n (%1)</translation>
    </message>
    <message>
        <source>Root-mean-square error / curvature</source>
        <translation>RMS-Fehler / Krümmung</translation>
    </message>
    <message>
        <source>Root-mean-square error</source>
        <translation>RMS-Fehler</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 Experten</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>Schicht %1, Experte %2</translation>
    </message>
    <message>
        <source>own calibration tokens</source>
        <translation>eigene Kalibriertokens</translation>
    </message>
    <message>
        <source>Tokens of the Hessian, n</source>
        <translation>Tokens der Hesse-Matrix, n</translation>
    </message>
    <message>
        <source>Relative error of the Hessian</source>
        <translation>Relativer Fehler der Hesse-Matrix</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>experts of layer %1, dark: few tokens</source>
        <translation>Experten von Schicht %1, dunkel: wenige Tokens</translation>
    </message>
    <message>
        <source>10–90 % of experts</source>
        <translation>10–90 % der Experten</translation>
    </message>
    <message>
        <source>median, affinity-weighted</source>
        <translation>Median, affinitätsgewichtet</translation>
    </message>
    <message>
        <source>Rank of the eigenvalue</source>
        <translation>Rang des Eigenwerts</translation>
    </message>
    <message>
        <source>Eigenvalue / largest</source>
        <translation>Eigenwert / größter</translation>
    </message>
    <message>
        <source>fewest tokens: layer %1, expert %2</source>
        <translation>wenigste Tokens: Schicht %1, Experte %2</translation>
    </message>
    <message>
        <source>rank that its %L1 tokens reach</source>
        <translation>Rang, den seine %L1 Tokens erreichen</translation>
    </message>
    <message>
        <source>Relative quantization error</source>
        <translation>Relativer Quantisierungsfehler</translation>
    </message>
    <message>
        <source>n = %L1</source>
        <translation>n = %L1</translation>
    </message>
    <message>
        <source>Tokens of the expert</source>
        <translation>Tokens des Experten</translation>
    </message>
    <message>
        <source>%1: Spearman ρ = %2</source>
        <translation>%1: Spearman ρ = %2</translation>
    </message>
    <message>
        <source>Bias against ε</source>
        <translation>Bias nach ε</translation>
    </message>
    <message>
        <source>Variance against ε</source>
        <translation>Varianz nach ε</translation>
    </message>
    <message>
        <source>Bias against n</source>
        <translation>Bias nach n</translation>
    </message>
    <message>
        <source>Variance against n</source>
        <translation>Varianz nach n</translation>
    </message>
    <message>
        <source>Error: %1, %2</source>
        <translation>Fehler: %1, %2</translation>
    </message>
    <message>
        <source>Hessian error against tokens</source>
        <translation>Hesse-Fehler nach Tokens</translation>
    </message>
    <message>
        <source>Spectra of the Hessians</source>
        <translation>Spektren der Hesse-Matrizen</translation>
    </message>
    <message>
        <source>Quantization error</source>
        <translation>Quantisierungsfehler</translation>
    </message>
    <message>
        <source>Hessian error of every expert</source>
        <translation>Hesse-Fehler jedes Experten</translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>The model</source>
        <translation>Das Modell</translation>
    </message>
    <message>
        <source>Layers and experts</source>
        <translation>Schichten und Experten</translation>
    </message>
    <message>
        <source>A Mixture-of-Experts layer holds many small MLPs, the experts. A router gives each token a probability for every expert; the k best compute, and their outputs are added, weighted by these probabilities, the affinities.&lt;p&gt;&lt;i&gt;y = Σ&lt;sub&gt;i ∈ top-k&lt;/sub&gt; s&lt;sub&gt;i&lt;/sub&gt;(x) · E&lt;sub&gt;i&lt;/sub&gt;(x)&lt;/i&gt;&lt;/p&gt;Shared experts see every token. Only a few experts work for a token, so a small piece of text reaches each expert unevenly: everything on the other pages follows from that.</source>
        <translation>Eine Mixture-of-Experts-Schicht enthält viele kleine MLPs, die Experten. Ein Router gibt jedem Token eine Wahrscheinlichkeit für jeden Experten; die k besten rechnen, und ihre Ausgaben werden addiert, gewichtet mit diesen Wahrscheinlichkeiten, den Affinitäten.&lt;p&gt;&lt;i&gt;y = Σ&lt;sub&gt;i ∈ top-k&lt;/sub&gt; s&lt;sub&gt;i&lt;/sub&gt;(x) · E&lt;sub&gt;i&lt;/sub&gt;(x)&lt;/i&gt;&lt;/p&gt;Gemeinsame Experten sehen jedes Token. Für ein Token arbeiten nur wenige Experten, ein kleines Stück Text erreicht sie also ungleichmäßig: Daraus folgt alles auf den anderen Seiten.</translation>
    </message>
    <message>
        <source>The memory plan</source>
        <translation>Der Speicherplan</translation>
    </message>
    <message>
        <source>Quantizing goes layer by layer: one layer in float32, the Hessians of the experts in work, and the hidden states of the whole calibration set are in memory, never the whole model. The plan adds up exactly that.</source>
        <translation>Quantisiert wird Schicht für Schicht: Im Speicher sind eine Schicht in float32, die Hesse-Matrizen der Experten in Arbeit und die verborgenen Zustände der ganzen Kalibriermenge, nie das ganze Modell. Genau das addiert der Plan.</translation>
    </message>
    <message>
        <source>Calibration: who gets the tokens?</source>
        <translation>Kalibrierung: Wer bekommt die Tokens?</translation>
    </message>
    <message>
        <source>Expert usage</source>
        <translation>Expertennutzung</translation>
    </message>
    <message>
        <source>How many of the calibration tokens the router of this layer sends to each expert. If all were used alike, every bar would reach the uniform line at 1/E. An expert below the token threshold has too few tokens for a good Hessian: its inputs span fewer directions than its weights have columns.&lt;p&gt;&lt;i&gt;share&lt;sub&gt;i&lt;/sub&gt; = n&lt;sub&gt;i&lt;/sub&gt; / Σ&lt;sub&gt;j&lt;/sub&gt; n&lt;sub&gt;j&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Wie viele der Kalibriertokens der Router dieser Schicht zu jedem Experten schickt. Würden alle gleich genutzt, reichte jeder Balken bis zur Linie bei 1/E. Ein Experte unter der Tokenschwelle hat zu wenige Tokens für eine gute Hesse-Matrix: Seine Eingaben spannen weniger Richtungen auf, als seine Gewichte Spalten haben.&lt;p&gt;&lt;i&gt;Anteil&lt;sub&gt;i&lt;/sub&gt; = n&lt;sub&gt;i&lt;/sub&gt; / Σ&lt;sub&gt;j&lt;/sub&gt; n&lt;sub&gt;j&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equation 4</source>
        <translation>%1, Gleichung 4</translation>
    </message>
    <message>
        <source>Usage of every expert</source>
        <translation>Nutzung jedes Experten</translation>
    </message>
    <message>
        <source>One row a layer, one cell an expert; brighter means more tokens. Maps of several sources share one colour range, so that they can be compared by eye. Hatched: no token at all.</source>
        <translation>Eine Zeile je Schicht, eine Zelle je Experte; heller heißt mehr Tokens. Karten mehrerer Quellen haben denselben Farbbereich, damit das Auge sie vergleichen kann. Schraffiert: gar kein Token.</translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation>Ausgewogenheit</translation>
    </message>
    <message>
        <source>The spread of the shares in each layer; 0 is perfect balance. The coefficient of variation (CV) does not depend on the number of experts, so models can be compared by it; the standard deviation is what the paper prints.&lt;p&gt;&lt;i&gt;CV = std(n) / mean(n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Die Streuung der Anteile in jeder Schicht; 0 ist völlige Ausgewogenheit. Der Variationskoeffizient (CV) hängt nicht von der Zahl der Experten ab, mit ihm lassen sich also Modelle vergleichen; die Standardabweichung ist das, was der Artikel angibt.&lt;p&gt;&lt;i&gt;CV = std(n) / mean(n)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 3 and 4</source>
        <translation>%1, Gleichungen 3 und 4</translation>
    </message>
    <message>
        <source>Balance in numbers</source>
        <translation>Ausgewogenheit in Zahlen</translation>
    </message>
    <message>
        <source>One row a source, over all layers: CV and STD are means over layers, the Gini coefficient is 0 when all experts get the same and near 1 when one gets all, unused counts experts without a token, and below ½ % those with fewer than 0.5 % of a layer&apos;s tokens.</source>
        <translation>Eine Zeile je Quelle, über alle Schichten: CV und STD sind Mittel über die Schichten; der Gini-Koeffizient ist 0, wenn alle Experten gleich viel bekommen, und nahe 1, wenn einer alles bekommt; „Ungenutzt“ zählt Experten ohne Token, „&lt; ½ %“ solche mit weniger als 0.5 % der Tokens einer Schicht.</translation>
    </message>
    <message>
        <source>Lorenz curve</source>
        <translation>Lorenzkurve</translation>
    </message>
    <message>
        <source>Experts sorted from least to most used along the axis, their share of all tokens added up. The diagonal is perfect balance; twice the area between it and the curve is the Gini coefficient.&lt;p&gt;&lt;i&gt;G = Σ&lt;sub&gt;i&lt;/sub&gt; Σ&lt;sub&gt;j&lt;/sub&gt; |n&lt;sub&gt;i&lt;/sub&gt; − n&lt;sub&gt;j&lt;/sub&gt;| / (2 E Σ n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Experten, entlang der Achse vom am wenigsten zum am meisten genutzten geordnet, ihr Anteil an allen Tokens aufsummiert. Die Diagonale ist völlige Ausgewogenheit; die doppelte Fläche zwischen ihr und der Kurve ist der Gini-Koeffizient.&lt;p&gt;&lt;i&gt;G = Σ&lt;sub&gt;i&lt;/sub&gt; Σ&lt;sub&gt;j&lt;/sub&gt; |n&lt;sub&gt;i&lt;/sub&gt; − n&lt;sub&gt;j&lt;/sub&gt;| / (2 E Σ n)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>What an expert likes</source>
        <translation>Was ein Experte mag</translation>
    </message>
    <message>
        <source>The tokens of the calibration text that this expert got with the greatest affinity. Experts often specialise in shapes of text (digits, line ends, names) rather than in topics; a source without that shape starves them.</source>
        <translation>Die Tokens des Kalibriertextes, die dieser Experte mit der größten Affinität bekam. Experten sind oft auf Formen von Text spezialisiert (Ziffern, Zeilenenden, Namen) statt auf Themen; eine Quelle ohne diese Form lässt sie unterversorgt.</translation>
    </message>
    <message>
        <source>Similarity of sources</source>
        <translation>Ähnlichkeit der Quellen</translation>
    </message>
    <message>
        <source>How alike two sources use the experts, from 0 to 1, averaged over layers. Two sources that are nearly equal here calibrate nearly the same model: nothing is gained by mixing them.&lt;p&gt;&lt;i&gt;1 − JSD(p, q), in bits&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Wie ähnlich zwei Quellen die Experten nutzen, von 0 bis 1, über die Schichten gemittelt. Zwei hier fast gleiche Quellen kalibrieren fast dasselbe Modell: Sie zu mischen bringt nichts.&lt;p&gt;&lt;i&gt;1 − JSD(p, q), in Bits&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>EBSS: how is balance bought?</source>
        <translation>EBSS: Wie wird Ausgewogenheit erkauft?</translation>
    </message>
    <message>
        <source>Expert-balanced self-sampling</source>
        <translation>Expertenausgewogenes Self-Sampling</translation>
    </message>
    <message>
        <source>The model writes its own calibration text. A beam search keeps the w sequences that are both likely (so that the text is like what the model knows) and balanced (so that every expert gets tokens). τ sets the price: a small τ buys balance with odd text, τ = ∞ is plain likelihood.&lt;p&gt;&lt;i&gt;score = −(Σ log p) / l + σ / τ&lt;/i&gt;, lower is kept&lt;/p&gt;</source>
        <translation>Das Modell schreibt seinen eigenen Kalibriertext. Eine Strahlsuche behält die w Folgen, die sowohl wahrscheinlich sind (damit der Text dem gleicht, was das Modell kennt) als auch ausgewogen (damit jeder Experte Tokens bekommt). τ setzt den Preis: Ein kleines τ erkauft Ausgewogenheit mit seltsamem Text, τ = ∞ ist reine Wahrscheinlichkeit.&lt;p&gt;&lt;i&gt;Score = −(Σ log p) / l + σ / τ&lt;/i&gt;, der niedrigere wird behalten&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 9 to 14</source>
        <translation>%1, Gleichungen 9 bis 14</translation>
    </message>
    <message>
        <source>Candidates of a step</source>
        <translation>Kandidaten eines Schritts</translation>
    </message>
    <message>
        <source>Every kept beam is extended by its most likely tokens; each extension is a candidate. The table is in the order of the score; the first w rows are kept, the others pruned.</source>
        <translation>Jeder behaltene Strahl wird um seine wahrscheinlichsten Tokens verlängert; jede Verlängerung ist ein Kandidat. Die Tabelle ist nach dem Score geordnet; die ersten w Zeilen werden behalten, die übrigen gekappt.</translation>
    </message>
    <message>
        <source>%1, equation 14</source>
        <translation>%1, Gleichung 14</translation>
    </message>
    <message>
        <source>The plane of likelihood and balance</source>
        <translation>Die Ebene der Kandidaten</translation>
    </message>
    <message>
        <source>Each candidate is a point: mean −log p (in nats; its exponential is a perplexity) to the right, imbalance σ upwards. Candidates of equal score lie on a straight line of slope −τ, and the search keeps what lies below the lowest such lines. Moving τ turns the line and re-ranks the recorded candidates at once. From the first step whose choice changes, the real search would have gone elsewhere: later steps are grey until a preview runs it.&lt;p&gt;&lt;i&gt;m + σ/τ = const ⟺ σ = const − τ m&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Jeder Kandidat ist ein Punkt: mittleres −log p (in Nats; die Exponentialfunktion davon ist eine Perplexität) nach rechts, Unausgewogenheit σ nach oben. Kandidaten mit gleichem Score liegen auf einer Geraden mit Steigung −τ, und die Suche behält, was unter den niedrigsten solcher Geraden liegt. Ein anderes τ dreht die Gerade und ordnet die aufgezeichneten Kandidaten sofort neu. Ab dem ersten Schritt mit anderer Wahl wäre die echte Suche anders verlaufen: Spätere Schritte sind grau, bis eine Vorschau sie rechnet.&lt;p&gt;&lt;i&gt;m + σ/τ = const ⟺ σ = const − τ m&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The search as a tree</source>
        <translation>Die Suche als Baum</translation>
    </message>
    <message>
        <source>Time runs to the right. Solid branches are the beams that were kept, fading ones were pruned. A tree that narrows to a single trunk early means that the beams share their beginning, and that a larger w buys little.</source>
        <translation>Die Zeit läuft nach rechts. Kräftige Äste sind die behaltenen Strahlen, verblassende wurden gekappt. Ein Baum, der sich früh auf einen Stamm verengt, heißt, dass die Strahlen denselben Anfang haben und ein größeres w wenig bringt.</translation>
    </message>
    <message>
        <source>The course of the search</source>
        <translation>Der Verlauf der Suche</translation>
    </message>
    <message>
        <source>Mean −log p and imbalance of the best beam, step by step. Imbalance is large at first, when few tokens are there, and falls as the search finds tokens for the experts that still lack some.</source>
        <translation>Mittleres −log p und Unausgewogenheit des besten Strahls, Schritt für Schritt. Die Unausgewogenheit ist anfangs groß, solange es wenige Tokens gibt, und sinkt, wenn die Suche Tokens für die Experten findet, denen noch welche fehlen.</translation>
    </message>
    <message>
        <source>The set so far</source>
        <translation>Die bisherige Menge</translation>
    </message>
    <message>
        <source>Balance and perplexity of all sequences together. Distinct-4 is the share of different 4-grams: a sequence that loops has a low one and is flagged; reject it, or let the search replace it.</source>
        <translation>Ausgewogenheit und Perplexität aller Folgen zusammen. Distinct-4 ist der Anteil verschiedener 4-Gramme: Eine Folge mit Schleifen hat einen niedrigen Wert und wird markiert; sie lässt sich ablehnen oder von der Suche ersetzen.</translation>
    </message>
    <message>
        <source>Distinct-n: Li et al., 2016 (arXiv:1510.03055)</source>
        <translation>Distinct-n: Li et al., 2016 (arXiv:1510.03055)</translation>
    </message>
    <message>
        <source>Quantization: what is lost?</source>
        <translation>Quantisierung: Was geht verloren?</translation>
    </message>
    <message>
        <source>GPTQ</source>
        <translation>GPTQ</translation>
    </message>
    <message>
        <source>Columns are rounded one after another; what a rounding spoils is repaired in the columns still to come, as the inverse Hessian of the inputs says. It is only as good as its Hessian, and the Hessian only as good as the tokens that the expert saw.&lt;p&gt;&lt;i&gt;H = Σ x xᵀ, &amp;nbsp; δ = −(w&lt;sub&gt;q&lt;/sub&gt; − ŵ&lt;sub&gt;q&lt;/sub&gt;) · H&lt;sup&gt;−1&lt;/sup&gt;&lt;sub&gt;q&lt;/sub&gt; / [H&lt;sup&gt;−1&lt;/sup&gt;]&lt;sub&gt;qq&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Die Spalten werden eine nach der anderen gerundet; was eine Rundung verdirbt, wird in den noch folgenden Spalten ausgeglichen, wie es die inverse Hesse-Matrix der Eingaben vorgibt. Das ist nur so gut wie die Hesse-Matrix, und diese nur so gut wie die Tokens, die der Experte sah.&lt;p&gt;&lt;i&gt;H = Σ x xᵀ, &amp;nbsp; δ = −(w&lt;sub&gt;q&lt;/sub&gt; − ŵ&lt;sub&gt;q&lt;/sub&gt;) · H&lt;sup&gt;−1&lt;/sup&gt;&lt;sub&gt;q&lt;/sub&gt; / [H&lt;sup&gt;−1&lt;/sup&gt;]&lt;sub&gt;qq&lt;/sub&gt;&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>AGQ: affinity-guided quantization</source>
        <translation>AGQ: affinitätsgeleitete Quantisierung</translation>
    </message>
    <message>
        <source>A token that an expert got with a small affinity hardly matters for the layer&apos;s output. AGQ weighs every token by its affinity c in the Hessian, and so does the error it reports.&lt;p&gt;&lt;i&gt;H = Σ c · x xᵀ&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Ein Token, das ein Experte mit kleiner Affinität bekam, zählt für die Ausgabe der Schicht kaum. AGQ gewichtet jedes Token in der Hesse-Matrix mit seiner Affinität c, und ebenso in dem Fehler, den es meldet.&lt;p&gt;&lt;i&gt;H = Σ c · x xᵀ&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 15 to 19</source>
        <translation>%1, Gleichungen 15 bis 19</translation>
    </message>
    <message>
        <source>AWQ and rotation</source>
        <translation>AWQ und Drehung</translation>
    </message>
    <message>
        <source>AWQ multiplies the columns that see large inputs and divides the inputs by the same, so that rounding hurts them less. Rotation (QuaRot) turns the residual stream by a Hadamard matrix, which spreads outliers over all columns. Both leave the float model as it was.</source>
        <translation>AWQ multipliziert die Spalten, die große Eingaben sehen, und teilt die Eingaben durch dasselbe, sodass Runden ihnen weniger schadet. Die Drehung (QuaRot) wendet eine Hadamard-Matrix auf den Residualstrom an, was Ausreißer über alle Spalten verteilt. Beide lassen das Float-Modell, wie es war.</translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation>Die Prüfung vor dem Lauf</translation>
    </message>
    <message>
        <source>Memory is the plan of the Model page against what is free, disk the size of the result, time an estimate from the last run on this machine. Starved experts are those with fewer tokens than the threshold in the last profile of this source. What loads the result follows from bits, group size, zero points and format.</source>
        <translation>Speicher ist der Plan der Seite Modell gegenüber dem freien Speicher, Festplatte die Größe des Ergebnisses, Zeit eine Schätzung nach dem letzten Lauf auf diesem Rechner. Unterversorgt sind Experten mit weniger Tokens als die Schwelle im letzten Profil dieser Quelle. Was das Ergebnis lädt, folgt aus Bits, Gruppengröße, Nullpunkten und Format.</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>Fehler jedes Experten</translation>
    </message>
    <message>
        <source>The relative error of an expert&apos;s outputs on the tokens that reached it, averaged over its three linears; viridis, logarithmic where it spreads widely. Hatched: no token, so no error could be measured.&lt;p&gt;&lt;i&gt;tr(ΔHΔᵀ) / tr(WHWᵀ), &amp;nbsp; Δ = Ŵ − W&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Der relative Fehler der Ausgaben eines Experten auf den Tokens, die ihn erreichten, gemittelt über seine drei Matrizen; viridis, logarithmisch bei weiter Streuung. Schraffiert: kein Token, also kein messbarer Fehler.&lt;p&gt;&lt;i&gt;tr(ΔHΔᵀ) / tr(WHWᵀ), &amp;nbsp; Δ = Ŵ − W&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equation 1</source>
        <translation>%1, Gleichung 1</translation>
    </message>
    <message>
        <source>What happened, layer by layer</source>
        <translation>Was geschah, Schicht für Schicht</translation>
    </message>
    <message>
        <source>One line a finished layer: tokens routed, experts that fell back and to what, the error, the time. A fallback means that an expert had too few tokens for a Hessian of its own; its Hessian was shrunk towards the layer&apos;s, or it was rounded to nearest.</source>
        <translation>Eine Zeile je fertiger Schicht: geroutete Tokens, Experten mit Fallback und welchem, der Fehler, die Zeit. Ein Fallback heißt, dass ein Experte zu wenige Tokens für eine eigene Hesse-Matrix hatte; sie wurde zu der der Schicht hin geschrumpft, oder er wurde zum nächsten Wert gerundet.</translation>
    </message>
    <message>
        <source>Errors: where did it go wrong?</source>
        <translation>Fehler: Wo ging es schief?</translation>
    </message>
    <message>
        <source>Error against tokens</source>
        <translation>Fehler nach Tokens</translation>
    </message>
    <message>
        <source>Each point is an expert, both axes logarithmic. The trend is a straight line through the logarithms: a falling one says that experts with fewer tokens are quantized worse, which is what a balanced calibration set is meant to change.</source>
        <translation>Jeder Punkt ist ein Experte, beide Achsen sind logarithmisch. Der Trend ist eine Gerade durch die Logarithmen: Fällt sie, werden Experten mit weniger Tokens schlechter quantisiert, und eben das soll eine ausgewogene Kalibriermenge ändern.</translation>
    </message>
    <message>
        <source>Distribution of errors</source>
        <translation>Verteilung der Fehler</translation>
    </message>
    <message>
        <source>Paired differences</source>
        <translation>Gepaarte Differenzen</translation>
    </message>
    <message>
        <source>The same expert in two runs: below zero, the first run is better. Pairing takes out that some experts are harder than others, so a small but steady difference shows. The interval holds the mean with 95 % confidence.&lt;p&gt;&lt;i&gt;d&lt;sub&gt;i&lt;/sub&gt; = log&lt;sub&gt;2&lt;/sub&gt;(e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;A&lt;/sup&gt; / e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;B&lt;/sup&gt;)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Derselbe Experte in zwei Läufen: Unter null ist der erste Lauf besser. Die Paarung rechnet heraus, dass manche Experten schwieriger sind als andere, sodass sich ein kleiner, aber beständiger Unterschied zeigt. Das Intervall enthält das Mittel mit 95 % Konfidenz.&lt;p&gt;&lt;i&gt;d&lt;sub&gt;i&lt;/sub&gt; = log&lt;sub&gt;2&lt;/sub&gt;(e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;A&lt;/sup&gt; / e&lt;sub&gt;i&lt;/sub&gt;&lt;sup&gt;B&lt;/sup&gt;)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Worst channels</source>
        <translation>Schlechteste Kanäle</translation>
    </message>
    <message>
        <source>The output channel of each linear with the greatest relative error. One bad channel in many experts of a layer points to an outlier in its inputs: rotation or AWQ may help.</source>
        <translation>Der Ausgabekanal jeder Matrix mit dem größten relativen Fehler. Ein schlechter Kanal in vielen Experten einer Schicht deutet auf einen Ausreißer in ihren Eingaben: Drehung oder AWQ kann helfen.</translation>
    </message>
    <message>
        <source>An expert through the runs</source>
        <translation>Ein Experte durch die Läufe</translation>
    </message>
    <message>
        <source>Runs side by side</source>
        <translation>Läufe nebeneinander</translation>
    </message>
    <message>
        <source>One row a run, one column a number that runs measured. The best is bold. Differences to the baseline come with a 95 % interval where both runs measured the same windows. Rows with a dagger are published figures, measured by others on other machines and texts.</source>
        <translation>Eine Zeile je Lauf, eine Spalte je Zahl, die Läufe gemessen haben. Das Beste ist fett. Differenzen zum Bezug haben ein 95-%-Intervall, wo beide Läufe dieselben Fenster gemessen haben. Zeilen mit Kreuz sind veröffentlichte Werte, von anderen auf anderen Rechnern und Texten gemessen.</translation>
    </message>
    <message>
        <source>Any number against any setting</source>
        <translation>Jede Zahl nach jeder Einstellung</translation>
    </message>
    <message>
        <source>Choose what to draw upwards and along; runs that share all other settings are joined by a line. Sweeps over τ and w appear as curves.</source>
        <translation>Wählbar ist, was nach oben und was zur Seite gezeichnet wird; Läufe, die alle übrigen Einstellungen teilen, verbindet eine Linie. Reihen über τ und w erscheinen als Kurven.</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>The codes stay what they are where the new format can hold them; only the packing changes. After writing, every tensor is read back and compared.</source>
        <translation>Die Codes bleiben, was sie sind, wo das neue Format sie fassen kann; nur die Packung ändert sich. Nach dem Schreiben wird jeder Tensor zurückgelesen und verglichen.</translation>
    </message>
    <message>
        <source>The box spans the middle half of the experts, its line is the median, the whiskers reach from the 5th to the 95th percentile, points beyond are drawn one by one.</source>
        <translation>Der Kasten umfasst die mittlere Hälfte der Experten, sein Strich ist der Median, die Antennen reichen vom 5. bis zum 95. Perzentil, Punkte darüber hinaus werden einzeln gezeichnet.</translation>
    </message>
    <message>
        <source>The error of the selected expert in every run of this model that is known here, oldest to newest: did another calibration set or more bits help this expert, or only the others?</source>
        <translation>Der Fehler des gewählten Experten in jedem hier bekannten Lauf dieses Modells, vom ältesten zum neuesten: Half eine andere Kalibriermenge oder halfen mehr Bits diesem Experten oder nur den anderen?</translation>
    </message>
    <message>
        <source>Jobs that wait</source>
        <translation>Wartende Aufträge</translation>
    </message>
    <message>
        <source>Jobs run one after another, in this order. A quantization that was stopped, or whose worker died, goes on from its last finished layer: nothing that is on disk is computed again.</source>
        <translation>Aufträge laufen nacheinander in dieser Reihenfolge. Eine Quantisierung, die angehalten wurde oder deren Arbeitsprozess starb, geht ab ihrer letzten fertigen Schicht weiter: Nichts, was auf der Festplatte liegt, wird noch einmal berechnet.</translation>
    </message>
    <message>
        <source>The log</source>
        <translation>Das Protokoll</translation>
    </message>
    <message>
        <source>What the worker and the window said, newest last; warnings stand out. The lines of a run are also in its folder, as events.jsonl.</source>
        <translation>Was Arbeitsprozess und Fenster meldeten, Neuestes zuletzt; Warnungen fallen auf. Die Zeilen eines Laufs stehen auch in seinem Ordner, als events.jsonl.</translation>
    </message>
    <message>
        <source>Lab: why does balance matter?</source>
        <translation>Labor: Warum zählt Ausgewogenheit?</translation>
    </message>
    <message>
        <source>Finite differences and their two orders</source>
        <translation>Finite Differenzen und ihre zwei Ordnungen</translation>
    </message>
    <message>
        <source>An entry of the Hessian can be measured by moving two weights a little and looking at the loss. The forward difference looks at w and above it, and its error falls like ε; the symmetric one looks at both sides, the odd terms cancel, and its error falls like ε². Where ε is too small the subtraction leaves rounding errors alone: the point is marked.&lt;p&gt;&lt;i&gt;forward: [L(w+εe&lt;sub&gt;i&lt;/sub&gt;+εe&lt;sub&gt;j&lt;/sub&gt;) − L(w+εe&lt;sub&gt;i&lt;/sub&gt;) − L(w+εe&lt;sub&gt;j&lt;/sub&gt;) + L(w)] / ε², error O(ε)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;symmetric: [L(++) − L(+−) − L(−+) + L(−−)] / (4ε²), error O(ε²)&lt;/i&gt;&lt;/p&gt;Where the loss is quadratic in these weights, as the error of an expert&apos;s output is in up and down, both are exact at every ε.</source>
        <translation>Ein Eintrag der Hesse-Matrix lässt sich messen, indem man zwei Gewichte ein wenig verschiebt und den Verlust ansieht. Die Vorwärtsdifferenz sieht auf w und darüber, ihr Fehler sinkt wie ε; die symmetrische sieht auf beide Seiten, die ungeraden Terme heben sich auf, und ihr Fehler sinkt wie ε². Wo ε zu klein ist, lässt die Subtraktion nur Rundungsfehler übrig: Der Punkt ist markiert.&lt;p&gt;&lt;i&gt;vorwärts: [L(w+εe&lt;sub&gt;i&lt;/sub&gt;+εe&lt;sub&gt;j&lt;/sub&gt;) − L(w+εe&lt;sub&gt;i&lt;/sub&gt;) − L(w+εe&lt;sub&gt;j&lt;/sub&gt;) + L(w)] / ε², Fehler O(ε)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;symmetrisch: [L(++) − L(+−) − L(−+) + L(−−)] / (4ε²), Fehler O(ε²)&lt;/i&gt;&lt;/p&gt;Wo der Verlust in diesen Gewichten quadratisch ist, wie der Fehler der Ausgabe eines Experten in up und down, sind beide bei jedem ε exakt.</translation>
    </message>
    <message>
        <source>Sampling noise</source>
        <translation>Stichprobenrauschen</translation>
    </message>
    <message>
        <source>With n tokens the loss is known up to noise of variance σ²/n. If every evaluation draws a batch of its own, dividing by ε² makes that noise huge; one batch for all evaluations of an estimate (common) lets it cancel, and what is left does not depend on ε. Noise spreads the estimates but does not move their mean: a bias of σ²/(nε²), as a derivation in the MoEQuant repository has it, is looked for here and given with its 95 % interval.&lt;p&gt;&lt;i&gt;independent: forward 4σ²/(nε⁴), symmetric σ²/(4nε⁴)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;common: Var(one token&apos;s difference) / n&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Mit n Tokens ist der Verlust nur bis auf Rauschen der Varianz σ²/n bekannt. Zieht jede Auswertung einen eigenen Stapel, macht die Division durch ε² dieses Rauschen riesig; ein Stapel für alle Auswertungen einer Schätzung (gemeinsam) lässt es sich aufheben, und was bleibt, hängt nicht von ε ab. Rauschen streut die Schätzungen, verschiebt aber ihren Mittelwert nicht: Ein Bias von σ²/(nε²), wie ihn eine Herleitung im MoEQuant-Repository enthält, wird hier gesucht und mit seinem 95-%-Intervall angegeben.&lt;p&gt;&lt;i&gt;unabhängig: vorwärts 4σ²/(nε⁴), symmetrisch σ²/(4nε⁴)&lt;/i&gt;&lt;/p&gt;&lt;p&gt;&lt;i&gt;gemeinsam: Var(Differenz eines Tokens) / n&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The surface over ε and n</source>
        <translation>Die Fläche über ε und n</translation>
    </message>
    <message>
        <source>Every pair of ε and n is a cell, its colour the whole error: bias and noise together. To the left noise or rounding rules, to the right the truncation of the series; more tokens help on the left alone. Between the two lies the ε to measure at.&lt;p&gt;&lt;i&gt;error = √(bias² + variance)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Jedes Paar aus ε und n ist eine Zelle, ihre Farbe der ganze Fehler: Bias und Rauschen zusammen. Links herrscht Rauschen oder Rundung, rechts der Abbruch der Reihe; mehr Tokens helfen nur links. Zwischen beiden liegt das ε, bei dem man messen sollte.&lt;p&gt;&lt;i&gt;Fehler = √(Bias² + Varianz)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Measured orders</source>
        <translation>Gemessene Ordnungen</translation>
    </message>
    <message>
        <source>Straight lines through the logarithms: the error against ε where truncation rules, the variance against ε and n. The slope is the order, printed beside what the theory says; the interval is two standard errors of the fit. The last rows give the coefficient of a bias σ²/(nε²): where its interval contains 0 there is no sign of one.</source>
        <translation>Geraden durch die Logarithmen: der Fehler nach ε, wo der Abbruch herrscht, die Varianz nach ε und n. Die Steigung ist die Ordnung; daneben steht, was die Theorie sagt; das Intervall umfasst zwei Standardfehler der Anpassung. Die letzten Zeilen geben den Koeffizienten eines Bias σ²/(nε²): Wo sein Intervall 0 enthält, gibt es kein Anzeichen für einen.</translation>
    </message>
    <message>
        <source>Gauss–Newton, and what GPTQ uses</source>
        <translation>Gauß–Newton, und was GPTQ verwendet</translation>
    </message>
    <message>
        <source>For a squared error of a linear&apos;s output the Hessian of a row of weights is the second moment of its inputs: no weight is moved and no ε is chosen. GPTQ uses it for every row; AGQ weighs each token by its affinity. Both are compared here with the true Hessian of the chosen loss, up to a scale that GPTQ does not feel.&lt;p&gt;&lt;i&gt;H = 2/n · Σ x xᵀ, &amp;nbsp; H&lt;sub&gt;AGQ&lt;/sub&gt; = 2/Σc · Σ c x xᵀ&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Für den quadratischen Fehler der Ausgabe einer Matrix ist die Hesse-Matrix einer Zeile von Gewichten das zweite Moment ihrer Eingaben: Kein Gewicht wird verschoben und kein ε gewählt. GPTQ verwendet sie für jede Zeile; AGQ gewichtet jedes Token mit seiner Affinität. Beide werden hier mit der wahren Hesse-Matrix des gewählten Verlusts verglichen, bis auf einen Maßstab, den GPTQ nicht spürt.&lt;p&gt;&lt;i&gt;H = 2/n · Σ x xᵀ, &amp;nbsp; H&lt;sub&gt;AGQ&lt;/sub&gt; = 2/Σc · Σ c x xᵀ&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1, equations 1 to 3</source>
        <translation>%1, Gleichungen 1 bis 3</translation>
    </message>
    <message>
        <source>From balance to error: the chain</source>
        <translation>Von der Ausgewogenheit zum Fehler: die Kette</translation>
    </message>
    <message>
        <source>Read from top to bottom. An uneven router gives some experts few tokens; few tokens give a Hessian with a large error, which falls like 1/√n; and GPTQ, steered by a wrong Hessian, rounds worse on text it has not seen. Every step is measured with the same experts, so a point in one picture is the same expert in the others.</source>
        <translation>Von oben nach unten zu lesen. Ein ungleichmäßiger Router gibt manchen Experten wenige Tokens; wenige Tokens ergeben eine Hesse-Matrix mit großem Fehler, der wie 1/√n sinkt; und GPTQ, von einer falschen Hesse-Matrix gelenkt, rundet schlechter für Text, den es nicht gesehen hat. Jeder Schritt ist mit denselben Experten gemessen, ein Punkt in einem Bild ist also derselbe Experte in den anderen.</translation>
    </message>
    <message>
        <source>Hessian error and 1/√n</source>
        <translation>Hesse-Fehler und 1/√n</translation>
    </message>
    <message>
        <source>How far the Hessian of n tokens is from that of a large reference, relative to it. It is a mean over tokens, so its error falls like 1/√n: four times the tokens halve it, and an expert with a hundredth of the tokens has ten times the error. The line is what the spread of single tokens predicts.&lt;p&gt;&lt;i&gt;‖H&lt;sub&gt;n&lt;/sub&gt; − H‖&lt;sub&gt;F&lt;/sub&gt; / ‖H‖&lt;sub&gt;F&lt;/sub&gt; ≈ √((E‖x‖⁴ / ‖E xxᵀ‖² − 1) / n)&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Wie weit die Hesse-Matrix aus n Tokens von der einer großen Referenz entfernt ist, relativ zu dieser. Sie ist ein Mittel über Tokens, ihr Fehler sinkt also wie 1/√n: Viermal so viele Tokens halbieren ihn, und ein Experte mit einem Hundertstel der Tokens hat den zehnfachen Fehler. Die Linie ist, was die Streuung einzelner Tokens vorhersagt.&lt;p&gt;&lt;i&gt;‖H&lt;sub&gt;n&lt;/sub&gt; − H‖&lt;sub&gt;F&lt;/sub&gt; / ‖H‖&lt;sub&gt;F&lt;/sub&gt; ≈ √((E‖x‖⁴ / ‖E xxᵀ‖² − 1) / n)&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Quantization error against Hessian error</source>
        <translation>Quantisierungsfehler nach Hesse-Fehler</translation>
    </message>
    <message>
        <source>Each point is one Hessian: quantized with it, judged with the reference. Spearman&apos;s ρ says how well the order of one error gives that of the other, from −1 to 1. Experts differ in how hard they are to quantize at all; within an expert, where that is the same for all points, the relation is clearest.</source>
        <translation>Jeder Punkt ist eine Hesse-Matrix: mit ihr quantisiert, mit der Referenz bewertet. Spearmans ρ sagt, wie gut die Reihenfolge des einen Fehlers die des anderen ergibt, von −1 bis 1. Experten sind überhaupt verschieden schwer zu quantisieren; innerhalb eines Experten, wo das für alle Punkte gleich ist, ist der Zusammenhang am klarsten.</translation>
    </message>
    <message>
        <source>Effective rank and condition</source>
        <translation>Effektiver Rang und Kondition</translation>
    </message>
    <message>
        <source>The eigenvalues of the reference Hessian, largest first. A steep fall means that the inputs live in few directions, and few tokens suffice to know them; the effective rank counts them. The condition is the largest eigenvalue over the smallest after damping: the larger, the more an error of H is magnified in its inverse, which is what GPTQ uses.&lt;p&gt;&lt;i&gt;effective rank = exp(−Σ p&lt;sub&gt;k&lt;/sub&gt; ln p&lt;sub&gt;k&lt;/sub&gt;), &amp;nbsp; p&lt;sub&gt;k&lt;/sub&gt; = λ&lt;sub&gt;k&lt;/sub&gt; / Σ λ&lt;/i&gt;&lt;/p&gt;</source>
        <translation>Die Eigenwerte der Referenz-Hesse-Matrix, der größte zuerst. Ein steiler Abfall heißt, dass die Eingaben in wenigen Richtungen liegen und wenige Tokens genügen, sie zu kennen; der effektive Rang zählt sie. Die Kondition ist der größte Eigenwert durch den kleinsten nach der Dämpfung: Je größer sie ist, desto mehr wird ein Fehler von H in der Inversen vergrößert, und diese verwendet GPTQ.&lt;p&gt;&lt;i&gt;effektiver Rang = exp(−Σ p&lt;sub&gt;k&lt;/sub&gt; ln p&lt;sub&gt;k&lt;/sub&gt;), &amp;nbsp; p&lt;sub&gt;k&lt;/sub&gt; = λ&lt;sub&gt;k&lt;/sub&gt; / Σ λ&lt;/i&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The tour</source>
        <translation>Der Rundgang</translation>
    </message>
    <message>
        <source>Five steps through this run&apos;s own numbers, from the finite difference to the experts. Each asks a question before it answers; arrow keys walk, Return reveals. The notebook has the same steps as Markdown, for a lecture or a lab report.</source>
        <translation>Fünf Schritte durch die eigenen Zahlen dieses Laufs, von der finiten Differenz zu den Experten. Jeder stellt eine Frage, bevor er sie beantwortet; Pfeiltasten blättern, die Eingabetaste deckt auf. Das Notebook enthält dieselben Schritte als Markdown, für eine Vorlesung oder ein Laborprotokoll.</translation>
    </message>
</context>
<context>
    <name>WhatLoads</name>
    <message>
        <source>loads this at TP 1</source>
        <translation>lädt das bei TP 1</translation>
    </message>
    <message>
        <source>refuses a quantized router: it builds routers as float</source>
        <translation>lehnt einen quantisierten Router ab: baut Router als Float</translation>
    </message>
    <message>
        <source>refuses asymmetric gptq checkpoints</source>
        <translation>lehnt asymmetrische gptq-Checkpoints ab</translation>
    </message>
    <message>
        <source>loads gptq of 4 or 8 bits only</source>
        <translation>lädt gptq nur mit 4 oder 8 Bits</translation>
    </message>
    <message>
        <source>loads no experts with zero points from compressed-tensors</source>
        <translation>lädt aus compressed-tensors keine Experten mit Nullpunkten</translation>
    </message>
    <message>
        <source>reads all experts of a layer with the first one&apos;s bits</source>
        <translation>liest alle Experten einer Schicht mit den Bits des ersten</translation>
    </message>
    <message>
        <source>refuses experts of one layer with different grids</source>
        <translation>lehnt Experten einer Schicht mit verschiedenen Rastern ab</translation>
    </message>
    <message>
        <source>refuses different grids inside q/k/v or gate/up</source>
        <translation>lehnt verschiedene Raster innerhalb von q/k/v oder gate/up ab</translation>
    </message>
    <message>
        <source>loads this at TP 1, but its fast kernels know groups of 32, 64, 128 or a whole row only</source>
        <translation>lädt das bei TP 1, aber seine schnellen Kernel kennen nur Gruppen von 32, 64, 128 oder eine ganze Zeile</translation>
    </message>
    <message>
        <source>loads this</source>
        <translation>lädt das</translation>
    </message>
    <message>
        <source>ignores the rules for mixed grids</source>
        <translation>übergeht die Regeln für gemischte Raster</translation>
    </message>
    <message>
        <source>loads this through GPTQModel</source>
        <translation>lädt das über GPTQModel</translation>
    </message>
    <message>
        <source>loads this through AutoAWQ or GPTQModel</source>
        <translation>lädt das über AutoAWQ oder GPTQModel</translation>
    </message>
    <message>
        <source>loads no experts with zero points</source>
        <translation>lädt keine Experten mit Nullpunkten</translation>
    </message>
    <message>
        <source>misreads routed experts on different grids</source>
        <translation>liest geroutete Experten mit verschiedenen Rastern falsch</translation>
    </message>
    <message>
        <source>loads this (tried with 5.23)</source>
        <translation>lädt das (mit 5.23 erprobt)</translation>
    </message>
    <message>
        <source>loads this (by its source)</source>
        <translation>lädt das (laut Quelltext)</translation>
    </message>
    <message>
        <source>unknown format</source>
        <translation>unbekanntes Format</translation>
    </message>
    <message>
        <source>%1 cannot hold %2 bits</source>
        <translation>%1 kann %2 Bits nicht fassen</translation>
    </message>
    <message>
        <source>awq holds one group size</source>
        <translation>awq fasst nur eine Gruppengröße</translation>
    </message>
    <message>
        <source>%1 columns are no multiple of the group size</source>
        <translation>%1 Spalten sind kein Vielfaches der Gruppengröße</translation>
    </message>
    <message>
        <source>gptq packs multiples of 32 columns, not %1</source>
        <translation>gptq packt Vielfache von 32 Spalten, nicht %1</translation>
    </message>
    <message>
        <source>%1 packs multiples of 32 rows, not %2</source>
        <translation>%1 packt Vielfache von 32 Zeilen, nicht %2</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
</context>
<context>
    <name>moequant::AdvancedForm</name>
    <message>
        <source>Average bits</source>
        <translation>Bits im Mittel</translation>
    </message>
    <message>
        <source>Mixed precision: bits of each routed expert from its measured error, this many on average</source>
        <translation>Gemischte Genauigkeit: Bits jedes gerouteten Experten nach seinem gemessenen Fehler, im Mittel so viele</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Bits to choose from</source>
        <translation>Bits zur Auswahl</translation>
    </message>
    <message>
        <source>What mixed precision may give an expert</source>
        <translation>Was die gemischte Genauigkeit einem Experten geben darf</translation>
    </message>
    <message>
        <source>Starved below (tokens)</source>
        <translation>Mangel unter (Tokens)</translation>
    </message>
    <message>
        <source>Routed experts with fewer calibration tokens count as starved</source>
        <translation>Geroutete Experten mit weniger Kalibriertokens gelten als unterversorgt</translation>
    </message>
    <message>
        <source>twice the width</source>
        <translation>doppelte Breite</translation>
    </message>
    <message>
        <source>Other grids by pattern</source>
        <translation>Andere Raster nach Muster</translation>
    </message>
    <message>
        <source>One a line: PATTERN=bits:8,group_size:32,sym:true,clip:mse or PATTERN=skip; * stands for any characters</source>
        <translation>Eine je Zeile: PATTERN=bits:8,group_size:32,sym:true,clip:mse oder PATTERN=skip; * steht für beliebige Zeichen</translation>
    </message>
    <message>
        <source>Starved below</source>
        <translation>Mangel unter</translation>
    </message>
    <message>
        <source>Not a rule: %1</source>
        <translation>Keine Regel: %1</translation>
    </message>
</context>
<context>
    <name>moequant::BalanceModel</name>
    <message>
        <source>Coefficient of variation of the experts&apos; token counts, mean over layers: compare by this one</source>
        <translation>Variationskoeffizient der Tokenzahlen der Experten, Mittel über die Schichten: für Vergleiche am besten</translation>
    </message>
    <message>
        <source>Standard deviation of the experts&apos; shares in percentage points, mean over layers</source>
        <translation>Standardabweichung der Anteile der Experten in Prozentpunkten, Mittel über die Schichten</translation>
    </message>
    <message>
        <source>Gini coefficient of the experts&apos; token counts, mean over layers; 0 is balanced</source>
        <translation>Gini-Koeffizient der Tokenzahlen der Experten, Mittel über die Schichten; 0 ist ausgewogen</translation>
    </message>
    <message>
        <source>Least share of a layer&apos;s tokens that an expert gets</source>
        <translation>Kleinster Anteil an den Tokens einer Schicht, den ein Experte bekommt</translation>
    </message>
    <message>
        <source>Greatest share of a layer&apos;s tokens that an expert gets</source>
        <translation>Größter Anteil an den Tokens einer Schicht, den ein Experte bekommt</translation>
    </message>
    <message>
        <source>Experts without a token, all layers</source>
        <translation>Experten ohne Token, alle Schichten</translation>
    </message>
    <message>
        <source>Experts with fewer than half a percent of the tokens, all layers</source>
        <translation>Experten mit weniger als einem halben Prozent der Tokens, alle Schichten</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>STD (pp)</source>
        <translation>STD (PP)</translation>
    </message>
    <message>
        <source>Gini</source>
        <translation>Gini</translation>
    </message>
    <message>
        <source>Min (%)</source>
        <translation>Min (%)</translation>
    </message>
    <message>
        <source>Max (%)</source>
        <translation>Max (%)</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Ungenutzt</translation>
    </message>
    <message>
        <source>&lt; ½ %</source>
        <translation>&lt; ½ %</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
</context>
<context>
    <name>moequant::BeamModel</name>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>gekappt</translation>
    </message>
    <message>
        <source>pruned now</source>
        <translation>nun gekappt</translation>
    </message>
    <message>
        <source>kept now</source>
        <translation>nun behalten</translation>
    </message>
    <message>
        <source>Mean log-probability of a token, in nats</source>
        <translation>Mittlere Log-Wahrscheinlichkeit eines Tokens, in Nats</translation>
    </message>
    <message>
        <source>Spread of expert usage that this candidate is judged by</source>
        <translation>Streuung der Expertennutzung, nach der dieser Kandidat bewertet wird</translation>
    </message>
    <message>
        <source>−Σ log p / length + σ / τ; lower wins</source>
        <translation>−Σ log p / Länge + σ / τ; der niedrigere gewinnt</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>Text tail</source>
        <translation>Textende</translation>
    </message>
    <message>
        <source>Σ log p / length</source>
        <translation>Σ log p / Länge</translation>
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
        <translation>Score</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
</context>
<context>
    <name>moequant::CalibrationPage</name>
    <message>
        <source>Who gets the tokens?</source>
        <translation>Wer bekommt die Tokens?</translation>
    </message>
    <message>
        <source>Samples of each source</source>
        <translation>Proben je Quelle</translation>
    </message>
    <message>
        <source>Tokens a sample</source>
        <translation>Tokens je Probe</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Send every ticked source through the model and count who gets its tokens</source>
        <translation>Jede angekreuzte Quelle durch das Modell schicken und zählen, wer ihre Tokens bekommt</translation>
    </message>
    <message>
        <source>&amp;Samples × tokens</source>
        <translation>&amp;Proben × Tokens</translation>
    </message>
    <message>
        <source>Least tokens an expert should get; drawn in the histogram</source>
        <translation>Mindestzahl der Tokens je Experte; im Histogramm eingezeichnet</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>&amp;Min tokens of an expert</source>
        <translation>&amp;Min. Tokens je Experte</translation>
    </message>
    <message>
        <source>by expert</source>
        <translation>nach Experte</translation>
    </message>
    <message>
        <source>by use</source>
        <translation>nach Nutzung</translation>
    </message>
    <message>
        <source>Order of the bars</source>
        <translation>Reihenfolge der Balken</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>nebeneinander</translation>
    </message>
    <message>
        <source>overlaid</source>
        <translation>überlagert</translation>
    </message>
    <message>
        <source>How sources share the picture</source>
        <translation>Wie sich Quellen das Bild teilen</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>STD (%)</source>
        <translation>STD (%)</translation>
    </message>
    <message>
        <source>STD of shares</source>
        <translation>STD der Anteile</translation>
    </message>
    <message>
        <source>Measure of balance</source>
        <translation>Maß der Ausgewogenheit</translation>
    </message>
    <message>
        <source>Source of the map</source>
        <translation>Quelle der Karte</translation>
    </message>
    <message>
        <source>Balance by layer</source>
        <translation>Ausgewogenheit</translation>
    </message>
    <message>
        <source>Layer × expert</source>
        <translation>Schicht × Experte</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Similarity</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>Shows what share of the tokens each expert of a layer gets, sources side by side.</source>
        <translation>Zeigt, welchen Anteil der Tokens jeder Experte einer Schicht bekommt, Quellen nebeneinander.</translation>
    </message>
    <message>
        <source>Shows for every layer how unevenly its experts are used; lower is better.</source>
        <translation>Zeigt für jede Schicht, wie ungleichmäßig ihre Experten genutzt werden; weniger ist besser.</translation>
    </message>
    <message>
        <source>Shows every expert of every layer at once; experts without a token are hatched.</source>
        <translation>Zeigt alle Experten aller Schichten auf einmal; Experten ohne Token sind schraffiert.</translation>
    </message>
    <message>
        <source>Shows how far the use of a layer&apos;s experts is from even, with its Gini coefficient.</source>
        <translation>Zeigt, wie weit die Nutzung der Experten einer Schicht von gleichmäßig entfernt ist, mit ihrem Gini-Koeffizienten.</translation>
    </message>
    <message>
        <source>Compares the sources in one row each.</source>
        <translation>Vergleicht die Quellen in je einer Zeile.</translation>
    </message>
    <message>
        <source>Shows how alike two sources use the experts; tick and profile at least two.</source>
        <translation>Zeigt, wie ähnlich zwei Quellen die Experten nutzen; mindestens zwei ankreuzen und messen.</translation>
    </message>
    <message>
        <source>Lorenz curve</source>
        <translation>Lorenzkurve</translation>
    </message>
    <message>
        <source>Top tokens</source>
        <translation>Top-Tokens</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>Zuerst ein Modell öffnen</translation>
    </message>
    <message>
        <source>Tick a source first</source>
        <translation>Zuerst eine Quelle ankreuzen</translation>
    </message>
    <message>
        <source>Profiling %1</source>
        <translation>Profil von %1 messen</translation>
    </message>
    <message>
        <source>Coefficient of variation</source>
        <translation>Variationskoeffizient</translation>
    </message>
    <message>
        <source>STD of shares (percentage points)</source>
        <translation>STD der Anteile (Prozentpunkte)</translation>
    </message>
    <message>
        <source>STD of shares (fraction)</source>
        <translation>STD der Anteile (Bruchteil)</translation>
    </message>
</context>
<context>
    <name>moequant::CandidatePlane</name>
    <message>
        <source>Likelihood and balance</source>
        <translation>Wahrscheinlichkeit und Ausgleich</translation>
    </message>
    <message>
        <source>Mean −log p (nats)</source>
        <translation>Mittleres −log p (Nats)</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Candidates: %1, of which τ %2 keeps %3</source>
        <translation>Kandidaten: %1, davon behält τ %2: %3</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>gekappt</translation>
    </message>
    <message>
        <source>kept at τ %1</source>
        <translation>behalten bei τ %1</translation>
    </message>
    <message>
        <source>Candidates of equal score at τ %1
drag to change τ</source>
        <translation>Kandidaten mit gleichem Score bei τ %1
ziehen ändert τ</translation>
    </message>
    <message>
        <source>rank %1, %2
mean −log p %3 nats (perplexity %4)
σ %5
score at τ %6: %7</source>
        <translation>Rang %1, %2
mittleres −log p %3 Nats (Perplexität %4)
σ %5
Score bei τ %6: %7</translation>
    </message>
</context>
<context>
    <name>moequant::Card</name>
    <message>
        <source>What am I looking at?</source>
        <translation>Was ist hier zu sehen?</translation>
    </message>
    <message>
        <source>What does “%1” show?</source>
        <translation>Was zeigt „%1“?</translation>
    </message>
</context>
<context>
    <name>moequant::CardStack</name>
    <message>
        <source>Show %1</source>
        <translation>%1 zeigen</translation>
    </message>
</context>
<context>
    <name>moequant::CommandPalette</name>
    <message>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was soll geschehen?</translation>
    </message>
    <message>
        <source>Part of an action&apos;s name</source>
        <translation>Teil des Namens einer Aktion</translation>
    </message>
    <message>
        <source>Actions that fit</source>
        <translation>Passende Aktionen</translation>
    </message>
</context>
<context>
    <name>moequant::ComparePage</name>
    <message>
        <source>Which one is better?</source>
        <translation>Was ist besser?</translation>
    </message>
    <message>
        <source>Evaluate…</source>
        <translation>Auswerten…</translation>
    </message>
    <message>
        <source>Measure perplexity and agreement of the chosen runs</source>
        <translation>Perplexität und Übereinstimmung der gewählten Läufe messen</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Calibration sets</source>
        <translation>Kalibriermengen</translation>
    </message>
    <message>
        <source>Sweeps</source>
        <translation>Reihen</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>Alle Läufe</translation>
    </message>
    <message>
        <source>Kind of run</source>
        <translation>Art des Laufs</translation>
    </message>
    <message>
        <source>Which runs stand in the table</source>
        <translation>Welche Läufe in der Tabelle stehen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>Filter der Läufe</translation>
    </message>
    <message>
        <source>Show the runs alone that have this text in any column</source>
        <translation>Nur Läufe zeigen, die diesen Text in einer Spalte haben</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Choose what the table shows</source>
        <translation>Wählen, was die Tabelle zeigt</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Values and differences</source>
        <translation>Werte und Differenzen</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Differenzen</translation>
    </message>
    <message>
        <source>Values or differences</source>
        <translation>Werte oder Differenzen</translation>
    </message>
    <message>
        <source>Show how far each run is from the baseline</source>
        <translation>Zeigen, wie weit jeder Lauf vom Bezug entfernt ist</translation>
    </message>
    <message>
        <source>&amp;Published rows</source>
        <translation>&amp;Veröffentlichte</translation>
    </message>
    <message>
        <source>Add what papers state, in grey: for these models, or for all where none matches</source>
        <translation>Hinzufügen, was Artikel angeben, in Grau: zu diesen Modellen, oder zu allen, wo keines passt</translation>
    </message>
    <message>
        <source>Sets runs side by side: perplexity, agreement, errors and size of every quantized model.</source>
        <translation>Stellt Läufe nebeneinander: Perplexität, Übereinstimmung, Fehler und Größe jedes quantisierten Modells.</translation>
    </message>
    <message>
        <source>Shows a metric of the runs against a setting in which they differ.</source>
        <translation>Zeigt eine Metrik der Läufe nach einer Einstellung, in der sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>&lt;p&gt;One row a quantized model with all its evaluations, or a calibration set, or a cell of a sweep. The best value of a column is bold.&lt;/p&gt;&lt;p&gt;Differences from the baseline are relative, of shares in points. Where both runs were measured on the same windows a 95 % interval is taken over the paired losses; ≈ says that it holds 0.&lt;/p&gt;&lt;p&gt;Rows with † are figures from papers, not measured here.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Eine Zeile je quantisiertes Modell mit allen seinen Auswertungen, je Kalibriermenge oder je Zelle einer Reihe. Der beste Wert einer Spalte ist fett.&lt;/p&gt;&lt;p&gt;Differenzen zum Bezug sind relativ, bei Anteilen in Punkten. Wo beide Läufe auf denselben Fenstern gemessen wurden, wird ein 95-%-Intervall über die gepaarten Verluste gebildet; ≈ sagt, dass es 0 enthält.&lt;/p&gt;&lt;p&gt;Zeilen mit † sind Werte aus Artikeln, nicht hier gemessen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Use as &amp;baseline</source>
        <translation>Als &amp;Bezug nehmen</translation>
    </message>
    <message>
        <source>Show its &amp;errors</source>
        <translation>Seine &amp;Fehler zeigen</translation>
    </message>
    <message>
        <source>Copy the run&apos;s &amp;folder</source>
        <translation>&amp;Ordner des Laufs kopieren</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>No &amp;baseline</source>
        <translation>Kein &amp;Bezug</translation>
    </message>
    <message>
        <source>Evaluating %1</source>
        <translation>%1 auswerten</translation>
    </message>
</context>
<context>
    <name>moequant::ComparisonModel</name>
    <message>
        <source>%1 pt</source>
        <translation>%1 Pkt.</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>95 % interval over the same windows: %1 % to %2 %</source>
        <translation>95-%-Intervall über dieselben Fenster: %1 % bis %2 %</translation>
    </message>
    <message>
        <source>No difference shown</source>
        <translation>Kein Unterschied zu erkennen</translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <translation>%1 (Bezug)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
</context>
<context>
    <name>moequant::CurvePlot</name>
    <message>
        <source>Curves: %1 against %2, %3 series</source>
        <translation>Kurven: %1 nach %2, %3 Serien</translation>
    </message>
    <message>
        <source>rounding dominates</source>
        <translation>Rundung überwiegt</translation>
    </message>
    <message>
        <source>routing changed</source>
        <translation>Routing geändert</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>von %1 bis %2</translation>
    </message>
</context>
<context>
    <name>moequant::DataTable</name>
    <message>
        <source>Copy &amp;selected rows</source>
        <translation>&amp;Auswahl kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy all as CSV</source>
        <translation>Alles als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>Copy all as &amp;LaTeX</source>
        <translation>Alles als &amp;LaTeX kopieren</translation>
    </message>
    <message>
        <source>Copy all as &amp;Markdown</source>
        <translation>Alles als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Save as CS&amp;V…</source>
        <translation>Als CS&amp;V speichern…</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Save as La&amp;TeX…</source>
        <translation>Als La&amp;TeX speichern…</translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation>LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>Save or copy this table</source>
        <translation>Diese Tabelle speichern oder kopieren</translation>
    </message>
    <message>
        <source>Table copied as CSV</source>
        <translation>Tabelle als CSV kopiert</translation>
    </message>
    <message>
        <source>Table copied as LaTeX</source>
        <translation>Tabelle als LaTeX kopiert</translation>
    </message>
    <message>
        <source>Table copied as Markdown</source>
        <translation>Tabelle als Markdown kopiert</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>moequant::DistributionPlot</name>
    <message>
        <source>Distribution of errors</source>
        <translation>Verteilung der Fehler</translation>
    </message>
    <message>
        <source>Box plots: %1 of %2 groups</source>
        <translation>Kastendiagramme: %1 aus %2 Gruppen</translation>
    </message>
    <message>
        <source>box: middle half, line: median, whiskers: 5 to 95 %</source>
        <translation>Kasten: mittlere Hälfte, Strich: Median, Antennen: 5 bis 95 %</translation>
    </message>
    <message>
        <source>%1: median %2, middle half %3 to %4, %L5 values</source>
        <translation>%1: Median %2, mittlere Hälfte %3 bis %4, %L5 Werte</translation>
    </message>
</context>
<context>
    <name>moequant::EbssPage</name>
    <message>
        <source>How is balance bought, and what does the text look like?</source>
        <translation>Wie wird Ausgewogenheit erkauft, und wie sieht der Text aus?</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Write the whole calibration set</source>
        <translation>Die ganze Kalibriermenge schreiben</translation>
    </message>
    <message>
        <source>Preview %1</source>
        <translation>Vorschau %1</translation>
    </message>
    <message>
        <source>Search a few sequences at these values and watch the beams</source>
        <translation>Einige Folgen mit diesen Werten suchen und den Strahlen zusehen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Menge</translation>
    </message>
    <message>
        <source>How the search chooses</source>
        <translation>Wie die Suche wählt</translation>
    </message>
    <message>
        <source>What the model wrote</source>
        <translation>Was das Modell schrieb</translation>
    </message>
    <message>
        <source>Search or set</source>
        <translation>Suche oder Menge</translation>
    </message>
    <message>
        <source>As in the paper</source>
        <translation>Wie im Artikel</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Own values</source>
        <translation>Eigene Werte</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>What the score measures, and what keeps the text varied</source>
        <translation>Was der Score misst und was den Text abwechslungsreich hält</translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>Zuerst ein Modell öffnen</translation>
    </message>
    <message>
        <source>Searching sequences</source>
        <translation>Folgen suchen</translation>
    </message>
    <message>
        <source>Writing %1 sequences</source>
        <translation>%1 Folgen schreiben</translation>
    </message>
    <message>
        <source>token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>%1 tokens written in %2</source>
        <translation>%1 Tokens in %2 geschrieben</translation>
    </message>
    <message>
        <source>Read the set</source>
        <translation>Menge lesen</translation>
    </message>
    <message>
        <source>Set (%1)</source>
        <translation>Menge (%1)</translation>
    </message>
    <message>
        <source>The run folder is not on this machine, so no set can be written beside it</source>
        <translation>Der Laufordner ist nicht auf diesem Rechner, daher kann keine Menge daneben geschrieben werden</translation>
    </message>
    <message>
        <source>%1 sequences are offered as a source: %2</source>
        <translation>%1 Folgen stehen als Quelle bereit: %2</translation>
    </message>
</context>
<context>
    <name>moequant::ErrorScatter</name>
    <message>
        <source>Error against tokens</source>
        <translation>Fehler nach Tokens</translation>
    </message>
    <message>
        <source>Tokens of the expert</source>
        <translation>Tokens des Experten</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Scatter: %1 against tokens, %2 experts</source>
        <translation>Streudiagramm: %1 nach Tokens, %2 Experten</translation>
    </message>
    <message>
        <source>trend: slope %1, r = %2, %L3 experts</source>
        <translation>Trend: Steigung %1, r = %2, %L3 Experten</translation>
    </message>
    <message>
        <source>Layer %1, expert %2
%3: %4
%L5 tokens</source>
        <translation>Schicht %1, Experte %2
%3: %4
%L5 Tokens</translation>
    </message>
    <message>
        <source>trend</source>
        <translation>Trend</translation>
    </message>
    <message>
        <source>Scatter: %1 against %2, %3 points</source>
        <translation>Streudiagramm: %1 nach %2, %3 Punkte</translation>
    </message>
    <message>
        <source>trend: slope %1, r = %2, %L3 points</source>
        <translation>Trend: Steigung %1, r = %2, %L3 Punkte</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>Schicht %1, Experte %2</translation>
    </message>
</context>
<context>
    <name>moequant::ErrorsPage</name>
    <message>
        <source>Where did it go wrong?</source>
        <translation>Wo ging es schief?</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>Fehler jedes Experten</translation>
    </message>
    <message>
        <source>Shows each expert&apos;s relative output error after a quantization.</source>
        <translation>Zeigt nach einer Quantisierung den relativen Ausgabefehler jedes Experten.</translation>
    </message>
    <message>
        <source>Linears, worst first</source>
        <translation>Matrizen, schlechteste zuerst</translation>
    </message>
    <message>
        <source>Shows whether experts with few tokens have larger errors.</source>
        <translation>Zeigt, ob Experten mit wenigen Tokens größere Fehler haben.</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Lists every quantized linear with its error and the tokens it saw.</source>
        <translation>Listet jede quantisierte Matrix mit ihrem Fehler und den Tokens, die sie sah.</translation>
    </message>
    <message>
        <source>Error of every expert, %1</source>
        <translation>Fehler jedes Experten, %1</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>Lauf wählen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>The quantization whose errors are shown</source>
        <translation>Die Quantisierung, deren Fehler gezeigt werden</translation>
    </message>
    <message>
        <source>No other run</source>
        <translation>Kein anderer Lauf</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>A second run, drawn against the first; a run&apos;s folder can be dropped here too</source>
        <translation>Ein zweiter Lauf, gegen den ersten gezeichnet; auch der Ordner eines Laufs kann hier abgelegt werden</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>Was die Karte zeigt</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>Co&amp;mpare with</source>
        <translation>&amp;Vergleich mit</translation>
    </message>
    <message>
        <source>Shows how errors spread in each layer and with each method.</source>
        <translation>Zeigt, wie Fehler in jeder Schicht und bei jeder Methode streuen.</translation>
    </message>
    <message>
        <source>by layer</source>
        <translation>je Schicht</translation>
    </message>
    <message>
        <source>by method</source>
        <translation>je Methode</translation>
    </message>
    <message>
        <source>Errors grouped</source>
        <translation>Fehler gruppiert</translation>
    </message>
    <message>
        <source>A box for each layer, or one for each method that quantized this model</source>
        <translation>Ein Kasten je Schicht oder je Methode, die dieses Modell quantisiert hat</translation>
    </message>
    <message>
        <source>Shows expert by expert which of two runs has the smaller error: choose one to compare with above.</source>
        <translation>Zeigt Experte für Experte, welcher von zwei Läufen den kleineren Fehler hat: oben einen zum Vergleich wählen.</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Paired</source>
        <translation>Gepaart</translation>
    </message>
    <message>
        <source>Channels, worst first</source>
        <translation>Kanäle, schlechteste zuerst</translation>
    </message>
    <message>
        <source>Lists the output channels with the largest errors.</source>
        <translation>Listet die Ausgabekanäle mit den größten Fehlern.</translation>
    </message>
    <message>
        <source>This expert in every run</source>
        <translation>Dieser Experte in jedem Lauf</translation>
    </message>
    <message>
        <source>Shows the selected expert&apos;s error in every run of this model: select one in the map.</source>
        <translation>Zeigt den Fehler des gewählten Experten in jedem Lauf dieses Modells: einen in der Karte wählen.</translation>
    </message>
    <message>
        <source>Linears</source>
        <translation>Matrizen</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>This expert</source>
        <translation>Dieser Experte</translation>
    </message>
    <message>
        <source>%1: no expert&apos;s error is recorded in this run</source>
        <translation>%1: in diesem Lauf ist kein Expertenfehler verzeichnet</translation>
    </message>
    <message>
        <source>The %L1 worst of %L2</source>
        <translation>Die %L1 schlechtesten von %L2</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 gegen %2</translation>
    </message>
    <message>
        <source>Paired differences</source>
        <translation>Gepaarte Differenzen</translation>
    </message>
    <message>
        <source>Error of %1 over that of %2</source>
        <translation>Fehler von %1 durch den von %2</translation>
    </message>
    <message>
        <source>Relative output error</source>
        <translation>Relativer Ausgabefehler</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>all runs of this model</source>
        <translation>alle Läufe dieses Modells</translation>
    </message>
    <message>
        <source>Layer %1, expert %2 in every run</source>
        <translation>Schicht %1, Experte %2 in jedem Lauf</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>ratios</source>
        <translation>Quotienten</translation>
    </message>
    <message>
        <source>The map shows errors, or their ratio to the other run&apos;s</source>
        <translation>Die Karte zeigt Fehler oder ihr Verhältnis zu denen des anderen Laufs</translation>
    </message>
    <message>
        <source>Ma&amp;p</source>
        <translation>&amp;Karte</translation>
    </message>
    <message>
        <source>Error %</source>
        <translation>Fehler %</translation>
    </message>
</context>
<context>
    <name>moequant::EvaluateForm</name>
    <message>
        <source>&amp;Agreement with the float model</source>
        <translation>Über&amp;einstimmung mit dem Float-Modell</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Start</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Measure the perplexity on %1</source>
        <translation>Die Perplexität auf %1 messen</translation>
    </message>
    <message>
        <source>32 windows of 512 tokens</source>
        <translation>32 Fenster zu 512 Tokens</translation>
    </message>
    <message>
        <source>The whole test set</source>
        <translation>Die ganze Testmenge</translation>
    </message>
    <message>
        <source>How much of each corpus is read</source>
        <translation>Wie viel von jedem Korpus gelesen wird</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Also compare every next-token distribution and route with the float model&apos;s</source>
        <translation>Auch jede Verteilung des nächsten Tokens und jede Route mit dem Float-Modell vergleichen</translation>
    </message>
    <message>
        <source>Evaluate these, one after the other</source>
        <translation>Diese nacheinander auswerten</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Schl&amp;ießen</translation>
    </message>
    <message>
        <source>Hide this form</source>
        <translation>Dieses Formular ausblenden</translation>
    </message>
    <message>
        <source>Select runs in the table</source>
        <translation>Läufe in der Tabelle auswählen</translation>
    </message>
    <message>
        <source>Evaluate %1</source>
        <translation>%1 auswerten</translation>
    </message>
    <message>
        <source>Evaluate %1 runs</source>
        <translation>%1 Läufe auswerten</translation>
    </message>
</context>
<context>
    <name>moequant::ExportPage</name>
    <message>
        <source>How does it leave the workbench?</source>
        <translation>Wie verlässt es die Workbench?</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Write the chosen quantization in this format, and verify it</source>
        <translation>Die gewählte Quantisierung in diesem Format schreiben und prüfen</translation>
    </message>
    <message>
        <source>Choose a finished quantization</source>
        <translation>Eine fertige Quantisierung wählen</translation>
    </message>
    <message>
        <source>Quantization to export</source>
        <translation>Zu exportierende Quantisierung</translation>
    </message>
    <message>
        <source>The finished quantization whose codes are written</source>
        <translation>Die fertige Quantisierung, deren Codes geschrieben werden</translation>
    </message>
    <message>
        <source>&amp;Quantization</source>
        <translation>&amp;Quantisierung</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Destination folder</source>
        <translation>Zielordner</translation>
    </message>
    <message>
        <source>A folder that does not exist yet, or is empty</source>
        <translation>Ein Ordner, den es noch nicht gibt oder der leer ist</translation>
    </message>
    <message>
        <source>Folder to write, new or empty</source>
        <translation>Zielordner, neu oder leer</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Choose the destination folder</source>
        <translation>Den Zielordner wählen</translation>
    </message>
    <message>
        <source>&amp;Destination</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>After writing, every tensor is read back and compared with what was meant; the result stands here.</source>
        <translation>Nach dem Schreiben wird jeder Tensor zurückgelesen und mit dem Beabsichtigten verglichen; das Ergebnis steht hier.</translation>
    </message>
    <message>
        <source>Load it with</source>
        <translation>Laden mit</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Not written</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>Export nach %1</translation>
    </message>
    <message>
        <source>Codes packed for GPTQ kernels; 2, 3, 4 or 8 bits, mixed grids by rules.</source>
        <translation>Für GPTQ-Kernel gepackte Codes; 2, 3, 4 oder 8 Bits, gemischte Raster durch Regeln.</translation>
    </message>
    <message>
        <source>Packed for AWQ kernels; 4 bits, one group size.</source>
        <translation>Für AWQ-Kernel gepackt; 4 Bits, eine Gruppengröße.</translation>
    </message>
    <message>
        <source>The dequantized weights: loads wherever the original does, at its size.</source>
        <translation>Die dequantisierten Gewichte: laden überall, wo das Original lädt, in dessen Größe.</translation>
    </message>
    <message>
        <source>The run&apos;s own checkpoint has this format.</source>
        <translation>Der eigene Checkpoint des Laufs hat dieses Format.</translation>
    </message>
    <message>
        <source>⚠ Refused where a zero point is 0, which gptq cannot store.</source>
        <translation>⚠ Abgelehnt, wo ein Nullpunkt 0 ist, was gptq nicht speichern kann.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this command line</source>
        <translation>Diese Befehlszeile kopieren</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Read back</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>differs from what was meant</source>
        <translation>weicht vom Beabsichtigten ab</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Nach %1 exportiert</translation>
    </message>
    <message>
        <source>Packed integers, a group of the config for each grid; 4 or 8 bits.</source>
        <translation>Gepackte Ganzzahlen, je Raster eine Gruppe der Konfiguration; 4 oder 8 Bits.</translation>
    </message>
    <message>
        <source>%1 linears (%2 of experts) and %3 float tensors are as meant</source>
        <translation>%1 Matrizen (%2 von Experten) und %3 Float-Tensoren sind wie beabsichtigt</translation>
    </message>
</context>
<context>
    <name>moequant::FactModel</name>
    <message>
        <source>Property</source>
        <translation>Eigenschaft</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>moequant::FigureDialog</name>
    <message>
        <source>Save picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source> mm</source>
        <translation> mm</translation>
    </message>
    <message>
        <source>A column of a paper is about 85 mm wide, a page&apos;s text about 170 mm</source>
        <translation>Eine Spalte eines Artikels ist etwa 85 mm breit, der Satzspiegel etwa 170 mm</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Width:</source>
        <translation>&amp;Breite:</translation>
    </message>
    <message>
        <source>&amp;Height:</source>
        <translation>&amp;Höhe:</translation>
    </message>
    <message>
        <source>&amp;Resolution (PNG):</source>
        <translation>&amp;Auflösung (PNG):</translation>
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
        <translation>Experte</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Heat map: %1, %2 layers, %3 experts</source>
        <translation>Heatmap: %1, %2 Schichten, %3 Experten</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>kein Token</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>Schicht %1, Experte %2</translation>
    </message>
    <message>
        <source>%1: not known yet</source>
        <translation>%1: noch nicht bekannt</translation>
    </message>
    <message>
        <source>%L1 tokens</source>
        <translation>%L1 Tokens</translation>
    </message>
</context>
<context>
    <name>moequant::Inspector</name>
    <message>
        <source>Selected layer</source>
        <translation>Gewählte Schicht</translation>
    </message>
    <message>
        <source>Selected expert</source>
        <translation>Gewählter Experte</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>&amp;Layer</source>
        <translation>S&amp;chicht</translation>
    </message>
    <message>
        <source>E&amp;xpert</source>
        <translation>E&amp;xperte</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>layer CV</source>
        <translation>CV/Schicht</translation>
    </message>
    <message>
        <source>Quantized: %1</source>
        <translation>Quantisiert: %1</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Open a model to select its layers and experts.</source>
        <translation>Ein Modell öffnen, um Schichten und Experten auszuwählen.</translation>
    </message>
    <message>
        <source>Click a bar or a cell on any page to see that expert&apos;s numbers here.</source>
        <translation>Ein Klick auf einen Balken oder eine Zelle einer Seite zeigt hier die Zahlen dieses Experten.</translation>
    </message>
</context>
<context>
    <name>moequant::LabExpertsView</name>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>How the numbers go together</source>
        <translation>Wie die Zahlen zusammenhängen</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>1 · Tokens of every expert</source>
        <translation>1 · Tokens jedes Experten</translation>
    </message>
    <message>
        <source>Shows how many calibration tokens each expert gets.</source>
        <translation>Zeigt, wie viele Kalibriertokens jeder Experte bekommt.</translation>
    </message>
    <message>
        <source>2 · Hessian error against n</source>
        <translation>2 · Hesse-Fehler nach n</translation>
    </message>
    <message>
        <source>Shows that the error of an expert&apos;s Hessian falls like 1/√n.</source>
        <translation>Zeigt, dass der Fehler der Hesse-Matrix eines Experten wie 1/√n sinkt.</translation>
    </message>
    <message>
        <source>Shows whether a wrong Hessian makes a worse quantization.</source>
        <translation>Zeigt, ob eine falsche Hesse-Matrix schlechter quantisieren lässt.</translation>
    </message>
    <message>
        <source>Shows the eigenvalues of the selected expert&apos;s Hessian.</source>
        <translation>Zeigt die Eigenwerte der Hesse-Matrix des gewählten Experten.</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Lists tokens, Hessian error, effective rank and quantization error of every expert.</source>
        <translation>Listet Tokens, Hesse-Fehler, effektiven Rang und Quantisierungsfehler jedes Experten.</translation>
    </message>
    <message>
        <source>Quantization error</source>
        <translation>Quantisierungsfehler</translation>
    </message>
    <message>
        <source>3 · Quantization against Hessian error, ρ = %1</source>
        <translation>3 · Quantisierungs- nach Hesse-Fehler, ρ = %1</translation>
    </message>
    <message>
        <source>3 · Quantization against Hessian error</source>
        <translation>3 · Quantisierungs- nach Hesse-Fehler</translation>
    </message>
    <message>
        <source>Relative error</source>
        <translation>Relativer Fehler</translation>
    </message>
    <message>
        <source>Rel. eigenvalue</source>
        <translation>Rel. Eigenwert</translation>
    </message>
</context>
<context>
    <name>moequant::LabForm</name>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Which entries, ε and n; how often to draw; which experts and which grid</source>
        <translation>Welche Einträge, ε und n; wie oft gezogen wird; welche Experten und welches Raster</translation>
    </message>
    <message>
        <source>What the loss means for differences</source>
        <translation>Was der Verlust für Differenzen bedeutet</translation>
    </message>
    <message>
        <source>every second sequence</source>
        <translation>jede zweite Folge</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>The text whose tokens the Hessians are made from</source>
        <translation>Der Text, aus dessen Tokens die Hesse-Matrizen gebildet werden</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>How many sequences of the source</source>
        <translation>Wie viele Folgen der Quelle</translation>
    </message>
    <message>
        <source>Tokens a sample</source>
        <translation>Tokens je Probe</translation>
    </message>
    <message>
        <source>How long each of them is</source>
        <translation>Wie lang jede von ihnen ist</translation>
    </message>
    <message>
        <source>So&amp;urce</source>
        <translation>&amp;Quelle</translation>
    </message>
    <message>
        <source>A polynomial with known derivatives: the estimators are judged without a model.</source>
        <translation>Ein Polynom mit bekannten Ableitungen: Die Schätzer werden ohne Modell beurteilt.</translation>
    </message>
    <message>
        <source>The model&apos;s own loss runs the layers above for every evaluation: n counts sequences, and it takes longer.</source>
        <translation>Der eigene Verlust des Modells rechnet für jede Auswertung die Schichten darüber: n zählt Folgen, und es dauert länger.</translation>
    </message>
    <message>
        <source>This loss is exactly quadratic in %1: every difference is exact at any ε; noise and rounding are all that is left.</source>
        <translation>Dieser Verlust ist in %1 genau quadratisch: Jede Differenz ist bei jedem ε exakt; nur Rauschen und Rundung bleiben.</translation>
    </message>
    <message>
        <source>This loss is not quadratic in gate, which the activation bends: differences have an error that grows with ε.</source>
        <translation>Dieser Verlust ist in gate nicht quadratisch, weil die Aktivierung es krümmt: Differenzen haben einen Fehler, der mit ε wächst.</translation>
    </message>
</context>
<context>
    <name>moequant::LabPage</name>
    <message>
        <source>Why does balance matter?</source>
        <translation>Warum zählt Ausgewogenheit?</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Estimate the Hessian in several ways, and quantize with what few tokens give</source>
        <translation>Die Hesse-Matrix auf mehrere Arten schätzen und mit dem quantisieren, was wenige Tokens ergeben</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>How far each estimate is from the true Hessian, and why</source>
        <translation>Wie weit jede Schätzung von der wahren Hesse-Matrix entfernt ist, und warum</translation>
    </message>
    <message>
        <source>From tokens to the Hessian&apos;s error to the quantization error</source>
        <translation>Von Tokens zum Fehler der Hesse-Matrix zum Quantisierungsfehler</translation>
    </message>
    <message>
        <source>Five steps through this run&apos;s numbers, with questions</source>
        <translation>Fünf Schritte durch die Zahlen dieses Laufs, mit Fragen</translation>
    </message>
    <message>
        <source>Study, experts or tour</source>
        <translation>Studie, Experten oder Rundgang</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>Zuerst ein Modell öffnen</translation>
    </message>
    <message>
        <source>Hessian lab</source>
        <translation>Hesse-Labor</translation>
    </message>
</context>
<context>
    <name>moequant::LabStudyView</name>
    <message>
        <source>Whose measurements are drawn</source>
        <translation>Wessen Messungen gezeichnet sind</translation>
    </message>
    <message>
        <source>What the horizontal axis shows</source>
        <translation>Was die waagerechte Achse zeigt</translation>
    </message>
    <message>
        <source>The n whose curves are drawn</source>
        <translation>Das n, dessen Kurven gezeichnet sind</translation>
    </message>
    <message>
        <source>The ε whose curves are drawn</source>
        <translation>Das ε, dessen Kurven gezeichnet sind</translation>
    </message>
    <message>
        <source>Whose error the map shows</source>
        <translation>Wessen Fehler die Karte zeigt</translation>
    </message>
    <message>
        <source>a&amp;t n</source>
        <translation>b&amp;ei n</translation>
    </message>
    <message>
        <source>a&amp;t ε</source>
        <translation>b&amp;ei ε</translation>
    </message>
    <message>
        <source>step ε</source>
        <translation>Schritt ε</translation>
    </message>
    <message>
        <source>sample size n</source>
        <translation>Probenzahl n</translation>
    </message>
    <message>
        <source>Whether noise biases a difference</source>
        <translation>Ob Rauschen eine Differenz verzerrt</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Ordnungen</translation>
    </message>
    <message>
        <source>Bias term</source>
        <translation>Bias-Term</translation>
    </message>
    <message>
        <source>&amp;Measured with</source>
        <translation>&amp;Gemessen mit</translation>
    </message>
    <message>
        <source>&amp;against</source>
        <translation>&amp;nach</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>Shows how far each estimate is from the true Hessian on average, and with which order of ε.</source>
        <translation>Zeigt, wie weit jede Schätzung im Mittel von der wahren Hesse-Matrix entfernt ist und mit welcher Ordnung von ε.</translation>
    </message>
    <message>
        <source>Variance</source>
        <translation>Varianz</translation>
    </message>
    <message>
        <source>Error over ε and n</source>
        <translation>Fehler über ε und n</translation>
    </message>
    <message>
        <source>Shows at which ε and n a difference is nearest to the truth.</source>
        <translation>Zeigt, bei welchem ε und n eine Differenz der Wahrheit am nächsten ist.</translation>
    </message>
    <message>
        <source>Measured orders</source>
        <translation>Gemessene Ordnungen</translation>
    </message>
    <message>
        <source>Estimate</source>
        <translation>Schätzung</translation>
    </message>
    <message>
        <source>Compares the orders that were measured with those of the theory.</source>
        <translation>Vergleicht die gemessenen Ordnungen mit denen der Theorie.</translation>
    </message>
    <message>
        <source>Shows whether sampling noise biases a difference by σ²/(nε²).</source>
        <translation>Zeigt, ob Stichprobenrauschen eine Differenz um σ²/(nε²) verzerrt.</translation>
    </message>
    <message>
        <source>Var. / curvature²</source>
        <translation>Var. / Krümmung²</translation>
    </message>
    <message>
        <source>Bias against ε</source>
        <translation>Bias nach ε</translation>
    </message>
    <message>
        <source>Bias against n</source>
        <translation>Bias nach n</translation>
    </message>
    <message>
        <source>Variance against ε</source>
        <translation>Varianz nach ε</translation>
    </message>
    <message>
        <source>Variance against n</source>
        <translation>Varianz nach n</translation>
    </message>
    <message>
        <source>Measured with all samples, an estimate does not spread: its variance is 0.</source>
        <translation>Mit allen Proben gemessen streut eine Schätzung nicht: Ihre Varianz ist 0.</translation>
    </message>
    <message>
        <source>Shows how much each estimate spreads from sample to sample.</source>
        <translation>Zeigt, wie sehr jede Schätzung von Probe zu Probe streut.</translation>
    </message>
    <message>
        <source>Error / curvature</source>
        <translation>Fehler / Krümmung</translation>
    </message>
    <message numerus="yes">
        <source>%n measurements are 0 and have no place on a logarithmic axis.</source>
        <translation>
            <numerusform>%n Messung ist 0 und hat auf einer logarithmischen Achse keinen Platz.</numerusform>
            <numerusform>%n Messungen sind 0 und haben auf einer logarithmischen Achse keinen Platz.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moequant::LabTourView</name>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>Antwort zeigen</translation>
    </message>
    <message>
        <source>Save as notebook…</source>
        <translation>Als Notebook speichern…</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Walks in five steps through the numbers of a run, from a finite difference to the experts, with a question at each.</source>
        <translation>Führt in fünf Schritten durch die Zahlen eines Laufs, von einer finiten Differenz zu den Experten, mit je einer Frage.</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>Voriger Schritt</translation>
    </message>
    <message>
        <source>The step before (Left)</source>
        <translation>Der Schritt davor (Links)</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>The step after (Right)</source>
        <translation>Der Schritt danach (Rechts)</translation>
    </message>
    <message>
        <source>Write all steps with their pictures as Markdown</source>
        <translation>Alle Schritte mit ihren Bildern als Markdown schreiben</translation>
    </message>
    <message>
        <source>Think first; then press Return</source>
        <translation>Erst denken, dann Eingabetaste</translation>
    </message>
    <message>
        <source>Text of the step</source>
        <translation>Text des Schritts</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>This run did not measure what this picture shows.</source>
        <translation>Dieser Lauf hat nicht gemessen, was dieses Bild zeigt.</translation>
    </message>
    <message>
        <source>Save the tour as a notebook</source>
        <translation>Den Rundgang als Notebook speichern</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
</context>
<context>
    <name>moequant::LayerLines</name>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Lines: %1 by layer, sources: %2</source>
        <translation>Linien: %1 je Schicht, Quellen: %2</translation>
    </message>
</context>
<context>
    <name>moequant::LearnPage</name>
    <message>
        <source>What does it mean?</source>
        <translation>Was bedeutet das?</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
</context>
<context>
    <name>moequant::LogModel</name>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>moequant::LogPage</name>
    <message>
        <source>What was said?</source>
        <translation>Was wurde gemeldet?</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Lists what the worker and the window report, warnings among it.</source>
        <translation>Listet, was Arbeitsprozess und Fenster melden, darunter Warnungen.</translation>
    </message>
    <message>
        <source>Run folder: %1</source>
        <translation>Laufordner: %1</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: fertig</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>moequant::LorenzCurve</name>
    <message>
        <source>Lorenz curve</source>
        <translation>Lorenzkurve</translation>
    </message>
    <message>
        <source>Experts, least used first (%)</source>
        <translation>Experten, seltenste zuerst (%)</translation>
    </message>
    <message>
        <source>Tokens (%)</source>
        <translation>Tokens (%)</translation>
    </message>
    <message>
        <source>Experts of layer %1, least used first (%)</source>
        <translation>Experten von Schicht %1, seltenste zuerst (%)</translation>
    </message>
    <message>
        <source>%1 Gini %2</source>
        <translation>%1 Gini %2</translation>
    </message>
    <message>
        <source>%1, Gini %2</source>
        <translation>%1, Gini %2</translation>
    </message>
    <message>
        <source>even use</source>
        <translation>gleiche Nutzung</translation>
    </message>
    <message>
        <source>%1, layer %2
the %3 least used experts get %4 % of the tokens
the last of them: expert %5, %6 %</source>
        <translation>%1, Schicht %2
die %3 seltensten Experten bekommen %4 % der Tokens
der letzte von ihnen: Experte %5, %6 %</translation>
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
        <translation>%1. Ein anderer Arbeitsprozess wurde gestartet; das Fenster hat alles behalten.</translation>
    </message>
    <message>
        <source>%1. Jobs cannot run until a worker is started.</source>
        <translation>%1. Aufträge laufen erst wieder, wenn ein Arbeitsprozess gestartet ist.</translation>
    </message>
    <message>
        <source>Start the worker</source>
        <translation>Prozess starten</translation>
    </message>
    <message>
        <source>Resume the run</source>
        <translation>Lauf fortsetzen</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titelleiste</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>No recent model</source>
        <translation>Kein letztes Modell</translation>
    </message>
    <message>
        <source>What the model is</source>
        <translation>Was das Modell ist</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Go to Quantize</source>
        <translation>Zu Quantisieren</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>What is in this model?</source>
        <translation>Was ist in diesem Modell?</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Who gets the tokens?</source>
        <translation>Wer bekommt die Tokens?</translation>
    </message>
    <message>
        <source>EBSS</source>
        <translation>EBSS</translation>
    </message>
    <message>
        <source>How is balance bought?</source>
        <translation>Wie wird Ausgewogenheit erkauft?</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>Quantisieren</translation>
    </message>
    <message>
        <source>What will happen, what is happening?</source>
        <translation>Was wird geschehen, was geschieht?</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Where did it go wrong?</source>
        <translation>Wo ging es schief?</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>What does it mean?</source>
        <translation>Was bedeutet das?</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>What was said?</source>
        <translation>Was wurde gemeldet?</translation>
    </message>
    <message>
        <source>WikiText-2 is not on this machine; the built-in prose stands in for it</source>
        <translation>WikiText-2 ist nicht auf diesem Rechner; die eingebaute Prosa vertritt es</translation>
    </message>
    <message>
        <source>Open a model </source>
        <translation>Modell öffnen </translation>
    </message>
    <message>
        <source>%1 – MoEQuant Workbench</source>
        <translation>%1 – MoEQuant Workbench</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>&amp;Open a model…</source>
        <translation>&amp;Modell öffnen…</translation>
    </message>
    <message>
        <source>Open the &amp;sample model</source>
        <translation>Beis&amp;pielmodell öffnen</translation>
    </message>
    <message>
        <source>Open a &amp;run…</source>
        <translation>&amp;Lauf öffnen…</translation>
    </message>
    <message>
        <source>&amp;Run the page&apos;s job</source>
        <translation>Auftrag der &amp;Seite starten</translation>
    </message>
    <message>
        <source>&amp;Stop now</source>
        <translation>&amp;Jetzt anhalten</translation>
    </message>
    <message>
        <source>&amp;Copy as command</source>
        <translation>Als &amp;Befehl kopieren</translation>
    </message>
    <message>
        <source>The command line that does what this page&apos;s button does</source>
        <translation>Die Befehlszeile, die dasselbe tut wie der Knopf dieser Seite</translation>
    </message>
    <message>
        <source>Compare WikiText-2 with EBSS</source>
        <translation>WikiText-2 mit EBSS vergleichen</translation>
    </message>
    <message>
        <source>How evenly does ordinary text reach the experts, and the model&apos;s own?</source>
        <translation>Wie gleichmäßig erreicht gewöhnlicher Text die Experten, und wie der eigene des Modells?</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Recent &amp;models</source>
        <translation>Letzte M&amp;odelle</translation>
    </message>
    <message>
        <source>Recent r&amp;uns</source>
        <translation>Letzte Lä&amp;ufe</translation>
    </message>
    <message>
        <source>No recent run</source>
        <translation>Kein letzter Lauf</translation>
    </message>
    <message>
        <source>&amp;Job</source>
        <translation>Auftra&amp;g</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>&amp;Aktion suchen…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>Wie der &amp;Desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>D&amp;unkel</translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>The language changes when the window is opened the next time</source>
        <translation>Die Sprache wechselt beim nächsten Öffnen des Fensters</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>&amp;Vollbild</translation>
    </message>
    <message>
        <source>&amp;Reset the layout</source>
        <translation>An&amp;ordnung zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;What does it mean?</source>
        <translation>&amp;Was bedeutet das?</translation>
    </message>
    <message>
        <source>What am I &amp;looking at?</source>
        <translation>Was ist hier zu &amp;sehen?</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>&amp;Über</translation>
    </message>
    <message>
        <source>MoEQuant Workbench %1. Apache-2.0; this program as a whole GPL-3.0, because QCustomPlot is.</source>
        <translation>MoEQuant Workbench %1. Apache-2.0; dieses Programm als Ganzes GPL-3.0, weil QCustomPlot es ist.</translation>
    </message>
    <message>
        <source>Open a checkpoint&apos;s folder</source>
        <translation>Ordner eines Checkpoints öffnen</translation>
    </message>
    <message>
        <source>Open a run&apos;s folder</source>
        <translation>Ordner eines Laufs öffnen</translation>
    </message>
    <message>
        <source>%1: no finished run (result.json is missing)</source>
        <translation>%1: kein fertiger Lauf (result.json fehlt)</translation>
    </message>
    <message>
        <source>There is nothing to copy yet: tick a source first</source>
        <translation>Noch nichts zu kopieren: zuerst eine Quelle ankreuzen</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>How does it leave the workbench?</source>
        <translation>Wie verlässt es die Workbench?</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Which one is better?</source>
        <translation>Was ist besser?</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Why does balance matter?</source>
        <translation>Warum zählt Ausgewogenheit?</translation>
    </message>
</context>
<context>
    <name>moequant::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Message text</source>
        <translation>Text der Meldung</translation>
    </message>
    <message>
        <source>What to do about it</source>
        <translation>Was dagegen zu tun ist</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
</context>
<context>
    <name>moequant::MetricCard</name>
    <message>
        <source>Metric against setting</source>
        <translation>Metrik nach Einstellung</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>What the vertical axis shows</source>
        <translation>Was die senkrechte Achse zeigt</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>What the horizontal axis shows</source>
        <translation>Was die waagerechte Achse zeigt</translation>
    </message>
    <message>
        <source>Form of the chart</source>
        <translation>Form des Diagramms</translation>
    </message>
    <message>
        <source>Bars begin at 0; lines and points fill the height</source>
        <translation>Balken beginnen bei 0; Linien und Punkte füllen die Höhe</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Bars</source>
        <translation>Balken</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Linien</translation>
    </message>
    <message>
        <source>against</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>&lt;p&gt;Any number that runs have in common, against any setting in which they differ. Runs that differ in a second setting are series of their own.&lt;/p&gt;&lt;p&gt;Whiskers are 95 % intervals. Grey hollow marks with † are figures that papers state; they were not measured here.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Jede Zahl, die Läufe gemeinsam haben, nach jeder Einstellung, in der sie sich unterscheiden. Läufe, die sich in einer zweiten Einstellung unterscheiden, bilden eigene Serien.&lt;/p&gt;&lt;p&gt;Antennen sind 95-%-Intervalle. Graue hohle Zeichen mit † sind Werte, die Artikel angeben; sie wurden nicht hier gemessen.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>moequant::MetricChart</name>
    <message>
        <source>Chart: %1 against %2, series: %3</source>
        <translation>Diagramm: %1 nach %2, Serien: %3</translation>
    </message>
    <message>
        <source>Published, not measured here</source>
        <translation>Veröffentlicht, nicht hier gemessen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Half interval</source>
        <translation>Halbes Intervall</translation>
    </message>
</context>
<context>
    <name>moequant::ModelPage</name>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Shared expert</source>
        <translation>Gemeinsamer Experte</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>What is in this model?</source>
        <translation>Was ist in diesem Modell?</translation>
    </message>
    <message>
        <source>Layers, experts, linears</source>
        <translation>Schichten, Experten, Matrizen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Memory plan</source>
        <translation>Speicherplan</translation>
    </message>
    <message>
        <source>Shows the architecture and the sizes of the open model.</source>
        <translation>Zeigt die Architektur und die Größen des offenen Modells.</translation>
    </message>
    <message>
        <source>Says what calibrating and quantizing this model needs.</source>
        <translation>Sagt, was Kalibrieren und Quantisieren dieses Modells brauchen.</translation>
    </message>
    <message>
        <source>Lists every layer with its experts and linears. What you select here is selected on all pages.</source>
        <translation>Listet jede Schicht mit ihren Experten und Matrizen. Was hier ausgewählt wird, ist auf allen Seiten ausgewählt.</translation>
    </message>
    <message>
        <source>&amp;Expand all layers</source>
        <translation>Alle Schichten &amp;aufklappen</translation>
    </message>
    <message>
        <source>&amp;Collapse all</source>
        <translation>Alles &amp;zuklappen</translation>
    </message>
    <message>
        <source>Expand or collapse the tree</source>
        <translation>Den Baum auf- oder zuklappen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
</context>
<context>
    <name>moequant::ModelTree</name>
    <message>
        <source>Expert %1</source>
        <translation>Experte %1</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 Experten</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Shape (out × in)</source>
        <translation>Form (aus × ein)</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
</context>
<context>
    <name>moequant::OptionForm</name>
    <message>
        <source>drawn</source>
        <translation>gezogen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>moequant::Page</name>
    <message>
        <source>%1: stopped</source>
        <translation>%1: angehalten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>moequant::PairedPlot</name>
    <message>
        <source>Paired differences</source>
        <translation>Gepaarte Differenzen</translation>
    </message>
    <message>
        <source>Experts, by ratio</source>
        <translation>Experten, nach Verhältnis</translation>
    </message>
    <message>
        <source>Error ratio</source>
        <translation>Fehlerverhältnis</translation>
    </message>
    <message>
        <source>Error of %1 over that of %2 for %3 experts</source>
        <translation>Fehler von %1 durch den von %2 für %3 Experten</translation>
    </message>
    <message>
        <source>smaller: %1</source>
        <translation>kleiner: %1</translation>
    </message>
    <message>
        <source>larger: %1</source>
        <translation>größer: %1</translation>
    </message>
    <message>
        <source>mean ×%1 (95 %: %2 to %3)</source>
        <translation>Mittel ×%1 (95 %: %2 bis %3)</translation>
    </message>
    <message>
        <source>mean ×%1</source>
        <translation>Mittel ×%1</translation>
    </message>
    <message>
        <source>Layer %1, expert %2
%3: %4
%5: %6
ratio %7</source>
        <translation>Schicht %1, Experte %2
%3: %4
%5: %6
Verhältnis %7</translation>
    </message>
</context>
<context>
    <name>moequant::PlotView</name>
    <message>
        <source>Save or copy this picture</source>
        <translation>Dieses Bild speichern oder kopieren</translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation>Bild &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>Bild &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;data as CSV</source>
        <translation>&amp;Daten als CSV kopieren</translation>
    </message>
    <message>
        <source>Show &amp;all</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>%1 gespeichert</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>Data copied as CSV</source>
        <translation>Daten als CSV kopiert</translation>
    </message>
</context>
<context>
    <name>moequant::QuantizeForm</name>
    <message>
        <source>Preset</source>
        <translation>Vorlage</translation>
    </message>
    <message>
        <source>Settings that belong together; what you change afterwards stays changed</source>
        <translation>Einstellungen, die zusammengehören; spätere Änderungen bleiben</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>Empfohlen</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Erweiterte Einstellungen</translation>
    </message>
    <message>
        <source>Mixed precision, grids by pattern, starved experts, storage</source>
        <translation>Gemischte Genauigkeit, Raster nach Muster, unterversorgte Experten, Speicherung</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>&amp;Vorlage</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Calibration source</source>
        <translation>Kalibrierquelle</translation>
    </message>
    <message>
        <source>The text whose activations decide how weights are rounded</source>
        <translation>Der Text, dessen Aktivierungen bestimmen, wie Gewichte gerundet werden</translation>
    </message>
    <message>
        <source>Calibration samples</source>
        <translation>Kalibrierproben</translation>
    </message>
    <message>
        <source>How many sequences the calibration set has</source>
        <translation>Wie viele Folgen die Kalibriermenge hat</translation>
    </message>
    <message>
        <source>Tokens a calibration sample</source>
        <translation>Tokens je Kalibrierprobe</translation>
    </message>
    <message>
        <source>How long each of them is</source>
        <translation>Wie lang jede von ihnen ist</translation>
    </message>
    <message>
        <source>So&amp;urce</source>
        <translation>&amp;Quelle</translation>
    </message>
    <message>
        <source>&amp;Samples</source>
        <translation>&amp;Proben</translation>
    </message>
    <message>
        <source>&amp;Tokens each</source>
        <translation>&amp;Tokens/Probe</translation>
    </message>
    <message>
        <source>in the run&apos;s folder</source>
        <translation>im Ordner des Laufs</translation>
    </message>
    <message>
        <source>Folder for the quantized checkpoint</source>
        <translation>Ordner für den quantisierten Checkpoint</translation>
    </message>
    <message>
        <source>Where the checkpoint is written; empty: beside the run&apos;s other files</source>
        <translation>Wohin der Checkpoint geschrieben wird; leer: neben die anderen Dateien des Laufs</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Choose the folder for the checkpoint</source>
        <translation>Den Ordner für den Checkpoint wählen</translation>
    </message>
    <message>
        <source>Folder for the checkpoint</source>
        <translation>Ordner für den Checkpoint</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
</context>
<context>
    <name>moequant::QuantizePage</name>
    <message>
        <source>What will happen, what is happening?</source>
        <translation>Was wird geschehen, was geschieht?</translation>
    </message>
    <message>
        <source>Quantize</source>
        <translation>Quantisieren</translation>
    </message>
    <message>
        <source>Quantize the open model with these settings</source>
        <translation>Das offene Modell mit diesen Einstellungen quantisieren</translation>
    </message>
    <message>
        <source>The check before the run</source>
        <translation>Die Prüfung vor dem Lauf</translation>
    </message>
    <message>
        <source>Says what the run needs and what loads its result, once a model is open.</source>
        <translation>Sagt, was der Lauf braucht und was sein Ergebnis lädt, sobald ein Modell offen ist.</translation>
    </message>
    <message>
        <source>Running and waiting</source>
        <translation>Laufend und wartend</translation>
    </message>
    <message>
        <source>Interrupted quantizations</source>
        <translation>Unterbrochene Quantisierungen</translation>
    </message>
    <message>
        <source>Before and during the run</source>
        <translation>Vor dem Lauf und während des Laufs</translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation>Vor dem Lauf</translation>
    </message>
    <message>
        <source>The run</source>
        <translation>Der Lauf</translation>
    </message>
    <message>
        <source>What these settings need and what loads the result</source>
        <translation>Was diese Einstellungen brauchen und was das Ergebnis lädt</translation>
    </message>
    <message>
        <source>The quantization that goes on, or the last one</source>
        <translation>Die laufende Quantisierung oder die letzte</translation>
    </message>
    <message>
        <source>Open a model first</source>
        <translation>Zuerst ein Modell öffnen</translation>
    </message>
    <message>
        <source>Quantizing %1</source>
        <translation>%1 quantisieren</translation>
    </message>
    <message>
        <source>%1: done in %2</source>
        <translation>%1: fertig in %2</translation>
    </message>
    <message>
        <source>, %1 instead of %2 (%3 %)</source>
        <translation>, %1 statt %2 (%3 %)</translation>
    </message>
    <message>
        <source>, read back and verified</source>
        <translation>, zurückgelesen und geprüft</translation>
    </message>
    <message>
        <source>Show errors</source>
        <translation>Fehler zeigen</translation>
    </message>
    <message>
        <source>%1, running</source>
        <translation>%1, läuft</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop after the layer in work; the run can be resumed</source>
        <translation>Nach der Schicht in Arbeit anhalten; der Lauf kann fortgesetzt werden</translation>
    </message>
    <message>
        <source>%1, waiting</source>
        <translation>%1, wartet</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take this run out of the queue</source>
        <translation>Diesen Lauf aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In Warteschlange</translation>
    </message>
    <message>
        <source>sample model</source>
        <translation>Beispielmodell</translation>
    </message>
    <message>
        <source>%1 of %2, %3</source>
        <translation>%1 von %2, %3</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on where this run stopped: %1</source>
        <translation>Fortfahren, wo dieser Lauf anhielt: %1</translation>
    </message>
</context>
<context>
    <name>moequant::Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>moequant::RunChooser</name>
    <message>
        <source>Open a run&apos;s folder…</source>
        <translation>Ordner eines Laufs öffnen…</translation>
    </message>
    <message>
        <source>Open a run&apos;s folder</source>
        <translation>Ordner eines Laufs öffnen</translation>
    </message>
</context>
<context>
    <name>moequant::RunLibrary</name>
    <message>
        <source>sample model</source>
        <translation>Beispielmodell</translation>
    </message>
    <message>
        <source>%1 %2-bit</source>
        <translation>%1 %2 Bit</translation>
    </message>
    <message>
        <source>EBSS τ %1, w %2</source>
        <translation>EBSS τ %1, w %2</translation>
    </message>
    <message>
        <source>EBSS sweep</source>
        <translation>EBSS-Reihe</translation>
    </message>
    <message>
        <source>Profile of %1</source>
        <translation>Profil von %1</translation>
    </message>
    <message>
        <source>Evaluation of %1</source>
        <translation>Auswertung von %1</translation>
    </message>
    <message>
        <source>Hessian lab, %1</source>
        <translation>Hesse-Labor, %1</translation>
    </message>
</context>
<context>
    <name>moequant::RunModel</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
</context>
<context>
    <name>moequant::RunStrip</name>
    <message>
        <source>Progress of the running job</source>
        <translation>Fortschritt des laufenden Auftrags</translation>
    </message>
    <message>
        <source>After this &amp;layer</source>
        <translation>Nach dieser &amp;Schicht</translation>
    </message>
    <message>
        <source>&amp;Now</source>
        <translation>&amp;Jetzt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>End the running job (Esc); a stopped quantization goes on later from its last finished layer</source>
        <translation>Den laufenden Auftrag beenden (Esc); eine angehaltene Quantisierung geht später ab ihrer letzten fertigen Schicht weiter</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>Den laufenden Auftrag anhalten</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n more waiting)</source>
        <translation>
            <numerusform>%1 (%n wartet)</numerusform>
            <numerusform>%1 (%n warten)</numerusform>
        </translation>
    </message>
    <message>
        <source>, layer %1</source>
        <translation>, Schicht %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
</context>
<context>
    <name>moequant::RunView</name>
    <message>
        <source>routed %1 tokens</source>
        <translation>%1 Tokens geroutet</translation>
    </message>
    <message>
        <source>1 expert fell back</source>
        <translation>1 Experte mit Fallback</translation>
    </message>
    <message>
        <source>%L1 experts fell back</source>
        <translation>%L1 Experten mit Fallback</translation>
    </message>
    <message>
        <source>error %1 %</source>
        <translation>Fehler %1 %</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Error of every expert</source>
        <translation>Fehler jedes Experten</translation>
    </message>
    <message>
        <source>Fills with each expert&apos;s relative output error while a quantization runs.</source>
        <translation>Füllt sich während einer Quantisierung mit dem relativen Ausgabefehler jedes Experten.</translation>
    </message>
    <message>
        <source>Finished layers</source>
        <translation>Fertige Schichten</translation>
    </message>
    <message>
        <source>Gets one line for each finished layer.</source>
        <translation>Bekommt eine Zeile je fertiger Schicht.</translation>
    </message>
    <message>
        <source>Layer %1 of %2</source>
        <translation>Schicht %1 von %2</translation>
    </message>
    <message>
        <source>%L1 of %L2 %3</source>
        <translation>%L1 von %L2 %3</translation>
    </message>
    <message>
        <source>%1 %2/s</source>
        <translation>%1 %2/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>taken over from before the interruption</source>
        <translation>von vor der Unterbrechung übernommen</translation>
    </message>
    <message>
        <source>Finished: %1</source>
        <translation>Fertig: %1</translation>
    </message>
    <message>
        <source>Error of every expert, %1</source>
        <translation>Fehler jedes Experten, %1</translation>
    </message>
</context>
<context>
    <name>moequant::SearchTree</name>
    <message>
        <source>Search tree</source>
        <translation>Suchbaum</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Steps: %1, at most %2 candidates each</source>
        <translation>Schritte: %1, jeweils höchstens %2 Kandidaten</translation>
    </message>
    <message>
        <source>best branch</source>
        <translation>bester Ast</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>pruned</source>
        <translation>gekappt</translation>
    </message>
    <message>
        <source>first other choice</source>
        <translation>erste andere Wahl</translation>
    </message>
    <message>
        <source>Step %1: %2 candidates</source>
        <translation>Schritt %1: %2 Kandidaten</translation>
    </message>
    <message>
        <source>Step %1, rank %2: %3
mean −log p %4 nats, σ %5, score %6</source>
        <translation>Schritt %1, Rang %2: %3
mittleres −log p %4 Nats, σ %5, Score %6</translation>
    </message>
</context>
<context>
    <name>moequant::SearchView</name>
    <message>
        <source>Candidates</source>
        <translation>Kandidaten</translation>
    </message>
    <message>
        <source>Best beam by step</source>
        <translation>Bester Strahl je Schritt</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Shows how the best beam&apos;s two score parts develop: likelihood against imbalance.</source>
        <translation>Zeigt den Verlauf der beiden Score-Teile des besten Strahls: Wahrscheinlichkeit gegen Unausgewogenheit.</translation>
    </message>
    <message>
        <source>Shows the candidates of every search step: what they say, how likely and how balanced they are.</source>
        <translation>Zeigt die Kandidaten jedes Suchschritts: was sie sagen, wie wahrscheinlich und wie ausgewogen sie sind.</translation>
    </message>
    <message>
        <source>Shows which branches of a search were kept and which were pruned.</source>
        <translation>Zeigt, welche Äste einer Suche behalten und welche gekappt wurden.</translation>
    </message>
    <message>
        <source>Shows a step&apos;s candidates by likelihood and balance; drag the line to see what another τ keeps.</source>
        <translation>Zeigt die Kandidaten eines Schritts nach Wahrscheinlichkeit und Ausgewogenheit; die Linie ziehen, um zu sehen, was ein anderes τ behält.</translation>
    </message>
    <message>
        <source>Sequence whose search is shown</source>
        <translation>Folge, deren Suche gezeigt wird</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Einen Schritt zurück</translation>
    </message>
    <message>
        <source>Replay the search</source>
        <translation>Suche abspielen</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>Einen Schritt vor</translation>
    </message>
    <message>
        <source>Step of the search</source>
        <translation>Schritt der Suche</translation>
    </message>
    <message>
        <source>Step of the search that the pictures show</source>
        <translation>Schritt der Suche, den die Bilder zeigen</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Sequence %1</source>
        <translation>Folge %1</translation>
    </message>
    <message>
        <source>Searched at τ %1; at τ %2 every step would keep the same candidates.</source>
        <translation>Gesucht mit τ %1; mit τ %2 würde jeder Schritt dieselben Kandidaten behalten.</translation>
    </message>
    <message>
        <source>Candidates, step %1 (after another choice)</source>
        <translation>Kandidaten, Schritt %1 (nach anderer Wahl)</translation>
    </message>
    <message>
        <source>Candidates, step %1</source>
        <translation>Kandidaten, Schritt %1</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Nats</source>
        <translation>Nats</translation>
    </message>
    <message>
        <source>Run the real search at this τ</source>
        <translation>Die echte Suche mit diesem τ rechnen</translation>
    </message>
    <message>
        <source>Searched at τ %1. At τ %2 step %3 would keep others; what comes after it is grey.</source>
        <translation>Gesucht mit τ %1. Mit τ %2 würde Schritt %3 andere behalten; was danach kommt, ist grau.</translation>
    </message>
</context>
<context>
    <name>moequant::SequenceModel</name>
    <message>
        <source>Loops: few distinct 4-grams, one cycle over much of it, or text that shrinks below a tenth</source>
        <translation>Schleifen: wenige verschiedene 4-Gramme, ein Zyklus über einen großen Teil oder Text, der auf unter ein Zehntel schrumpft</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>⚠ loops</source>
        <translation>⚠ Schleifen</translation>
    </message>
    <message>
        <source>⚠ loops, %1</source>
        <translation>⚠ Schleifen, %1</translation>
    </message>
    <message>
        <source>%1 token ids</source>
        <translation>%1 Token-IDs</translation>
    </message>
    <message>
        <source>Mean −log p of a token, in nats</source>
        <translation>Mittleres −log p eines Tokens, in Nats</translation>
    </message>
    <message>
        <source>Distinct 4-grams over all; below 0.3 counts as loops</source>
        <translation>Verschiedene 4-Gramme durch alle; unter 0.3 gilt als Schleife</translation>
    </message>
    <message>
        <source>Share that one cycle of at most 16 tokens covers; above 30 % counts as loops</source>
        <translation>Anteil, den ein Zyklus aus höchstens 16 Tokens abdeckt; über 30 % gilt als Schleife</translation>
    </message>
    <message>
        <source>#</source>
        <translation>#</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Nats</source>
        <translation>Nats</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Distinct-4</source>
        <translation>Distinct-4</translation>
    </message>
    <message>
        <source>Cycle (%)</source>
        <translation>Zyklus (%)</translation>
    </message>
</context>
<context>
    <name>moequant::SetCourse</name>
    <message>
        <source>Set so far</source>
        <translation>Bisherige Menge</translation>
    </message>
    <message>
        <source>Sequences</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>CV of expert usage</source>
        <translation>CV der Expertennutzung</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>Perplexität</translation>
    </message>
    <message>
        <source>After %1 sequences: CV %2</source>
        <translation>Nach %1 Folgen: CV %2</translation>
    </message>
    <message>
        <source>CV (left)</source>
        <translation>CV (links)</translation>
    </message>
    <message>
        <source>perplexity (right)</source>
        <translation>Perplexität (rechts)</translation>
    </message>
    <message>
        <source>first %1 sequences
CV %2
perplexity %3</source>
        <translation>erste %1 Folgen
CV %2
Perplexität %3</translation>
    </message>
</context>
<context>
    <name>moequant::SetView</name>
    <message>
        <source>Sequences</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Sets so far</source>
        <translation>Bisherige Mengen</translation>
    </message>
    <message>
        <source>Accept as a source</source>
        <translation>Als Quelle nehmen</translation>
    </message>
    <message>
        <source>Write the set without the rejected sequences and offer it on the other pages</source>
        <translation>Die Menge ohne die abgelehnten Folgen schreiben und auf den anderen Seiten anbieten</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Halten</translation>
    </message>
    <message>
        <source>Keep this sequence when another set is written</source>
        <translation>Diese Folge behalten, wenn eine andere Menge geschrieben wird</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Leave this sequence out of what is accepted</source>
        <translation>Diese Folge aus dem Übernommenen weglassen</translation>
    </message>
    <message>
        <source>Reject loops</source>
        <translation>Ohne Schleifen</translation>
    </message>
    <message>
        <source>Leave out every sequence that repeats itself</source>
        <translation>Jede Folge weglassen, die sich wiederholt</translation>
    </message>
    <message>
        <source>Shows what the model wrote: every sequence of the last set, to pin or to reject.</source>
        <translation>Zeigt, was das Modell schrieb: jede Folge der letzten Menge, zum Halten oder Ablehnen.</translation>
    </message>
    <message>
        <source>Shows how balance and perplexity settle with the number of sequences.</source>
        <translation>Zeigt, wie sich Ausgewogenheit und Perplexität mit der Zahl der Folgen einpendeln.</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Menge</translation>
    </message>
    <message>
        <source>Compares the sets written with different τ and w in one row each.</source>
        <translation>Vergleicht die mit verschiedenen τ und w geschriebenen Mengen in je einer Zeile.</translation>
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
        <translation>Tokens</translation>
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
        <translation>Schleifen (%)</translation>
    </message>
    <message>
        <source>Time (s)</source>
        <translation>Zeit (s)</translation>
    </message>
    <message>
        <source>Sequences, %1</source>
        <translation>Folgen, %1</translation>
    </message>
    <message>
        <source>Sequences, %1 of %2</source>
        <translation>Folgen, %1 von %2</translation>
    </message>
    <message>
        <source>Text of the selected sequence</source>
        <translation>Text der gewählten Folge</translation>
    </message>
    <message>
        <source>Select a sequence to read it.</source>
        <translation>Eine Folge auswählen, um sie zu lesen.</translation>
    </message>
</context>
<context>
    <name>moequant::SettingsUndo</name>
    <message numerus="yes">
        <source>%n settings</source>
        <translation>
            <numerusform>%n Einstellung</numerusform>
            <numerusform>%n Einstellungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>moequant::SimilarityModel</name>
    <message>
        <source>%1 and %2: %3</source>
        <translation>%1 und %2: %3</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
</context>
<context>
    <name>moequant::SourceBar</name>
    <message>
        <source>Add…</source>
        <translation>Neu…</translation>
    </message>
    <message>
        <source>Calibrate with a file of your own</source>
        <translation>Mit einer eigenen Datei kalibrieren</translation>
    </message>
    <message>
        <source>&amp;Text file…</source>
        <translation>&amp;Textdatei…</translation>
    </message>
    <message>
        <source>Text (*.txt *.md);;All files (*)</source>
        <translation>Text (*.txt *.md);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;JSON lines with a text field…</source>
        <translation>&amp;JSON-Zeilen mit Textfeld…</translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl *.json *.gz);;All files (*)</source>
        <translation>JSON-Zeilen (*.jsonl *.json *.gz);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Calibration &amp;set, published or written by EBSS…</source>
        <translation>Kalibrier&amp;menge, veröffentlicht oder von EBSS geschrieben…</translation>
    </message>
    <message>
        <source>Calibration sets (*.jsonl *.json *.gz)</source>
        <translation>Kalibriermengen (*.jsonl *.json *.gz)</translation>
    </message>
    <message>
        <source>Balanced &amp;WikiText-2: windows chosen for even use</source>
        <translation>Ausgewogenes &amp;WikiText-2: für gleichmäßige Nutzung gewählte Fenster</translation>
    </message>
    <message>
        <source>Source %1</source>
        <translation>Quelle %1</translation>
    </message>
    <message>
        <source>Add a source</source>
        <translation>Eine Quelle hinzufügen</translation>
    </message>
</context>
<context>
    <name>moequant::SurfaceMap</name>
    <message>
        <source>Map: %1 over %2 and %3</source>
        <translation>Karte: %1 über %2 und %3</translation>
    </message>
    <message>
        <source>rounding dominates</source>
        <translation>Rundung überwiegt</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
</context>
<context>
    <name>moequant::TauSlider</name>
    <message>
        <source>τ, logarithmic</source>
        <translation>τ, logarithmisch</translation>
    </message>
</context>
<context>
    <name>moequant::TokenTexts</name>
    <message>
        <source>Reading tokens</source>
        <translation>Tokens lesen</translation>
    </message>
</context>
<context>
    <name>moequant::TopTokenCard</name>
    <message>
        <source>Top tokens</source>
        <translation>Top-Tokens</translation>
    </message>
    <message>
        <source>Shows the tokens that the selected expert likes best; click a bar or a cell to select one.</source>
        <translation>Zeigt die Tokens, die der gewählte Experte am liebsten mag; ein Klick auf einen Balken oder eine Zelle wählt einen.</translation>
    </message>
    <message>
        <source>No token of these sources reached layer %1, expert %2, or the profile is older.</source>
        <translation>Kein Token dieser Quellen erreichte Schicht %1, Experte %2, oder das Profil ist älter.</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>Schicht %1, Experte %2</translation>
    </message>
</context>
<context>
    <name>moequant::TopTokenModel</name>
    <message>
        <source>token %1</source>
        <translation>Token %1</translation>
    </message>
    <message>
        <source>Sum of the router&apos;s coefficients that this token brought the expert</source>
        <translation>Summe der Router-Koeffizienten, die dieses Token dem Experten brachte</translation>
    </message>
    <message>
        <source>Affinity</source>
        <translation>Affinität</translation>
    </message>
</context>
<context>
    <name>moequant::UsageHistogram</name>
    <message>
        <source>Expert usage</source>
        <translation>Expertennutzung</translation>
    </message>
    <message>
        <source>Share of routed tokens (%)</source>
        <translation>Anteil der gerouteten Tokens (%)</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>Usage, layer %1</source>
        <translation>Nutzung, Schicht %1</translation>
    </message>
    <message>
        <source>minimum %L1 tokens</source>
        <translation>Minimum %L1 Tokens</translation>
    </message>
    <message>
        <source>uniform %1 %</source>
        <translation>gleichmäßig %1 %</translation>
    </message>
    <message>
        <source>Expert of layer %1, most used first</source>
        <translation>Experte von Schicht %1, meistgenutzte zuerst</translation>
    </message>
    <message>
        <source>Expert of layer %1</source>
        <translation>Experte von Schicht %1</translation>
    </message>
    <message>
        <source>Bars: share of tokens of %1 experts, sources: %2</source>
        <translation>Balken: Anteil der Tokens von %1 Experten, Quellen: %2</translation>
    </message>
    <message>
        <source>Layer %1, expert %2</source>
        <translation>Schicht %1, Experte %2</translation>
    </message>
    <message>
        <source>%1: %L2 tokens, %3 %</source>
        <translation>%1: %L2 Tokens, %3 %</translation>
    </message>
</context>
<context>
    <name>moequant::VerdictCard</name>
    <message>
        <source>&amp;Copy as text</source>
        <translation>Als &amp;Text kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy these lines</source>
        <translation>Diese Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>moequant::Workbench</name>
    <message>
        <source>rotated %1</source>
        <translation>%1 gedreht</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 lesen</translation>
    </message>
    <message>
        <source>Sample model</source>
        <translation>Beispielmodell</translation>
    </message>
    <message>
        <source>no MoE layer</source>
        <translation>keine MoE-Schicht</translation>
    </message>
    <message>
        <source>1 MoE layer</source>
        <translation>1 MoE-Schicht</translation>
    </message>
    <message>
        <source>%1 MoE layers</source>
        <translation>%1 MoE-Schichten</translation>
    </message>
    <message>
        <source>%1+%2 experts</source>
        <translation>%1+%2 Experten</translation>
    </message>
    <message>
        <source>%1 experts</source>
        <translation>%1 Experten</translation>
    </message>
    <message>
        <source>top-%1</source>
        <translation>Top-%1</translation>
    </message>
    <message>
        <source>%1 %2-bit</source>
        <translation>%1 %2 Bit</translation>
    </message>
    <message>
        <source>%1: no expert&apos;s error is recorded in this run</source>
        <translation>%1: in diesem Lauf ist kein Expertenfehler verzeichnet</translation>
    </message>
</context>
<context>
    <name>moequant::WorkerButton</name>
    <message>
        <source>Worker</source>
        <translation>Arbeitsprozess</translation>
    </message>
    <message>
        <source>&amp;Start the worker</source>
        <translation>Arbeitsprozess &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Release the model&apos;s memory</source>
        <translation>&amp;Modellspeicher freigeben</translation>
    </message>
    <message>
        <source>Work on &amp;another machine…</source>
        <translation>Auf &amp;anderem Rechner arbeiten…</translation>
    </message>
    <message>
        <source>Work on &amp;this machine</source>
        <translation>Auf &amp;diesem Rechner arbeiten</translation>
    </message>
    <message>
        <source>Work on another machine</source>
        <translation>Auf anderem Rechner arbeiten</translation>
    </message>
    <message>
        <source>The command that starts a worker there. It must ask for no password.
Folders of models and runs are then those of that machine.</source>
        <translation>Der Befehl, der dort einen Arbeitsprozess startet. Er darf nicht nach einem Passwort fragen.
Die Ordner der Modelle und Läufe sind dann die jenes Rechners.</translation>
    </message>
    <message>
        <source>local</source>
        <translation>lokal</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>● %1 · %2</source>
        <translation>● %1 · %2</translation>
    </message>
    <message>
        <source>◌ worker starting</source>
        <translation>◌ Prozess startet</translation>
    </message>
    <message>
        <source>⚠ worker lost</source>
        <translation>⚠ Prozess verloren</translation>
    </message>
    <message>
        <source>○ no worker</source>
        <translation>○ kein Prozess</translation>
    </message>
    <message>
        <source>The process that does the work</source>
        <translation>Der Prozess, der die Arbeit tut</translation>
    </message>
    <message>
        <source>The process that does the work: %1</source>
        <translation>Der Prozess, der die Arbeit tut: %1</translation>
    </message>
</context>
<context>
    <name>moequant::WorkerClient</name>
    <message>
        <source>The worker did not answer within %1 s</source>
        <translation>Der Arbeitsprozess antwortete nicht innerhalb von %1 s</translation>
    </message>
    <message>
        <source>The worker did not answer; it said: %1</source>
        <translation>Der Arbeitsprozess antwortete nicht; er sagte: %1</translation>
    </message>
    <message>
        <source>The worker could not be started: %1: %2</source>
        <translation>Der Arbeitsprozess konnte nicht gestartet werden: %1: %2</translation>
    </message>
    <message>
        <source>was killed or crashed</source>
        <translation>wurde abgebrochen oder ist abgestürzt</translation>
    </message>
    <message>
        <source>ended with code %1</source>
        <translation>endete mit Code %1</translation>
    </message>
    <message>
        <source>The worker %1</source>
        <translation>Der Arbeitsprozess %1</translation>
    </message>
    <message>
        <source>The worker %1: %2</source>
        <translation>Der Arbeitsprozess %1: %2</translation>
    </message>
    <message>
        <source>Another worker was chosen</source>
        <translation>Ein anderer Arbeitsprozess wurde gewählt</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>A line of the worker was longer than 1 MiB and was left out</source>
        <translation>Eine Zeile des Arbeitsprozesses war länger als 1 MiB und wurde ausgelassen</translation>
    </message>
    <message>
        <source>Not a message of the worker: %1</source>
        <translation>Keine Nachricht des Arbeitsprozesses: %1</translation>
    </message>
    <message>
        <source>The worker speaks a newer protocol: update this window</source>
        <translation>Der Arbeitsprozess spricht ein neueres Protokoll: dieses Fenster aktualisieren</translation>
    </message>
    <message>
        <source>The worker speaks an older protocol: update the worker</source>
        <translation>Der Arbeitsprozess spricht ein älteres Protokoll: den Arbeitsprozess aktualisieren</translation>
    </message>
    <message>
        <source>%1: larger than 1 GiB</source>
        <translation>%1: größer als 1 GiB</translation>
    </message>
    <message>
        <source>%1: the worker answered something else</source>
        <translation>%1: der Arbeitsprozess antwortete etwas anderes</translation>
    </message>
    <message>
        <source>%1: not a JSON document</source>
        <translation>%1: kein JSON-Dokument</translation>
    </message>
</context>
</TS>
