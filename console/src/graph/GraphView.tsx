import '@xyflow/react/dist/base.css';

import {
  Background,
  BackgroundVariant,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
  type Edge,
  type Node,
  type NodeHandle,
} from '@xyflow/react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

import type { Definition } from '../asl/definition';
import { asError } from '../api/errors';
import { ErrorBox } from '../ui/ErrorBox';
import { Controls } from './Controls';
import { edgeTypes, type LineData } from './Line';
import { firstView } from './firstView';
import { layOut, type Layout, type PlacedNode } from './layout';
import type { MarksByState } from './look';
import { graphOf } from './model';
import { nodeTypes, type StateData } from './StateBox';

interface Props {
  definition: Definition;
  name: string;
  marks?: MarksByState;
  taken?: ReadonlySet<string>;
  selected?: string | null;
  onSelect?: (state: string | null) => void;
}

/** From here on only what is in view is drawn. */
const manyNodes = 400;
const noMarks: MarksByState = new Map();
const noneTaken: ReadonlySet<string> = new Set();

/** Where lines begin and end is known from the layout, but the library wants it told. */
function handlesOf({ width, height }: PlacedNode): NodeHandle[] {
  const size = { width: 1, height: 1 };
  return [
    { type: 'target', position: Position.Top, x: width / 2, y: 0, ...size },
    { type: 'source', position: Position.Bottom, x: width / 2, y: height, ...size },
  ];
}

function flowNodes(layout: Layout, marks: MarksByState, selected: string | null): Node<StateData>[] {
  return layout.nodes.map((placed) => {
    const { node } = placed;
    const mark = marks.get(node.name);
    return {
      id: node.id,
      type: node.kind,
      position: { x: placed.x, y: placed.y },
      width: placed.width,
      height: placed.height,
      measured: { width: placed.width, height: placed.height },
      handles: handlesOf(placed),
      zIndex: placed.depth,
      selected: node.name !== '' && node.name === selected,
      selectable: node.name !== '',
      focusable: node.name !== '',
      draggable: false,
      ariaRole: node.name ? 'button' : 'presentation',
      data: { node, marks: mark ?? null },
    };
  });
}

function flowEdges(layout: Layout, taken: ReadonlySet<string>): Edge<LineData>[] {
  return layout.edges.map(({ edge, points, label }) => ({
    id: edge.id,
    source: edge.from,
    target: edge.to,
    type: 'line',
    zIndex: 20,
    focusable: false,
    data: { edge, points, label, taken: taken.has(`${edge.from}→${edge.to}`) },
  }));
}

/** The layout of a definition; the last good one while a new one is being made or the text is broken. */
function useLayout(definition: Definition): { layout: Layout | null; error: Error | null } {
  const [layout, setLayout] = useState<Layout | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const model = useMemo(() => graphOf(definition), [definition]);
  const shape = useMemo(() => JSON.stringify(model), [model]);
  useEffect(() => {
    let wanted = true;
    document.fonts
      .load("560 13px 'Inter Variable'")
      .then(() => layOut(model))
      .then(
        (made) => wanted && (setLayout(made), setError(null)),
        (reason: unknown) => wanted && setError(asError(reason)),
      );
    return () => {
      wanted = false;
    };
    // The same graph need not be laid out again, whatever else the text says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shape]);
  return { layout, error };
}

function Flow({ layout, name, marks, taken, selected, onSelect }: Omit<Props, 'definition'> & { layout: Layout }): ReactNode {
  const flow = useReactFlow();
  const store = useStoreApi();
  const frame = useRef<HTMLDivElement>(null);
  const nodes = useMemo(() => flowNodes(layout, marks ?? noMarks, selected ?? null), [layout, marks, selected]);
  const edges = useMemo(() => flowEdges(layout, taken ?? noneTaken), [layout, taken]);
  useEffect(() => {
    if (!frame.current) return undefined;
    const show = (): void => {
      const { width, height } = store.getState();
      if (width > 0) void flow.setViewport(firstView(layout, width, height));
    };
    const watch = new ResizeObserver(() => requestAnimationFrame(show));
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, [layout, flow, store]);
  return (
    <div className="graph-frame" ref={frame}>
      <ReactFlow
        aria-label={`Graph of ${name}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesConnectable={false}
        elementsSelectable
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements={layout.nodes.length > manyNodes}
        minZoom={0.05}
        maxZoom={2}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_, node) => onSelect?.((node.data as StateData).node.name || null)}
        onPaneClick={() => onSelect?.(null)}
        onKeyDown={(event) => {
          const id = (event.target as HTMLElement).dataset['id'];
          if (id && (event.key === 'Enter' || event.key === ' ')) onSelect?.(id);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line)" />
      </ReactFlow>
      <Controls layout={layout} marks={marks ?? noMarks} name={name} />
    </div>
  );
}

export function GraphView(props: Props): ReactNode {
  const { layout, error } = useLayout(props.definition);
  if (error) return <ErrorBox error={error} />;
  if (!layout) {
    return (
      <div className="graph-frame" aria-busy="true">
        <span className="spinner" />
      </div>
    );
  }
  return (
    <ReactFlowProvider>
      <Flow {...props} layout={layout} />
    </ReactFlowProvider>
  );
}
