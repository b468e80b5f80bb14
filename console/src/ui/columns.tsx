import type { ReactNode } from 'react';

import type { Column } from './VirtualTable';

/** What a row is called. */
export function nameColumn<Row>(of: (row: Row) => string, width = 'minmax(0, 1fr)'): Column<Row> {
  return { title: 'Name', width, cell: (row) => <span className="table-name">{of(row)}</span> };
}

/** Wide enough that its end, which tells one from another, is seen. */
export function arnColumn<Row>(of: (row: Row) => string, width = 'minmax(0, 2fr)'): Column<Row> {
  return { title: 'ARN', width, cell: (row) => <span className="mono muted">{of(row)}</span> };
}

/** What may not be there. */
export const orDash = (text: string | undefined): ReactNode => text || <span className="muted">–</span>;
