import type { ReactNode } from 'react';

import { Dialog } from '../ui/Dialog';

const keys: [string, string][] = [
  ['Ctrl K', 'Go to a state machine, an execution or a page'],
  ['/', 'Search in this list'],
  ['g m', 'State machines'],
  ['g e', 'Executions'],
  ['g t', 'Try things'],
  ['g a · g f · g q', 'Activities, functions, queues'],
  ['g h · g c · g j', 'HTTP APIs, clusters, job queues'],
  ['g o · g r · g s', 'Topics, rules, schedules'],
  ['g i · g l · g x', 'Roles, logs, metrics'],
  ['↑ ↓ Enter', 'Move in a list, open what is chosen'],
  ['← →', 'On an execution: one event back or forward'],
  ['Home End', 'On an execution: its first event, now'],
  ['Ctrl S', 'In the editor of a definition: save'],
  ['?', 'This list'],
];

export function KeysDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Dialog title="Keys" narrow onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, what]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
