import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { listBuses, type Bus } from '../api/events';
import { places } from '../app/places';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Bus>[] = [
  { title: 'Name', width: 'minmax(0, 1fr)', cell: (bus) => <span className="table-name">{bus.Name}</span> },
  { title: 'Description', width: 'minmax(0, 1fr)', cell: (bus) => bus.Description ?? <span className="muted">–</span> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (bus) => <span className="mono muted">{bus.Arn}</span> },
];

export function BusesPage(): ReactNode {
  return (
    <ListPage
      title="Event buses"
      actions={
        <Link className="button" to={places.rules}>
          All rules
        </Link>
      }
      icon="rules"
      list="buses"
      load={listBuses}
      columns={columns}
      nameOf={(bus) => bus.Name}
      href={(bus) => places.bus(bus.Name)}
      about={<p>Events are put on a bus; its rules say where they go.</p>}
    />
  );
}
