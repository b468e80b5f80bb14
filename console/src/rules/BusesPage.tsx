import type { ReactNode } from 'react';

import { listBuses, type Bus } from '../api/events';
import { places } from '../app/places';
import { arnColumn, nameColumn, orDash } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Bus>[] = [
  nameColumn((bus) => bus.Name),
  { title: 'Description', width: 'minmax(0, 1fr)', cell: (bus) => orDash(bus.Description) },
  arnColumn((bus) => bus.Arn),
];

export function BusesPage(): ReactNode {
  return (
    <ListPage
      title="Event buses"
      beside={{ title: 'All rules', to: places.rules }}
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
