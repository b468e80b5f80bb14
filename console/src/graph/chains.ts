import type { GraphEdge, GraphNode } from './model';

/** States that follow one another without a choice. They stand below each other whatever the rest looks like, so the
    layout need not think about each of them. */
export interface Chain {
  /** Of the first state. */
  id: string;
  nodes: GraphNode[];
  /** Those between its states. */
  edges: GraphEdge[];
}

function counted(ids: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Every node in one chain, most of them alone; in the order of the nodes. */
export function chainsOf(nodes: GraphNode[], edges: GraphEdge[]): Chain[] {
  const leaving = counted(edges.map((edge) => edge.from));
  const entering = counted(edges.map((edge) => edge.to));
  const states = new Map(nodes.filter((node) => node.kind === 'state').map((node) => [node.id, node]));
  const joins = edges.filter(
    ({ from, to, label }) => label === '' && from !== to && leaving.get(from) === 1 && entering.get(to) === 1 && states.has(from) && states.has(to),
  );
  const next = new Map(joins.map((edge) => [edge.from, edge]));
  const inner = new Set(joins.map((edge) => edge.to));
  const placed = new Set<string>();
  const chains: Chain[] = [];
  for (const head of [...nodes.filter((node) => !inner.has(node.id)), ...nodes.filter((node) => inner.has(node.id))]) {
    if (placed.has(head.id)) continue;
    const chain: Chain = { id: head.id, nodes: [head], edges: [] };
    placed.add(head.id);
    for (let edge = next.get(head.id); edge && !placed.has(edge.to); edge = next.get(edge.to)) {
      const node = states.get(edge.to);
      if (!node) break;
      chain.nodes.push(node);
      chain.edges.push(edge);
      placed.add(node.id);
    }
    chains.push(chain);
  }
  const order = new Map(nodes.map((node, i) => [node.id, i]));
  return chains.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}
