import { useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';

import { Button } from './Button';

interface Props {
  title: string;
  narrow?: boolean;
  onClose: () => void;
  /** What the form does; without it there is only a way out. */
  onSubmit?: () => void;
  submit?: string;
  busy?: boolean;
  children: ReactNode;
}

export function Dialog({ title, narrow, onClose, onSubmit, submit, busy, children }: Props): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    element?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus();
    return () => element?.close();
  }, []);

  function send(event: FormEvent): void {
    event.preventDefault();
    onSubmit?.();
  }

  return (
    <dialog ref={dialog} className={`dialog${narrow ? ' narrow' : ''}`} aria-labelledby={heading} onCancel={onClose}>
      <form className="dialog-form" onSubmit={send}>
        <div className="dialog-head">
          <h2 id={heading}>{title}</h2>
          <Button look="plain" icon="close" label="Close" onClick={onClose} />
        </div>
        <div className="dialog-body">{children}</div>
        {onSubmit && (
          <div className="dialog-foot">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" disabled={busy}>
              {submit ?? 'OK'}
            </Button>
          </div>
        )}
      </form>
    </dialog>
  );
}
