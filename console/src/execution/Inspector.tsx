import type { ReactNode } from 'react';

import { detailsOf } from '../history/events';
import { ExecutionData } from './ExecutionData';
import type { View } from './view';
import { VisitInspector } from './VisitInspector';

/** What is known of the state that is chosen, or of the whole execution. */
export function Inspector({ view }: { view: View }): ReactNode {
  const event = view.at === null ? undefined : view.events[view.at - 1];
  const name = view.visit?.name ?? (event ? detailsOf(event).name : undefined);
  return (
    <aside className="card inspector" aria-label={name ? `State ${name}` : 'Execution'}>
      {view.visit ? <VisitInspector view={view} visit={view.visit} /> : <ExecutionData view={view} />}
    </aside>
  );
}
