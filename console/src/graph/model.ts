import { conditionText } from '../asl/conditions';
import { resourceName, type Definition, type Scope, type State } from '../asl/definition';
import { arrayOf, objectOf, textOf } from '../asl/json';

/** A definition as nodes in nodes, and edges between nodes of one container. */
export type NodeKind = 'start' | 'end' | 'state' | 'container' | 'branch';

export interface GraphNode {
  id: string;
  kind: NodeKind;
  /** Of the state; empty for what is none. */
  name: string;
  type: string;
  detail: string;
  /** Inside a Map: visited more than once, which takes room to tell. */
  repeated: boolean;
  children: GraphNode[];
  edges: GraphEdge[];
}

export type EdgeKind = 'next' | 'choice' | 'default' | 'catch';

export interface GraphEdge {
  id: string;
  from: string;
  to: string;
  kind: EdgeKind;
  label: string;
  /** The whole condition or list of errors, where the label is a part of it. */
  title: string;
}

export interface GraphModel {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

const longestLabel = 34;

function shorten(text: string, length = longestLabel): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

const startId = '(start)';
const endId = '(end)';

type Exit = Omit<GraphEdge, 'id' | 'from'>;

function exit(to: string, kind: EdgeKind, title = ''): Exit {
  return { to, kind, title, label: shorten(title) };
}

/** Where a state can go. */
function exitsOf(state: State): Exit[] {
  const exits: Exit[] = [];
  for (const choice of arrayOf(state.fields['Choices']).map(objectOf)) {
    exits.push(exit(textOf(choice['Next']), 'choice', conditionText(choice)));
  }
  const otherwise = textOf(state.fields['Default']);
  if (otherwise) exits.push(exit(otherwise, 'default', 'otherwise'));
  const next = textOf(state.fields['Next']);
  if (next) exits.push(exit(next, 'next'));
  for (const catcher of arrayOf(state.fields['Catch']).map(objectOf)) {
    exits.push(exit(textOf(catcher['Next']), 'catch', arrayOf(catcher['ErrorEquals']).map(String).join(', ')));
  }
  return exits;
}

function edgesOf(scope: Scope): GraphEdge[] {
  const known = new Set(scope.states.map((state) => state.name));
  return scope.states.flatMap((state) =>
    exitsOf(state)
      .filter((edge) => known.has(edge.to))
      .map((edge, i) => ({ ...edge, id: `${state.name}→${edge.to}#${i}`, from: state.name })),
  );
}

function waitsFor(state: State): string {
  for (const name of ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath']) {
    const value = state.fields[name];
    if (value !== undefined) return name.startsWith('Seconds') ? name === 'Seconds' && typeof value === 'number' ? `${value} s` : `seconds: ${String(value)}` : String(value);
  }
  return '';
}

function detailOf(state: State): string {
  if (state.type === 'Task') return resourceName(state);
  if (state.type === 'Wait') return shorten(waitsFor(state), 26);
  if (state.type === 'Fail') return textOf(state.fields['Error']);
  return '';
}

function nodeOf(state: State, repeated = false): GraphNode {
  const node: GraphNode = {
    id: state.name,
    kind: state.inside.length > 0 ? 'container' : 'state',
    name: state.name,
    type: state.type,
    detail: detailOf(state),
    repeated,
    children: [],
    edges: [],
  };
  if (state.type === 'Parallel') {
    node.children = state.inside.map((scope) => branchOf(state, scope, repeated));
  } else if (state.inside[0]) {
    node.children = state.inside[0].states.map((inner) => nodeOf(inner, true));
    node.edges = edgesOf(state.inside[0]);
  }
  return node;
}

function branchOf(state: State, scope: Scope, repeated: boolean): GraphNode {
  return {
    id: `${state.name}#${scope.index}`,
    kind: 'branch',
    name: '',
    type: '',
    detail: '',
    repeated,
    children: scope.states.map((inner) => nodeOf(inner, repeated)),
    edges: edgesOf(scope),
  };
}

const endsHere = (state: State): boolean =>
  state.fields['End'] === true || state.type === 'Succeed' || state.type === 'Fail';

function pseudo(id: string, kind: NodeKind): GraphNode {
  return { id, kind, name: '', type: '', detail: '', repeated: false, children: [], edges: [] };
}

export function graphOf(definition: Definition): GraphModel {
  const { top } = definition;
  const edges = edgesOf(top);
  const nodes = [pseudo(startId, 'start'), ...top.states.map((state) => nodeOf(state))];
  if (definition.states.has(top.start)) {
    edges.push({ id: 'start', from: startId, to: top.start, kind: 'next', label: '', title: '' });
  }
  const last = top.states.filter(endsHere);
  if (last.length > 0) nodes.push(pseudo(endId, 'end'));
  for (const state of last) {
    edges.push({ id: `${state.name}→end`, from: state.name, to: endId, kind: 'next', label: '', title: '' });
  }
  return { nodes, edges };
}
