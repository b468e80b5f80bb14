import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';

import { chainsOf, type Chain } from './chains';
import { engine } from './engine';
import type { GraphEdge, GraphModel, GraphNode } from './model';
import { widthOf } from './measure';

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

export interface PlacedNode extends Box {
  node: GraphNode;
  depth: number;
}

export interface PlacedEdge {
  edge: GraphEdge;
  points: Point[];
  label: Box | null;
}

/** Everything in the coordinates of the whole graph; containers come before what is in them. */
export interface Layout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

const stateHeight = 46;
const between = 36;

const inside = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(between),
  'elk.layered.spacing.edgeNodeBetweenLayers': '16',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeLabel': '4',
  'elk.edgeLabels.inline': 'true',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

const container = { ...inside, 'elk.padding': '[top=48,left=16,bottom=16,right=16]' };
const branch = { ...inside, 'elk.padding': '[top=14,left=12,bottom=14,right=12]' };
const parallel = {
  'elk.algorithm': 'rectpacking',
  'elk.rectpacking.widthApproximation.strategy': 'TARGET_WIDTH',
  'elk.rectpacking.widthApproximation.targetWidth': '1600',
  'elk.spacing.nodeNode': '14',
  'elk.padding': '[top=48,left=14,bottom=14,right=14]',
};

function sizeOf(node: GraphNode): { width: number; height: number } {
  if (node.kind === 'start' || node.kind === 'end') return { width: 22, height: 22 };
  const text = Math.max(widthOf(node.name, 'name'), widthOf(node.detail || node.type, 'detail'));
  return { width: Math.min(Math.max(text + (node.repeated ? 124 : 70), node.repeated ? 164 : 132), 300), height: stateHeight };
}

function optionsOf(node: GraphNode): Record<string, string> {
  if (node.kind === 'branch') return branch;
  return node.type === 'Parallel' ? parallel : container;
}

function elkEdge(edge: GraphEdge, from = edge.from, to = edge.to): ElkExtendedEdge {
  const label = { id: `${edge.id}:label`, text: edge.label, width: widthOf(edge.label, 'label') + 10, height: 18 };
  return { id: edge.id, sources: [from], targets: [to], labels: edge.label ? [label] : [] };
}

function elkNode(node: GraphNode): ElkNode {
  if (node.kind !== 'container' && node.kind !== 'branch') return { id: node.id, ...sizeOf(node) };
  return {
    id: node.id,
    ...elkScope(node.children, node.edges),
    layoutOptions: {
      ...optionsOf(node),
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${node.kind === 'container' ? sizeOf(node).width : 60}, 40)`,
    },
  };
}

/** A chain is one node, as wide as its widest state. */
function elkChain(chain: Chain): ElkNode {
  const [only, ...others] = chain.nodes;
  if (only && others.length === 0) return elkNode(only);
  const width = Math.max(...chain.nodes.map((node) => sizeOf(node).width));
  return { id: chain.id, width, height: chain.nodes.length * (stateHeight + between) - between };
}

function elkScope(nodes: GraphNode[], edges: GraphEdge[]): Pick<ElkNode, 'children' | 'edges'> {
  const chains = chainsOf(nodes, edges);
  const idOf = new Map(chains.flatMap((chain) => chain.nodes.map((node) => [node.id, chain.id])));
  const inner = new Set(chains.flatMap((chain) => chain.edges));
  return {
    children: chains.map(elkChain),
    edges: edges.filter((edge) => !inner.has(edge)).map((edge) => elkEdge(edge, idOf.get(edge.from), idOf.get(edge.to))),
  };
}

function placeEdges(elkEdges: ElkExtendedEdge[] | undefined, edges: GraphEdge[], at: Point, layout: Layout): void {
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  for (const placed of elkEdges ?? []) {
    const edge = byId.get(placed.id);
    const section = placed.sections?.[0];
    if (!edge || !section) continue;
    const move = (point: Point): Point => ({ x: point.x + at.x, y: point.y + at.y });
    const label = placed.labels?.[0];
    layout.edges.push({
      edge,
      points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(move),
      label: label
        ? { ...move({ x: label.x ?? 0, y: label.y ?? 0 }), width: label.width ?? 0, height: label.height ?? 0 }
        : null,
    });
  }
}

function placeChain(chain: Chain, box: Box, depth: number, layout: Layout): void {
  const step = stateHeight + between;
  chain.nodes.forEach((node, i) => {
    layout.nodes.push({ node, depth, x: box.x, y: box.y + i * step, width: box.width, height: stateHeight });
  });
  const x = box.x + box.width / 2;
  chain.edges.forEach((edge, i) => {
    const from = box.y + i * step + stateHeight;
    layout.edges.push({ edge, points: [{ x, y: from }, { x, y: from + between }], label: null });
  });
}

function place(scope: ElkNode, nodes: GraphNode[], edges: GraphEdge[], at: Point, depth: number, layout: Layout): void {
  const chains = new Map(chainsOf(nodes, edges).map((chain) => [chain.id, chain]));
  for (const placed of scope.children ?? []) {
    const chain = chains.get(placed.id);
    const node = chain?.nodes[0];
    if (!chain || !node) continue;
    const box = { x: at.x + (placed.x ?? 0), y: at.y + (placed.y ?? 0), width: placed.width ?? 0, height: placed.height ?? 0 };
    if (chain.nodes.length > 1) {
      placeChain(chain, box, depth, layout);
      continue;
    }
    layout.nodes.push({ node, depth, ...box });
    place(placed, node.children, node.edges, box, depth + 1, layout);
  }
  placeEdges(scope.edges, edges, at, layout);
}

export async function layOut(model: GraphModel): Promise<Layout> {
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: { ...inside, 'elk.layered.thoroughness': model.nodes.length > 100 ? '2' : '7', 'elk.padding': '[top=12,left=12,bottom=12,right=12]' },
    ...elkScope(model.nodes, model.edges),
  };
  performance.mark('layout begins');
  const placed = await engine.layout(graph);
  performance.measure('layout', 'layout begins');
  const layout: Layout = { width: placed.width ?? 0, height: placed.height ?? 0, nodes: [], edges: [] };
  place(placed, model.nodes, model.edges, { x: 0, y: 0 }, 0, layout);
  return layout;
}
