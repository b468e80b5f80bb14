import { useEffect, type ReactNode } from 'react';

interface Props {
  title: string;
  heading?: ReactNode;
  crumbs?: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
  scrolls?: boolean;
  children: ReactNode;
}

export function Page({ title, heading, crumbs, sub, actions, scrolls, children }: Props): ReactNode {
  useEffect(() => {
    document.title = `${title} · Stepwell`;
  }, [title]);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <header className="page-head">
        <div className="page-title">
          {crumbs && <div className="page-crumbs">{crumbs}</div>}
          <h1>{heading ?? title}</h1>
          {sub && <div className="page-sub">{sub}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {scrolls ? (
        <div className="page-body scrolls" role="group" aria-label={title} tabIndex={0}>
          {children}
        </div>
      ) : (
        <div className="page-body">{children}</div>
      )}
    </main>
  );
}
