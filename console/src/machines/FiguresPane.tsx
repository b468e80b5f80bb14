import { useMemo, useState, type ReactNode } from 'react';

import type { StateFigures } from '../api/console';
import type { Machine } from '../api/types';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { readDefinition, type Definition } from '../asl/definition';
import { Spark } from '../metrics/Spark';
import { useStateFigures } from '../metrics/useStateFigures';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { spans } from '../ui/spans';
import { durationText } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

interface Row extends StateFigures {
  type: string;
}

const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

/** A figure for all of the time, and how it went in that time. */
function Cell({ text, label, values, bad }: { text: string; label: string; values: number[]; bad?: boolean }): ReactNode {
  return (
    <span className="figure">
      <span className="number">{text}</span>
      <Spark label={label} values={values} bad={bad ?? false} />
    </span>
  );
}

function Failed({ row }: { row: Row }): ReactNode {
  const [failed, entered] = [total(row.failed), total(row.entered)];
  if (failed === 0) return <span className="muted">none</span>;
  const share = `${failed.toLocaleString('en')} · ${((failed / entered) * 100).toFixed(failed === entered ? 0 : 1)} %`;
  return <Cell text={share} label={`Failures of ${row.name} over time`} values={row.failed} bad />;
}

function Took({ row }: { row: Row }): ReactNode {
  const left = total(row.left);
  if (left === 0) return <span className="muted">–</span>;
  const means = row.milliseconds.map((sum, i) => (row.left[i] ? sum / row.left[i] : 0));
  return <Cell text={durationText(total(row.milliseconds) / left / 1000)} label={`Mean time of ${row.name} over time`} values={means} />;
}

const columns: Column<Row>[] = [
  { title: 'State', width: 'minmax(0, 1.2fr)', cell: (row) => <span className="table-name">{row.name}</span> },
  { title: 'Type', width: '80px', cell: (row) => <span className="muted">{row.type}</span> },
  {
    title: 'Entered',
    width: 'minmax(0, 1fr)',
    cell: (row) => <Cell text={total(row.entered).toLocaleString('en')} label={`Visits of ${row.name} over time`} values={row.entered} />,
  },
  { title: 'Failed', width: 'minmax(0, 1fr)', cell: (row) => <Failed row={row} /> },
  { title: 'Time on average', width: 'minmax(0, 1fr)', cell: (row) => <Took row={row} /> },
];

/** In the order of the definition; those that it has no more come last. */
function rowsOf(definition: Definition | undefined, figures: StateFigures[]): Row[] {
  const order = [...(definition?.states.keys() ?? [])];
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return figures
    .map((each) => ({ ...each, type: definition?.states.get(each.name)?.type ?? '' }))
    .sort((a, b) => place(a.name) - place(b.name));
}

/** How the states of a machine fare: counted from the histories of its executions. */
export function FiguresPane({ machine }: { machine: Machine }): ReactNode {
  const [span, setSpan] = useParam('since');
  const [now, setNow] = useState(() => Date.now());
  const length = spans.find((each) => each.id === (span || '1h'))?.milliseconds ?? 3_600_000;
  const { states, lookedAt, busy, error } = useStateFigures(machine.stateMachineArn, now - length, now);
  const definition = useMemo(() => readDefinition(machine.definition), [machine.definition]);
  const rows = useMemo(() => rowsOf(definition, states), [definition, states]);
  return (
    <>
      <div className="bar">
        <select className="select" aria-label="Started" value={span || '1h'} onChange={(event) => setSpan(event.target.value)}>
          {spans.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <Button icon="redrive" label="Look again" onClick={() => setNow(Date.now())} />
      </div>
      {error && <ErrorBox error={error} />}
      <VirtualTable
        label="States"
        columns={columns}
        rows={rows}
        keyOf={(row) => row.name}
        href={(row) => `${places.machine(machine.stateMachineArn)}?state=${encodeURIComponent(row.name)}`}
        height={46}
      >
        {!busy && rows.length === 0 && (
          <Empty icon="metrics" title="No execution in that time">
            <p>
              {machine.type === 'EXPRESS'
                ? 'Express executions leave no history. The metrics of the server count them.'
                : 'Look at a longer time, or start one.'}
            </p>
          </Empty>
        )}
        <div className="table-foot number" role="status">
          {busy && <span className="spinner" />}
          <span>{lookedAt === 1 ? '1 execution' : `${lookedAt.toLocaleString('en')} executions`}</span>
        </div>
      </VirtualTable>
    </>
  );
}
