import ELK from 'elkjs/lib/elk-api';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

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

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string };
}

/** The pages' policy lets no other script be made from a text. */
const policy = (window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('stepwell-worker', {
  createScriptURL: (url) => {
    if (url !== workerUrl) throw new Error('only the worker that lays graphs out');
    return url;
  },
});

/** Made at once, so that it is ready when the first definition has come. */
const engine = new ELK({ workerFactory: () => new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl) });

const inside = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
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

const stateHeight = 46;

function sizeOf(node: GraphNode): { width: number; height: number } {
  if (node.kind === 'start' || node.kind === 'end') return { width: 22, height: 22 };
  const text = Math.max(widthOf(node.name, 'name'), widthOf(node.detail || node.type, 'detail'));
  return { width: Math.min(Math.max(text + (node.repeated ? 112 : 70), 132), 300), height: stateHeight };
}

function optionsOf(node: GraphNode): Record<string, string> {
  if (node.kind === 'branch') return branch;
  return node.type === 'Parallel' ? parallel : container;
}

function elkEdge(edge: GraphEdge): ElkExtendedEdge {
  const label = { id: `${edge.id}:label`, text: edge.label, width: widthOf(edge.label, 'label') + 10, height: 18 };
  return { id: edge.id, sources: [edge.from], targets: [edge.to], labels: edge.label ? [label] : [] };
}

function elkNode(node: GraphNode): ElkNode {
  if (node.kind !== 'container' && node.kind !== 'branch') return { id: node.id, ...sizeOf(node) };
  return {
    id: node.id,
    children: node.children.map(elkNode),
    edges: node.edges.map(elkEdge),
    layoutOptions: {
      ...optionsOf(node),
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${node.kind === 'container' ? sizeOf(node).width : 60}, 40)`,
    },
  };
}

function placeEdges(elkEdges: ElkExtendedEdge[] | undefined, edges: GraphEdge[], at: Point, layout: Layout): void {
  for (const placed of elkEdges ?? []) {
    const edge = edges.find((each) => each.id === placed.id);
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

function place(elkNodes: ElkNode[] | undefined, nodes: GraphNode[], at: Point, depth: number, layout: Layout): void {
  for (const placed of elkNodes ?? []) {
    const node = nodes.find((each) => each.id === placed.id);
    if (!node) continue;
    const corner = { x: at.x + (placed.x ?? 0), y: at.y + (placed.y ?? 0) };
    layout.nodes.push({ node, depth, ...corner, width: placed.width ?? 0, height: placed.height ?? 0 });
    place(placed.children, node.children, corner, depth + 1, layout);
    placeEdges(placed.edges, node.edges, corner, layout);
  }
}

/** The first graphs take a worker several times as long as later ones, while it is being compiled: so it gets some before
    anybody waits. */
function warmUp(): void {
  const names = Array.from({ length: 12 }, (_, i) => String(i));
  const line = (from: number, to: number, label: string): GraphEdge => ({ id: `${from} ${to}`, from: String(from), to: String(to), kind: 'next', label, title: '' });
  const edges = names.slice(1).flatMap((_, i) => (i % 3 === 0 && i + 2 < names.length ? [line(i, i + 1, 'n > 1'), line(i, i + 2, 'n')] : [line(i, i + 1, '')]));
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: inside,
    children: names.map((id) => ({ id, width: 132, height: stateHeight })),
    edges: edges.map(elkEdge),
  };
  engine.layout(graph).catch(() => undefined);
}

warmUp();

export async function layOut(model: GraphModel): Promise<Layout> {
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: { ...inside, 'elk.layered.thoroughness': model.nodes.length > 100 ? '2' : '7', 'elk.padding': '[top=12,left=12,bottom=12,right=12]' },
    children: model.nodes.map(elkNode),
    edges: model.edges.map(elkEdge),
  };
  performance.mark('layout begins');
  const placed = await engine.layout(graph);
  performance.measure('layout', 'layout begins');
  const layout: Layout = { width: placed.width ?? 0, height: placed.height ?? 0, nodes: [], edges: [] };
  place(placed.children, model.nodes, { x: 0, y: 0 }, 0, layout);
  placeEdges(placed.edges, model.edges, { x: 0, y: 0 }, layout);
  return layout;
}
