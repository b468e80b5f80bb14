import type { ReactNode } from 'react';

import { listRoles, type Role } from '../api/access';
import { places } from '../app/places';
import { arnColumn, nameColumn, orDash } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Role>[] = [
  nameColumn((role) => role.name),
  { title: 'Description', width: 'minmax(0, 1fr)', cell: (role) => orDash(role.description) },
  { title: 'Created', width: '180px', cell: (role) => <DateTime at={role.created} /> },
  arnColumn((role) => role.arn, 'minmax(0, 1.5fr)'),
];

export function RolesPage(): ReactNode {
  return (
    <ListPage
      title="Roles"
      icon="roles"
      list="roles"
      load={listRoles}
      columns={columns}
      nameOf={(role) => role.name}
      href={(role) => places.role(role.name)}
      about={<p>A role of IAM says what a state machine or a function may do. Nothing has to be written down where no permissions are checked.</p>}
    />
  );
}
