import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { listFunctions, type FunctionSummary } from '../api/others';
import { places } from '../app/places';
import { useParam } from '../app/useParam';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { Search } from '../ui/Search';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';

const columns: Column<FunctionSummary>[] = [
  { title: 'Name', width: 'minmax(0, 2fr)', cell: (each) => <span className="table-name">{each.FunctionName}</span> },
  { title: 'Runtime', width: '140px', cell: (each) => <span className="mono">{each.Runtime ?? '–'}</span> },
  { title: 'Handler', width: 'minmax(0, 1fr)', cell: (each) => <span className="mono">{each.Handler ?? '–'}</span> },
  { title: 'Memory', width: '90px', cell: (each) => <span className="number">{each.MemorySize ?? '–'} MB</span> },
  { title: 'Timeout', width: '80px', cell: (each) => <span className="number">{each.Timeout ?? '–'} s</span> },
  { title: 'Changed', width: '170px', cell: (each) => <DateTime at={Date.parse(each.LastModified) / 1000} /> },
];

export function FunctionsPage(): ReactNode {
  const [text, setText] = useParam('q');
  const functions = useQuery({ queryKey: ['functions'], queryFn: listFunctions });
  const found = (functions.data ?? []).filter((each) => each.FunctionName.toLowerCase().includes(text.toLowerCase()));
  return (
    <Page title="Functions">
      {functions.error && <ErrorBox error={functions.error} />}
      <div className="bar">
        <Search label="Search by name" value={text} onChange={setText} />
      </div>
      <VirtualTable
        label="Functions"
        columns={columns}
        rows={found}
        keyOf={(each) => each.FunctionArn}
        href={(each) => places.function(each.FunctionName)}
      >
        {functions.data && found.length === 0 && (
          <Empty icon="functions" title={text ? `Nothing is called “${text}”` : 'No functions'}>
            <p>Deploy one with the tools that you use with AWS Lambda; it runs here as a process.</p>
          </Empty>
        )}
      </VirtualTable>
    </Page>
  );
}
