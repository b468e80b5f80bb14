import type { ReactNode } from 'react';

import { listFunctions, type FunctionSummary } from '../api/others';
import { places } from '../app/places';
import { nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import { DateTime } from '../ui/Time';
import type { Column } from '../ui/VirtualTable';

const columns: Column<FunctionSummary>[] = [
  nameColumn((each) => each.FunctionName, 'minmax(0, 2fr)'),
  { title: 'Runtime', width: '140px', cell: (each) => <span className="mono">{each.Runtime ?? '–'}</span> },
  { title: 'Handler', width: 'minmax(0, 1fr)', cell: (each) => <span className="mono">{each.Handler ?? '–'}</span> },
  { title: 'Memory', width: '90px', cell: (each) => <span className="number">{each.MemorySize ?? '–'} MB</span> },
  { title: 'Timeout', width: '80px', cell: (each) => <span className="number">{each.Timeout ?? '–'} s</span> },
  { title: 'Changed', width: '170px', cell: (each) => <DateTime at={Date.parse(each.LastModified) / 1000} /> },
];

export function FunctionsPage(): ReactNode {
  return (
    <ListPage
      title="Functions"
      icon="functions"
      list="functions"
      load={listFunctions}
      columns={columns}
      nameOf={(each) => each.FunctionName}
      href={(each) => places.function(each.FunctionName)}
      about={<p>Deploy one with the tools that you use with AWS Lambda; it runs here as a process.</p>}
    />
  );
}
