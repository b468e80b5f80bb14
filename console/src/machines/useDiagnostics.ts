import type { Diagnostic as Mark } from '@codemirror/lint';
import { useEffect, useState } from 'react';

import { validate } from '../api/states';
import { asError } from '../api/errors';
import type { Diagnostic } from '../api/types';
import { locate } from '../asl/locate';

export interface Checked {
  marks: Mark[];
  error: Error | null;
  busy: boolean;
}

const delay = 300;

function markOf(text: string, diagnostic: Diagnostic): Mark {
  return {
    ...locate(text, diagnostic.location ?? ''),
    severity: diagnostic.severity === 'ERROR' ? 'error' : 'warning',
    message: diagnostic.message,
    source: diagnostic.code,
  };
}

/** What the validator says of the text, a moment after the last key. */
export function useDiagnostics(text: string, type: string): Checked {
  const [checked, setChecked] = useState<Checked>({ marks: [], error: null, busy: true });
  useEffect(() => {
    let wanted = true;
    setChecked((now) => ({ ...now, busy: true }));
    const timer = setTimeout(() => {
      validate(text, type).then(
        (found) => wanted && setChecked({ marks: found.map((each) => markOf(text, each)), error: null, busy: false }),
        (reason: unknown) => wanted && setChecked({ marks: [], error: asError(reason), busy: false }),
      );
    }, delay);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [text, type]);
  return checked;
}
