import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { listMachines } from '../api/states';
import type { MachineSummary } from '../api/types';
import { places } from '../app/places';
import { Badge } from '../ui/Badge';
import { arnColumn, nameColumn } from '../ui/columns';
import { Icon } from '../ui/Icon';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<MachineSummary>[] = [
  nameColumn((machine) => machine.name),
  { title: 'Type', width: '110px', cell: (machine) => <Badge>{machine.type === 'EXPRESS' ? 'Express' : 'Standard'}</Badge> },
  { title: 'Created', width: '180px', cell: (machine) => <DateTime at={machine.creationDate} /> },
  arnColumn((machine) => machine.stateMachineArn),
];

const firstMachine = `aws stepfunctions create-state-machine \\
  --name hello --definition file://hello.asl.json \\
  --role-arn arn:aws:iam::123456789012:role/any`;

export function MachinesPage(): ReactNode {
  return (
    <ListPage
      title="State machines"
      icon="machines"
      list="machines"
      load={listMachines}
      columns={columns}
      nameOf={(machine) => machine.name}
      keyOf={(machine) => machine.stateMachineArn}
      href={(machine) => places.machine(machine.stateMachineArn)}
      actions={
        <Link className="button primary" to={places.newMachine}>
          <Icon name="plus" size={15} />
          New state machine
        </Link>
      }
      about={
        <>
          <p>Write one here, deploy one with the tools that you use with AWS, or let ./dev up deploy the examples.</p>
          <pre>{firstMachine}</pre>
        </>
      }
    />
  );
}
