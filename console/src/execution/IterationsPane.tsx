import { useState, type ReactNode } from 'react';

import type { Iteration, Visit } from '../history/model';
import { StatusBadge } from '../ui/Badge';
import { Empty } from '../ui/Empty';
import { clockText, Duration } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import type { View } from './view';

const columns: Column<Iteration>[] = [
  { title: 'Index', width: '48px', cell: (each) => <span className="number table-name">{each.index}</span> },
  { title: 'Status', width: '104px', cell: (each) => <StatusBadge status={each.status.toUpperCase()} /> },
  { title: 'Started', width: '86px', cell: (each) => <span className="number">{clockText(each.startedAt)}</span> },
  { title: 'Duration', width: '80px', cell: (each) => <Duration from={each.startedAt} to={each.status === 'running' ? null : each.endedAt} /> },
];

function states(view: View, map: Visit, index: number): Visit[] {
  return view.model.visits.filter((visit) => visit.parent === map && visit.iteration === index);
}

export function IterationsPane({ view }: { view: View }): ReactNode {
  const maps = view.model.visits.filter((visit) => visit.type === 'Map');
  const [chosen, setChosen] = useState(0);
  const chosenMap = view.visit?.type === 'Map' ? view.visit : undefined;
  const map = chosenMap ?? maps.find((each) => each.id === chosen) ?? maps[0];
  if (!map) return <Empty icon="Map" title="No Map state has run yet" />;
  const rows = [...map.iterations.values()].sort((a, b) => a.index - b.index);
  const counts = rows.reduce<Record<string, number>>((sum, each) => ({ ...sum, [each.status]: (sum[each.status] ?? 0) + 1 }), {});
  return (
    <div className="events">
      <div className="bar events-bar">
        <select className="select" aria-label="Map state" value={map.id} onChange={(event) => setChosen(Number(event.target.value))}>
          {maps.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name} (event {each.id})
            </option>
          ))}
        </select>
        <span className="muted number">
          {rows.length} of {map.items ?? rows.length} items begun
        </span>
        <span className="space" />
        {Object.entries(counts).map(([status, count]) => (
          <span key={status} className={`badge tone-${status} number`}>
            {count} {status}
          </span>
        ))}
      </div>
      <VirtualTable
        label="Iterations"
        columns={[
          ...columns,
          { title: 'States', width: 'minmax(0, 1fr)', cell: (each) => states(view, map, each.index).map((visit) => visit.name).join(' → ') },
        ]}
        rows={rows}
        keyOf={(each) => each.index}
        height={36}
        onChoose={(each) => view.select(states(view, map, each.index).at(-1) ?? map)}
      />
    </div>
  );
}
