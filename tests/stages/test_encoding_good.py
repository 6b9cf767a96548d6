"""Good lines of many languages and kinds, alone and side by side, come back as they went in."""

import random

import pytest

from repair.stages.encoding.stage import Encoding

# Own lines: small languages that no model knows, special alphabets, names, tables, formulas.
LINES = """
Nước Việt Nam là một. Tôi không biết anh ấy ở đâu.
Phở bò tái, bún chả Hà Nội, cà phê sữa đá
Đặng Thị Ngọc Thịnh ★ Huế
Şu çalışkan öğrenci yağmurlu günde geç kaldı mı?
Ağrı, Iğdır, Şırnak, Muş, Uşak
Azərbaycan dilində: əlifba, şəhər, göy üzü
AĞAÇ DİKMEK İÇİN ÇAĞRI
Þetta er ekki svo erfitt, sagði Þórður við Ástríði.
Eyjafjallajökull, Hallgrímskirkja, Þingvellir
Føroyskt mál er tætt knýtt at íslendskum: "eg eiti Óluva"
ÞAÐ ER GOTT VEÐUR Í DAG
Šķūņa jumts sabruka, un ģimene palika bez pajumtes.
Ąžuolų giraitėje čiulba paukščiai, o žvirbliai tupi ant šakų.
Õhtul sõitsime Võrru, kus oli külm ja märg.
Ştiinţa şi ţara noastră; Știința și țara noastră
Îţi mulţumesc pentru că ai venit aşa repede.
Mâine vom merge la țară, iar poimâine ne întoarcem în București.
Ẹ kú àárọ̀, ṣé dáadáa ni? Ọmọ náà ti sùn.
Bàbá mi ń gbé ní Ìbàdàn, ó sì ń ṣe iṣẹ́ olùkọ́.
Ɗan Hausa ya ce: ƙaramin yaro ya tafi kasuwa. Ɓera ya gudu.
Ɛyɛ me dɛ sɛ mahu wo. Ɔbarima no kɔɔ fie.
Màdàgàskâr, Bèlezìk, Bàhǎma
Nĩ ngũtha mũno; mũndũ ũcio nĩ mũrũaru.
Sẽn sõng-y tɩ y bãng mooré
Mbeyá ngâ, sî na yê
Ŋgɔ́n, Ngóbanda, ɓɛ́ɛ, ǹdùŋgà
Àdíńkárá kèŋgê wɛ̂ : ǐ lɛ̀
El col·legi és al carrer de l'Il·lustració, paral·lel al passeig.
Aqueste dròlle es vengut ièr amb sa maire.
Pel maig, cada dia un raig; què hi farem, noi?
Ez ê biçim malê; tu dê li ku derê bî?
Ziman hebûna me ye. Zarokên kurd li dibistanê ne.
Li Amerîkaya Navîn û Başûr; Efrîkaya Bakur; Îtalya
Gelê Kurdistanê azadiyê dixwaze, û ji bo wê şer dike.
Ev pirtûk li ser dîroka Mezopotamyayê ye
Modpas ou te antre a pa kòrèk; eseye ankò. Siksè!
Nou menm nan peyi Ayiti, nou pale kreyòl. Mèsi anpil.
Ki jan ou rele? Mwen rele Jozèf, e mwen rete Pòtoprens.
Kotoryè, bèl ti fi, lè solèy la kouche
Lès kabann-la, i fèt pou dòmi. Asiz bò dlo-a.
Tá an aimsir go breá inniu, ach beidh sé fuar amárach.
Chan eil mi a' tuigsinn dè tha thu ag ràdh; tha e glè fhuar.
Mae'r tŷ ar y bryn; dŵr, ŵyn, ŷd, sŵn, gŵyl
Demat deoc'h, an deiz zo kaer e Breizh, n'eo ket gwir ?
Cha nel fys ayms; ta'n ennym orrym Juan. Shoh'n çhengey ain.
Sámi giella lea hui fiinna, ja mii hállat dan ruovttus.
Ovtâstum Kunâgâskodde; Tave-Amerik; anarâškielâ
Buorre beaivi, mo manná? Čáhci lea galmmas, ja giđđa boahtá.
Mijjieh saemien gïelem soptsestibie. Dïhte gïele vihkeles.
Kaszëbsczi jãzëk je baro snôżi; jô jem z Gduńska.
Ślůnsko godka: Pōłnocno Macedōnijo, dzisiej je piykny dziyń
Serbska rěč: Witajće k nam, dźensa je rjane wjedro.
Dolnoserbšćina: Witajśo! Źinsa jo rědne wjedro.
Čuješ, kako šušti žito? Đaci idu u školu, ćuteći.
Ko te reo Māori te reo taketake o Aotearoa. Kei te pēhea koe?
ʻŌlelo Hawaiʻi: ua ola loko i ke aloha; e hele mai ʻoe i koʻu hale.
Fa’afetai tele lava! Talofa, ‘o a mai ‘oe?
Mālō e lelei, ‘oku ou fiefia ke fe‘iloaki.
'Ia ora na, māuruuru roa; Tahiti nui mare'are'a: tā'ata
Guaraniñe'ẽ: ha'e ohayhu chupe. Mba'éichapa reime? Che ko'ẽrõ ajúta.
Diné bizaad: yáʼátʼééh, shí éí Diné nishłį́. Tóhą́ą́h nishłį́.
Nāhuatl: in ātl, in tepētl. Quēn timohuetzca?
Runasimi: ¿imaynallam kachkanki? Ñuqaqa allillanmi kachkani.
Tsé Bitʼaʼí; Tséhootsooí; Naatʼáanii Nééz
Ha̱chin wa̱ kaʼte̱; ma̱sta chúu̱
Lakȟótiyapi: Šahíyela Iyápi, haŋ, tȟaŋka
ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ, ᐃᓄᒃᑎᑐᑦ
∀x ∈ ℝ: x² ≥ 0 ∧ √(x²) = |x| ⇒ ∃y ∈ ℂ, y² = −x
∫₀^∞ e^(−x²) dx = √π ⁄ 2 ≈ 0.886; ∑ₙ 1/n² = π²/6; Δx·Δp ≥ ħ/2
E = mc², F = m·a, ΔG° = −RT ln K, µ = 1.3×10⁻⁵ Pa·s, Ω = 50 Ω ± 5 %
a ≠ b, c ≤ d, e ≥ f, ∞, ∂f/∂x, ∆t, ◊, Σ, Π, ∫, √2
f: ℕ → ℤ; A ∪ B ∩ C ⊂ D; ¬p ∨ q; x̄ ± σ; ‖v‖; ⌊x⌋; 〈x|y〉
αβγ-crystallin, β-carotene, γ-rays, 5α-reductase, TNF-α
NF-κB, Δ9-THC, α,β-unsaturated, λ=500 nm, 10 µm
Å (10⁻¹⁰ m), µg, °C, Ω, ‰, №5, ½ cup, ¼ tsp, ⅔; 5′-ATG-3′; 12″ × 8″; 45°30′15″ N
ΔBelief, Δv, Δt; µs; πr²; σ-algebra; ε-δ; Λ-CDM; χ²-test; Ψ(x)
┌──────┬─────┐
│ Name │ Größe │
├──────┼─────┤
│ Łódź │ 12 € │
╔═══╗║ÄÖÜ║╚═══╝ ▓▒░ █▄▀ ■□▪ ▲▼◆
│ é │ è │ ñ │ ß │ ø │
├── Téléchargements │   └── résumé.pdf
├── año.txt ├── über.md └── ça
▁▂▃▄▅▆▇█ 45 % ⣿⣷⣯ ━━━━━━━╸ 12/20
★★★☆☆ ✓ ✔ ✗ ✘ ☑ ☐ ➜ ➤ » « ‹ › • ◦ ‣ ¶ § † ‡
└─ café ─┘ ┤é├ ╣ñ╠ │½│
2,2′-bipyridine; N,N-diméthylformamide; (±)-α-tocophérol; Fe³⁺ + e⁻ → Fe²⁺; CO₂ ⇌ HCO₃⁻; ½ O₂
l’acide α-cétoglutarique; β-naphtol; (Z)-4-hydroxytamoxifène; µ-opioïde; 17β-œstradiol
Schrödinger–Köhler; Ångström; Röntgen; Poincaré; Mössbauer
Erdős; Gödel; Čerenkov; Rényi; Hölder–Łojasiewicz
/home/zoë/Música/Björk – Jóga.mp3; ~/Dokumente/Übersicht_März.docx
résumé_final_v2(1).pdf, año_nuevo.png, Überstunden.xlsx, naïve_bayes.py, żółć.txt, 写真.jpg
Ñandú-café_ÀÉ.tar.gz; İSTANBUL_ŞUBE.csv; Ã.txt; Å-Ä-Ö.md
Lech Wałęsa spotkał się z François Mitterrandem, a potem z Helmutem Köhlerem w Malmö.
Le ministre polonais Radosław Sikorski a rencontré à Győr son homologue Szijjártó Péter.
Der türkische Präsident Recep Tayyip Erdoğan sprach mit Mateusz Morawiecki in Łódź über Öl.
El escritor checo Bohumil Hrabal nació en Brno; Dvořák, en Nelahozeves; Gombrowicz en Małoszyce.
La obra de Škvorecký y la de Ağaoğlu se publicaron en español según él.
Ilkay Gündoğan marcó un gol; también Luka Modrić, Łukasz Piszczek y Aleksandar Čavrić.
Ο Dvořák και ο Čapek; Ћуприја – Škofja Loka; Кафе «Zoë» на углу
Señor Müller aß çorba in Kraków, während Frau Łęcka żurek kochte.
Çetin Müller-Şahin, Gödöllő, Ağrı, Île-de-France, Übersee
çaktı. não há pão
Ana sayfa / Página inicial / Accueil / Strona główna / Hlavní stránka
Kahve çok güzeldi; a saudação não foi tão boa. Şimdi gidiyorum, até amanhã!
Žádný problém — es ist schön, że tu jesteś, ça va?
In Portuguese “não” means “no”
in Turkish it is “hayır” or “değil”, in Polish “nie”, in Czech “ne, ještě ne”.
pão = ekmek = chléb = chleb świeży = bröd = brød = leipä = maizē = duona = kenyér = brauð
das Mädchen – a menina – kız çocuğu – dívka – dziewczyna – lány – flicka på gården – stúlka
Fußgängerübergang; przejście dla pieszych; yaya geçidi; přechod pro chodce
naïve (fr. naïf), piñata (es. piñata), über (dt. über), smörgås (sv.), kümmel, žurnál, ćevapi
o avô, a avó, l’été, der Frühling, podzim, zima a jaro, güz mevsimi, őszi este
Ђорђе и Љубица; Їжачок і ґава; ҚАЗАҚСТАН; Өзбекстон ҳақида; Ўзбекистон; Тоҷикӣ; Ћирилица
Въпросът беше ясен: “Къде е ключът?” — Ѝ казах.
Мӏ гӏ кхь — нохчийн мотт; Ӏуьйре дика хуьлда! адыгабзэ; Ӕхсӕв хорз
Сӑваплӑ ҫӗр; чӑваш чӗлхи; Удмурт кыл: ӟеч бур! ӵукна; Коми кыв: видза олан, ӧні
Саха тыла: күн үтүө, Нөрүөн нөргүй; Башҡорт теле: һаумыһығыҙ; Татарча: исәнмесез, җәй
Ὦ ξεῖν᾽, ἀγγέλλειν Λακεδαιμονίοις ὅτι τῇδε κείμεθα. Καὶ εἶπεν· Ἰδού
Τι κάνεις; Πώς είσαι; Όχι, ευχαριστώ — «Ναι», είπε. ΐ ΰ Ϊ Ϋ
въ Россіи, ѣсть хлѣбъ, міръ, Ѳедоръ, ѵпостась
А́нна, за́мок и замо́к; пре́красный
Iу, пI, гъ: Iуащхьэ; къуажэ; УрысIэ
שָׁלוֹם עֲלֵיכֶם; ״צה״ל״; ד״ר כהן; ירושלים
السَّلامُ عَلَيْكُمْ، كيف الحال؟ (٢٠٢٣) ١٢٬٣٤٥٫٦٧
می‌خواهم به خانه‌ام بروم؛ چرا؟ پنجشنبه «کتاب»
ئۇيغۇر تىلى؛ کوردی: ڕۆژباش، چۆنی؟ اردو: کیا حال ہے؟ پښتو: څنګه یې؟ سنڌي ٻولي
Eĥoŝanĝo ĉiuĵaŭde; La ĝojo de la aĵo; Ŝi diris, ke ĉio estas en ordo, ĉu ne?
Ñúmenórë, Eärendil, Lúthien Tinúviel, Ossë, Aulë
A Elbereth Gilthoniel, Khazad-dûm, Barad-dûr, Nazgûl, Manwë
Volapük: Menefe bal püki bal; Löfob oli. Yeda no binob-li?
lojban: .i la .alis. cu klama; Toki Pona; Dothraki: Me nem nesa
Interlingua; Ido; Vötgil; Láadan: Bíi thad
Ḥusayn b. ʿAlī, al-Ṭabarī, Śrī Kṛṣṇa, Tōkyō, Běijīng, Xšayārša, psūkhḗ
The word is pronounced /ˈkæfeɪ/ or /kæˈfeɪ/, in French [kafe].
L’œuvre d’Œdipe, qu’à l’Âge, « Ô temps ! », “Ça”, ‘Å’, „Öl“
Mötley crüe, Häagen, ©ø∂é, TETЯIS-like ЯOCK, ßţüpîð
東京のcafé、naïve と Zoë、한국 café, ภาษาไทย กาแฟ
n° 5, 1º, 2ª, ½ £ ± 5 €, 20 %, ¥500, 100¥, ™, ®
ʕ•ᴥ•ʔ (╯°□°）╯︵ ┻━┻ ಠ_ಠ
""".strip().split("\n")
GLUE = (". ", " ", ", ", " / ", " – ", ": ", "\t", " | ", "; ")


def pieces(line: str, rng: random.Random) -> str:
    words = line.split()
    start = rng.randrange(max(1, len(words) - 2))
    return " ".join(words[start : start + rng.randint(1, 7)])


def good(seed: int, count: int) -> list[str]:
    """Lines whole, in capitals and as titles, and pieces of two of them in one line."""
    rng = random.Random(seed)
    made = [change(line) for line in LINES for change in (str, str.lower, str.title)]
    while len(made) < count:
        made.append(rng.choice(GLUE).join(pieces(rng.choice(LINES), rng) for _ in "ab"))
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_good_lines_stay(seed: int) -> None:
    text = "\n".join(good(seed, 2_000))
    applied = [edit for edit in Encoding("default").propose(text) if edit.confidence >= 0.85]
    assert [(edit.before, edit.after) for edit in applied] == []
