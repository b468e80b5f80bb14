import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { listMachines } from '../api/states';
import type { MachineSummary } from '../api/types';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { Badge } from '../ui/Badge';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Icon } from '../ui/Icon';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const columns: Column<MachineSummary>[] = [
  { title: 'Name', width: 'minmax(0, 2fr)', cell: (machine) => <span className="table-name">{machine.name}</span> },
  { title: 'Type', width: '110px', cell: (machine) => <Badge>{machine.type === 'EXPRESS' ? 'Express' : 'Standard'}</Badge> },
  { title: 'Created', width: '180px', cell: (machine) => <DateTime at={machine.creationDate} /> },
  {
    title: 'ARN',
    width: 'minmax(0, 2fr)',
    cell: (machine) => <span className="mono muted">{machine.stateMachineArn}</span>,
  },
];

const firstMachine = `aws stepfunctions create-state-machine \\
  --name hello --definition file://hello.asl.json \\
  --role-arn arn:aws:iam::123456789012:role/any`;

export function MachinesPage(): ReactNode {
  const [text, setText] = useParam('q');
  const machines = useQuery({ queryKey: ['machines'], queryFn: listMachines });
  const found = (machines.data ?? []).filter((each) => each.name.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page
      title="State machines"
      actions={
        <Link className="button primary" to={places.newMachine}>
          <Icon name="plus" size={15} />
          New state machine
        </Link>
      }
    >
      {machines.error && <ErrorBox error={machines.error} />}
      {machines.data?.length === 0 && (
        <div className="card">
          <Empty icon="machines" title="No state machines yet">
            <p>Write one here, deploy one with the tools that you use with AWS, or let ./dev up deploy the examples.</p>
            <pre>{firstMachine}</pre>
          </Empty>
        </div>
      )}
      {machines.data && machines.data.length > 0 && (
        <>
          <div className="bar">
            <Search label="Search by name" value={text} onChange={setText} />
          </div>
          <VirtualTable
            label="State machines"
            columns={columns}
            rows={found}
            keyOf={(machine) => machine.stateMachineArn}
            href={(machine) => places.machine(machine.stateMachineArn)}
          >
            {found.length === 0 && <Empty icon="search" title={`Nothing is called “${text}”`} />}
            <div className="table-foot number">
              {found.length.toLocaleString('en')} of {machines.data.length.toLocaleString('en')}
            </div>
          </VirtualTable>
        </>
      )}
    </Page>
  );
}
