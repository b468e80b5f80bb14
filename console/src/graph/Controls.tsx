import { useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';

import { Button } from '../ui/Button';
import { savePng, saveSvg } from './export';
import type { Layout } from './layout';
import type { MarksByState } from './look';

interface Props {
  layout: Layout;
  marks: MarksByState;
  name: string;
}

export function Controls({ layout, marks, name }: Props): ReactNode {
  const flow = useReactFlow();
  return (
    <div className="graph-controls" role="group" aria-label="Graph">
      <Button small icon="plus" label="Zoom in" onClick={() => void flow.zoomIn()} />
      <Button small icon="minus" label="Zoom out" onClick={() => void flow.zoomOut()} />
      <Button small icon="fit" label="Fit the graph into view" onClick={() => void flow.fitView({ padding: 0.08 })} />
      <Button small icon="download" onClick={() => saveSvg(layout, marks, name)}>
        SVG
      </Button>
      <Button small icon="download" onClick={() => void savePng(layout, marks, name)}>
        PNG
      </Button>
    </div>
  );
}
