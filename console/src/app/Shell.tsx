import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { serverFacts } from '../api/console';
import { credentials } from '../api/credentials';
import { setRegion } from '../api/request';
import { Icon, type IconName } from '../ui/Icon';
import { CredentialsDialog } from './CredentialsDialog';
import icon from './icon.svg';
import { KeysDialog } from './KeysDialog';
import { Palette } from './Palette';
import { places } from './places';
import { useShortcuts } from './shortcuts';
import { toggleTheme, useTheme } from './theme';

interface Entry {
  title: string;
  icon: IconName;
  to: string;
  begins: string;
  /** Where else one may be within it. */
  also?: string;
}

const groups: [string, Entry[]][] = [
  [
    'Workflows',
    [
      { title: 'State machines', icon: 'machines', to: places.machines, begins: '/machines' },
      { title: 'Executions', icon: 'executions', to: places.executions, begins: '/executions' },
      { title: 'Try things', icon: 'try', to: places.trying(), begins: '/try' },
    ],
  ],
  [
    'This server',
    [
      { title: 'Activities', icon: 'activities', to: places.activities, begins: '/activities' },
      { title: 'Functions', icon: 'functions', to: places.functions, begins: '/functions' },
      { title: 'HTTP APIs', icon: 'apis', to: places.apis, begins: '/apis' },
      { title: 'Clusters', icon: 'clusters', to: places.clusters, begins: '/clusters', also: places.taskDefinitions },
      { title: 'Job queues', icon: 'jobs', to: places.jobQueues, begins: '/job' },
      { title: 'Queues', icon: 'queues', to: places.queues, begins: '/queues' },
      { title: 'Topics', icon: 'topics', to: places.topics, begins: '/topics' },
      { title: 'Rules', icon: 'rules', to: places.rules, begins: '/rules', also: places.buses },
      { title: 'Schedules', icon: 'schedules', to: places.schedules, begins: '/schedules' },
      { title: 'Roles', icon: 'roles', to: places.roles, begins: '/roles' },
      { title: 'Logs', icon: 'logs', to: places.logs, begins: '/logs' },
      { title: 'Metrics', icon: 'metrics', to: places.metrics, begins: '/metrics' },
    ],
  ],
];

function SideLink({ entry }: { entry: Entry }): ReactNode {
  const [at] = useLocation();
  const here = at === entry.to || at.startsWith(entry.begins) || (entry.also !== undefined && at.startsWith(entry.also));
  return (
    <Link to={entry.to} className="side-link" aria-current={here ? 'page' : undefined}>
      <Icon name={entry.icon} />
      <span>{entry.title}</span>
    </Link>
  );
}

type Open = 'palette' | 'keys' | 'credentials' | null;

export function Shell({ children }: { children: ReactNode }): ReactNode {
  const theme = useTheme();
  const [open, setOpen] = useState<Open>(null);
  const facts = useQuery({ queryKey: ['server'], queryFn: serverFacts, staleTime: Infinity });
  useShortcuts({ palette: () => setOpen('palette'), keys: () => setOpen('keys') });

  useEffect(() => {
    if (!facts.data) return;
    setRegion(facts.data.region);
    if (facts.data.credentials && !credentials()) setOpen('credentials');
  }, [facts.data]);

  return (
    <div className="shell">
      <a className="shell-skip" href="#main">
        Skip to content
      </a>
      <aside className="side">
        <Link to={places.machines} className="side-brand">
          <img src={icon} alt="" />
          <span>Stepwell</span>
        </Link>
        <nav aria-label="Console">
          {groups.map(([title, entries]) => (
            <div key={title}>
              <div className="side-group">{title}</div>
              {entries.map((entry) => (
                <SideLink key={entry.title} entry={entry} />
              ))}
            </div>
          ))}
        </nav>
        <div className="side-foot">
          <button type="button" className="side-link" onClick={() => setOpen('palette')}>
            <Icon name="search" />
            <span>Go to…</span> <kbd>Ctrl K</kbd>
          </button>
          {facts.data?.credentials && (
            <button type="button" className="side-link" onClick={() => setOpen('credentials')}>
              <Icon name="key" />
              <span>Access key</span>
            </button>
          )}
          <button type="button" className="side-link" onClick={toggleTheme}>
            <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
            <span>{theme === 'dark' ? 'Light colours' : 'Dark colours'}</span>
          </button>
          <div className="side-facts">
            {facts.data ? `${facts.data.version} · ${facts.data.region}` : ' '}
          </div>
        </div>
      </aside>
      {children}
      {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
      {open === 'keys' && <KeysDialog onClose={() => setOpen(null)} />}
      {open === 'credentials' && <CredentialsDialog onClose={() => setOpen(null)} />}
    </div>
  );
}
