"use strict";
// The records of the page and the indexes over them.
const read = (id) => JSON.parse(document.getElementById(`data-${id}`).textContent);
const NODES = read("nodes"), EDGES = read("edges"), CONTEXT = read("context"), OPTIONS = read("options");
const nodeOf = new Map(NODES.map((node) => [node.id, node]));
const edgeOf = new Map(EDGES.map((edge) => [edge.id, edge]));
const edgesAt = new Map(NODES.map((node) => [node.id, []]));
for (const edge of EDGES) {
  edgesAt.get(edge.from).push(edge);
  if (edge.to !== edge.from) edgesAt.get(edge.to).push(edge);
}
NODES.forEach((node, rank) => { node.rank = rank; node.aliases ||= []; }); // what is null or empty is left out of the data

const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);
const neighbours = (id) => [...new Set(edgesAt.get(id).map((edge) => otherEnd(edge, id)))].map((n) => nodeOf.get(n));
const tally = (rows, key) => {
  const counts = new Map();
  for (const row of rows) counts.set(row[key], (counts.get(row[key]) || 0) + 1);
  return counts;
};
const LONELY = NODES.filter((node) => node.degree === 0 && node.x !== undefined);
