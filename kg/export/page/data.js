"use strict";
// The records of the page: what it opens with, what it opens when asked for, and the indexes over them.
// A node, an edge and an article go by their number, `n`; nodes stand in order of importance.
const byId = (id) => document.getElementById(id);
let NODES = [], EDGES = [], ARTICLES = [], CONTEXT = {};
let edgesAt = []; // the edges of each node

const inflate = (text) => {
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
};
const readBlock = async (name) => {
  const element = byId(`data-${name}`), text = element.textContent;
  return JSON.parse(element.type === "application/json" ? text : await inflate(text));
};
const records = ({ count, columns }) => {
  const keys = Object.keys(columns), rows = new Array(count);
  for (let n = 0; n < count; n += 1) {
    const row = { n };
    for (const key of keys) row[key] = columns[key][n];
    rows[n] = row;
  }
  return rows;
};

const load = async () => {
  const [nodes, edges, articles, context] = await Promise.all(["nodes", "edges", "articles", "context"].map(readBlock));
  NODES = records(nodes);
  EDGES = records(edges);
  ARTICLES = records(articles);
  CONTEXT = context;
  edgesAt = NODES.map(() => []);
  for (const edge of EDGES) {
    edgesAt[edge.from].push(edge);
    if (edge.to !== edge.from) edgesAt[edge.to].push(edge);
  }
};

// Evidence and headlines come in blocks of a few hundred, opened at the first click on one of them.
const opened = new Map();
const later = async (kind, n) => {
  const name = `${kind}-${Math.floor(n / CONTEXT[kind])}`;
  if (!opened.has(name)) opened.set(name, readBlock(name));
  return (await opened.get(name))[n % CONTEXT[kind]];
};
const evidenceOf = (edge) => later("evidence", edge.n);
const articleOf = async (n) => {
  const [title, url] = await later("headlines", n);
  return { ...ARTICLES[n], title, url };
};

// Indexes made at the first question.
const onceMade = (make) => { let made = null; return () => (made ??= make()); };
const byTheirId = (rows) => { const found = new Map(); for (const row of rows) found.set(row.id, row); return found; };
const nodeById = onceMade(() => byTheirId(NODES));
const edgeById = onceMade(() => byTheirId(EDGES));

const otherEnd = (edge, n) => (edge.from === n ? edge.to : edge.from);
const neighbours = (n) => [...new Set(edgesAt[n].map((edge) => otherEnd(edge, n)))].sort((a, b) => a - b);
const large = () => NODES.length > CONTEXT.shown;
