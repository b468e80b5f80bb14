import { useMemo, type ReactNode } from 'react';

import { GraphView } from '../graph/GraphView';
import { marksOf } from './marks';
import { latestVisit, type View } from './view';

export function GraphPane({ view }: { view: View }): ReactNode {
  const marks = useMemo(() => marksOf(view.model), [view.model]);
  if (!view.definition) return null;
  return (
    <GraphView
      definition={view.definition}
      name={view.execution?.name ?? 'execution'}
      marks={marks}
      taken={view.model.taken}
      selected={view.visit?.name ?? null}
      onSelect={(state) => view.select(state ? latestVisit(view, state) : null)}
    />
  );
}
