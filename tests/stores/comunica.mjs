// The child process of comunica.py: loads a file with N3.js once and answers SPARQL queries with Comunica.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { QueryEngine } from "@comunica/query-sparql-rdfjs-lite";
import { Store, StreamParser, Writer } from "n3";

const store = new Store();
await new Promise((done, failed) => {
  const parsed = createReadStream(process.argv[2]).pipe(new StreamParser());
  parsed.on("data", (quad) => store.addQuad(quad)).on("end", done).on("error", failed);
});
const engine = new QueryEngine();

function term(found) {
  if (found.termType !== "Literal") {
    return { type: found.termType === "NamedNode" ? "uri" : "bnode", value: found.value };
  }
  const literal = { type: "literal", value: found.value };
  return found.language
    ? { ...literal, "xml:lang": found.language }
    : { ...literal, datatype: found.datatype.value };
}

async function ask(query) {
  const result = await engine.query(query, { sources: [store], unionDefaultGraph: true });
  if (result.resultType === "boolean") {
    return JSON.stringify({ head: {}, boolean: await result.execute() });
  }
  if (result.resultType === "quads") {
    return new Writer({ format: "N-Triples" }).quadsToString(await (await result.execute()).toArray());
  }
  const vars = (await result.metadata()).variables.map((known) => (known.variable ?? known).value);
  const bindings = [];
  for (const row of await (await result.execute()).toArray()) {
    bindings.push(Object.fromEntries([...row].map(([variable, value]) => [variable.value, term(value)])));
  }
  return JSON.stringify({ head: { vars }, results: { bindings } });
}

function say(said) {
  process.stdout.write(`${JSON.stringify(said)}\n`);
}

say({ ready: true });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    say({ answer: await ask(JSON.parse(line).query) });
  } catch (error) {
    say({ error: String(error) });
  }
}
