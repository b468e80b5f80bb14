import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { useParam } from '../app/useParam';
import { Empty } from './Empty';
import type { IconName } from './Icon';
import { Page } from './Page';
import { Search } from './Search';
import { VirtualTable, type Column } from './VirtualTable';

interface Props<Row> {
  title: string;
  sub?: ReactNode;
  actions?: ReactNode;
  /** The list that belongs to this one. */
  beside?: { title: string; to: string };
  icon: IconName;
  /** Names the list among the answers that are kept. */
  list: string;
  load: () => Promise<Row[]>;
  columns: Column<Row>[];
  nameOf: (row: Row) => string;
  keyOf?: (row: Row) => string;
  href?: (row: Row) => string;
  /** What these things are, for who has none yet. */
  about: ReactNode;
}

/** A title within a sentence: what is written in capital letters stays so. */
const within = (title: string): string => title.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase());

/** A list of everything of one kind, searched by name. */
export function ListPage<Row>({ title, sub, actions, beside, icon, list, load, columns, nameOf, keyOf, href, about }: Props<Row>): ReactNode {
  const [text, setText] = useParam('q');
  const { data, error } = useQuery({ queryKey: [list], queryFn: load });
  const words = text.toLowerCase();
  const found = (data ?? []).filter((row) => nameOf(row).toLowerCase().includes(words));
  return (
    <Page
      title={title}
      sub={sub}
      error={error}
      actions={
        actions ??
        (beside && (
          <Link className="button" to={beside.to}>
            {beside.title}
          </Link>
        ))
      }
    >
      <div className="bar">
        <Search label="Search by name" value={text} onChange={setText} />
      </div>
      <VirtualTable label={title} columns={columns} rows={found} keyOf={keyOf ?? nameOf} {...(href ? { href } : {})}>
        {data && !error && found.length === 0 && (
          <Empty icon={data.length > 0 ? 'search' : icon} title={data.length > 0 ? `Nothing is called “${text}”` : `No ${within(title)} yet`}>
            {data.length === 0 && about}
          </Empty>
        )}
        {data && found.length > 0 && (
          <div className="table-foot number" role="status">
            {found.length.toLocaleString('en')} of {data.length.toLocaleString('en')}
          </div>
        )}
      </VirtualTable>
    </Page>
  );
}
