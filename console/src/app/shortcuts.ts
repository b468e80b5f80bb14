import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

import { places } from './places';

/** Keys that work everywhere: g and a letter goes to a list, / to the search, ? tells them all. */
const lists: Record<string, string> = {
  m: places.machines,
  e: places.executions,
  t: places.trying(),
  a: places.activities,
  f: places.functions,
  h: places.apis,
  c: places.clusters,
  j: places.jobQueues,
  q: places.queues,
  o: places.topics,
  r: places.rules,
  s: places.schedules,
  i: places.roles,
  l: places.logs,
  x: places.metrics,
};

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function useShortcuts(open: { palette: () => void; keys: () => void }): void {
  const [, go] = useLocation();
  const latest = useRef(open);
  latest.current = open;

  useEffect(() => {
    let prefix = '';
    function press(event: KeyboardEvent): void {
      if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
        event.preventDefault();
        latest.current.palette();
        return;
      }
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const list = prefix === 'g' ? lists[event.key] : undefined;
      prefix = event.key;
      if (list) go(list);
      else if (event.key === '?') latest.current.keys();
      else if (event.key === '/') {
        event.preventDefault();
        document.querySelector<HTMLElement>('[data-search]')?.focus();
      }
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [go]);
}
