import type { ReactNode } from 'react';

import { Page } from '../ui/Page';
import { ExecutionList } from './ExecutionList';

export function ExecutionsPage(): ReactNode {
  return (
    <Page title="Executions" sub="Of all state machines, newest first">
      <ExecutionList />
    </Page>
  );
}
