import type { ReactNode } from 'react';

import { listApis, type Api } from '../api/gateway';
import { places } from '../app/places';
import { nameColumn, orDash } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Api>[] = [
  nameColumn((api) => api.name),
  { title: 'Endpoint', width: 'minmax(0, 1.6fr)', cell: (api) => <span className="mono muted">{api.apiEndpoint}</span> },
  { title: 'Description', width: 'minmax(0, 1fr)', cell: (api) => orDash(api.description) },
  { title: 'Created', width: '180px', cell: (api) => <DateTime at={Date.parse(api.createdDate) / 1000} /> },
];

export function ApisPage(): ReactNode {
  return (
    <ListPage
      title="HTTP APIs"
      icon="apis"
      list="apis"
      load={listApis}
      columns={columns}
      nameOf={(api) => api.name}
      keyOf={(api) => api.apiId}
      href={(api) => places.api(api.apiId)}
      about={<p>An HTTP API of API Gateway answers requests by its routes: with a function, an execution, a queue.</p>}
    />
  );
}
