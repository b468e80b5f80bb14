import { useEffect, type ReactNode } from 'react';

import { Copyable } from './Copyable';
import { ErrorBox } from './ErrorBox';

interface Props {
  title: string;
  /** How it is, beside its name. */
  badge?: ReactNode;
  crumbs?: ReactNode;
  /** What it is named by elsewhere, to be copied. */
  address?: string | undefined;
  sub?: ReactNode;
  actions?: ReactNode;
  error?: Error | null;
  scrolls?: boolean;
  children?: ReactNode;
}

export function Page({ title, badge, crumbs, address, sub, actions, error, scrolls, children }: Props): ReactNode {
  useEffect(() => {
    document.title = `${title} · Stepwell`;
  }, [title]);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <header className="page-head">
        <div className="page-title">
          {crumbs && <div className="page-crumbs">{crumbs}</div>}
          <h1>
            <span className="truncate">{title}</span> {badge}
          </h1>
          {(sub || address) && (
            <div className="page-sub">
              {sub}
              {address && <Copyable text={address} />}
            </div>
          )}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      <div className={`page-body${scrolls ? ' scrolls' : ''}`} {...(scrolls ? { role: 'group', 'aria-label': title, tabIndex: 0 } : {})}>
        {error && <ErrorBox error={error} />}
        {children}
      </div>
    </main>
  );
}
