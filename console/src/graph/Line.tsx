import type { Edge, EdgeProps } from '@xyflow/react';
import { memo } from 'react';

import type { Box, Point } from './layout';
import type { GraphEdge } from './model';
import { pathThrough } from './path';

export interface LineData extends Record<string, unknown> {
  edge: GraphEdge;
  points: Point[];
  label: Box | null;
  taken: boolean;
}

const Line = memo(({ data }: EdgeProps<Edge<LineData>>) => {
  if (!data) return null;
  const { edge, points, label, taken } = data;
  const end = points.at(-1);
  return (
    <g className={`line line-${edge.kind}${taken ? ' line-taken' : ''}`}>
      <path d={pathThrough(points)} />
      {end && <path className="line-head" d={`M${end.x - 4},${end.y - 6}L${end.x},${end.y}L${end.x + 4},${end.y - 6}`} />}
      {label && (
        <g className="line-label">
          <title>{edge.title}</title>
          <rect x={label.x} y={label.y} width={label.width} height={label.height} rx={5} />
          <text x={label.x + label.width / 2} y={label.y + label.height / 2 + 4} textAnchor="middle">
            {edge.label}
          </text>
        </g>
      )}
    </g>
  );
});

export const edgeTypes = { line: Line };
