import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useLocation } from 'wouter';

export interface Column<Row> {
  title: string;
  width: string;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string | number;
  /** Where a row leads; or what choosing it does. */
  href?: (row: Row) => string;
  onChoose?: (row: Row) => void;
  selected?: number;
  /** Rows are put into view when they are selected, and the last one when `tail` is set. */
  tail?: boolean;
  onEnd?: () => void;
  height?: number;
  children?: ReactNode;
}

/** A table of any length: only the rows in view are in the page. */
export function VirtualTable<Row>(props: Props<Row>): ReactNode {
  const { columns, rows, keyOf, href, onChoose, selected = -1, height = 40 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [, go] = useLocation();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  const { onEnd, tail } = props;

  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onEnd?.();
  }, [last, rows.length, onEnd]);
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: 'auto' });
  }, [selected, virtual]);
  useEffect(() => {
    if (tail && rows.length > 0) virtual.scrollToIndex(rows.length - 1, { align: 'end' });
  }, [tail, rows.length, virtual]);

  function choose(row: Row): void {
    if (href) go(href(row));
    else onChoose?.(row);
  }

  function keys(event: KeyboardEvent, index: number): void {
    const row = rows[index];
    if (row && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      choose(row);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !rows[index + step]) return;
    event.preventDefault();
    virtual.scrollToIndex(index + step);
    const next = (): void => scroller.current?.querySelector<HTMLElement>(`[data-index="${index + step}"]`)?.focus();
    requestAnimationFrame(next);
  }

  const grid: CSSProperties = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  return (
    <div className="card table">
      <div className={`table-scroll${rows.length === 0 ? ' bare' : ''}`} ref={scroller} role="table" aria-label={props.label} aria-rowcount={rows.length + 1}>
        <div className="table-row table-head" style={grid} role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <div key={column.title} role="columnheader">
              {column.title}
            </div>
          ))}
        </div>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
          {lines.map((line) => {
            const row = rows[line.index];
            if (row === undefined) return null;
            return (
              <div
                key={keyOf(row)}
                data-index={line.index}
                className={`table-row table-line${href || onChoose ? ' leads' : ''}`}
                role="row"
                aria-rowindex={line.index + 2}
                aria-selected={line.index === selected}
                tabIndex={0}
                style={{ ...grid, position: 'absolute', top: line.start, left: 0, right: 0, height: line.size }}
                onClick={() => choose(row)}
                onKeyDown={(event) => keys(event, line.index)}
              >
                {columns.map((column) => (
                  <div key={column.title} role="cell" className="truncate">
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {props.children}
    </div>
  );
}
