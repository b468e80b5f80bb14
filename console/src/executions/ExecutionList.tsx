import { useMemo, type ReactNode } from 'react';

import type { ExecutionSummary } from '../api/types';
import { machineArnOf, nameOf, places } from '../app/places';
import { StatusBadge } from '../ui/Badge';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { DateTime, Duration } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import { Filters, useFilter } from './Filters';
import { useExecutions } from './useExecutions';

const name: Column<ExecutionSummary> = {
  title: 'Name',
  width: 'minmax(0, 2fr)',
  cell: (each) => <span className="table-name">{each.name}</span>,
};
const machineName: Column<ExecutionSummary> = {
  title: 'State machine',
  width: 'minmax(0, 1.2fr)',
  cell: (each) => nameOf(machineArnOf(each.executionArn)),
};
const version: Column<ExecutionSummary> = {
  title: 'Version',
  width: '110px',
  cell: (each) => {
    const of = each.stateMachineAliasArn ?? each.stateMachineVersionArn;
    return of ? nameOf(of) : <span className="muted">latest</span>;
  },
};
const rest: Column<ExecutionSummary>[] = [
  { title: 'Status', width: '130px', cell: (each) => <StatusBadge status={each.status} /> },
  { title: 'Started', width: '170px', cell: (each) => <DateTime at={each.startDate} /> },
  {
    title: 'Duration',
    width: '110px',
    cell: (each) => <Duration from={each.startDate} to={each.stopDate} />,
  },
];

interface Props {
  machine?: string;
  express?: boolean;
}

export function ExecutionList({ machine, express }: Props): ReactNode {
  const filter = useFilter(machine);
  const key = JSON.stringify(filter);
  const stable = useMemo(() => filter, [key]);
  const executions = useExecutions(stable);
  const columns = useMemo(() => (machine ? [name, version, ...rest] : [name, machineName, ...rest]), [machine]);
  const filters = Object.keys(filter).length > (machine ? 1 : 0);

  if (express) {
    return (
      <div className="card">
        <Empty icon="logs" title="Express executions are not listed">
          <p>They leave no record of their own. What they log stands in the log group of the state machine.</p>
        </Empty>
      </div>
    );
  }
  const { rows, lookedAt, busy, ended } = executions;
  return (
    <>
      <Filters onRefresh={executions.again} />
      {executions.error && <ErrorBox error={executions.error} />}
      <VirtualTable
        label="Executions"
        columns={columns}
        rows={rows}
        keyOf={(each) => each.executionArn}
        href={(each) => places.execution(each.executionArn)}
        onEnd={executions.more}
      >
        {ended && rows.length === 0 && (
          <Empty icon="executions" title={filters ? 'No execution fits' : 'No executions yet'}>
            <p>{filters ? 'Take a filter away, or look at another time.' : 'Start one from its state machine, or with any AWS client.'}</p>
          </Empty>
        )}
        <div className="table-foot number" role="status">
          {busy && <span className="spinner" />}
          <span>
            {rows.length.toLocaleString('en')}
            {ended ? '' : '+'} found
          </span>
          {filters && <span>{lookedAt.toLocaleString('en')} looked at</span>}
        </div>
      </VirtualTable>
    </>
  );
}
