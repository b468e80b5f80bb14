import { useEffect, useState, type ReactNode } from 'react';

import { useParam } from '../app/useParam';
import { Button } from '../ui/Button';
import { Search } from '../ui/Search';
import { spans } from '../ui/spans';
import type { ExecutionFilter } from '../api/console';

const statuses: [string, string][] = [
  ['', 'Any status'],
  ['RUNNING', 'Running'],
  ['SUCCEEDED', 'Succeeded'],
  ['FAILED', 'Failed'],
  ['TIMED_OUT', 'Timed out'],
  ['ABORTED', 'Aborted'],
];

const pause = 120;

/** A text that is taken over a moment after the last key. */
function useLate(value: string, take: (value: string) => void): [string, (value: string) => void] {
  const [now, setNow] = useState(value);
  useEffect(() => {
    if (now === value) return undefined;
    const timer = setTimeout(() => take(now), pause);
    return () => clearTimeout(timer);
  }, [now, value, take]);
  return [now, setNow];
}

/** The filter that stands in the address. */
export function useFilter(machine: string | undefined): ExecutionFilter {
  const [status] = useParam('status');
  const [name] = useParam('name');
  const [text] = useParam('text');
  const [span] = useParam('since');
  const length = spans.find((each) => each.id === span)?.milliseconds ?? 0;
  const [from, setFrom] = useState<number | undefined>(undefined);
  useEffect(() => setFrom(length ? Date.now() - length : undefined), [length]);
  return {
    ...(machine ? { machine } : {}),
    ...(status ? { status } : {}),
    ...(name ? { name } : {}),
    ...(text ? { text } : {}),
    ...(from ? { from } : {}),
  };
}

export function Filters({ onRefresh }: { onRefresh: () => void }): ReactNode {
  const [status, setStatus] = useParam('status');
  const [span, setSpan] = useParam('since');
  const [name, setName] = useLate(...useParam('name'));
  const [text, setText] = useLate(...useParam('text'));
  return (
    <div className="bar" role="search" aria-label="Executions">
      <Search label="Name" value={name} onChange={setName} />
      <input
        className="input filter-text"
        type="search"
        aria-label="Text in input, output or error"
        placeholder="Text in input, output or error"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <select className="select" aria-label="Status" value={status} onChange={(event) => setStatus(event.target.value)}>
        {statuses.map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <select className="select" aria-label="Started" value={span} onChange={(event) => setSpan(event.target.value)}>
        <option value="">Any time</option>
        {spans.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <span className="space" />
      <Button icon="redrive" label="Look again" onClick={onRefresh} />
    </div>
  );
}
