// Search by name, alias and ticker. Hangul is taken apart into letters, so that a half-typed syllable finds its
// word (캌 → 카카오), and a query of consonants alone is matched with the initials (ㅋㅋㅇ → 카카오).
const INITIALS = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"];
const VOWELS = ["ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"];
const FINALS = ["", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"];
const SPLIT = { "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ", "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ" };

const plain = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
const letters = (text) => [...plain(text)].map((char) => {
  const code = char.charCodeAt(0) - 0xac00;
  if (code < 0 || code > 11171) return SPLIT[char] || char;
  return INITIALS[Math.floor(code / 588)] + VOWELS[Math.floor((code % 588) / 28)] + FINALS[code % 28];
}).join("");
const initials = (text) => [...plain(text)].map((char) => {
  const code = char.charCodeAt(0) - 0xac00;
  return code < 0 || code > 11171 ? char : INITIALS[Math.floor(code / 588)];
}).join("");

// Names, aliases, and what the entity is called elsewhere: its ticker, its domain, its item of Wikidata.
const searchIndex = onceMade(() => NODES.flatMap((node) => {
  const elsewhere = (node.links || []).map(([text]) => text.split(" ").pop());
  return [node.name, ...(node.aliases || []), ...elsewhere].map((name) => ({ node, name, letters: letters(name), initials: initials(name) }));
}));

// Returns at most `limit` {node, name} hits: whole names first, then beginnings, then the better connected.
const find = (query, limit = 12) => {
  const wanted = letters(query);
  if (!wanted) return [];
  const field = /^[ㄱ-ㅎ]+$/.test(plain(query)) ? "initials" : "letters";
  const best = new Map();
  for (const entry of searchIndex()) {
    const at = entry[field].indexOf(wanted);
    if (at < 0) continue;
    const grade = entry[field] === wanted ? 0 : at === 0 ? 1 : 2;
    const found = best.get(entry.node.n);
    if (!found || grade < found.grade) best.set(entry.node.n, { node: entry.node, name: entry.name, grade });
  }
  return [...best.values()].sort((a, b) => a.grade - b.grade || a.node.n - b.node.n).slice(0, limit);
};
