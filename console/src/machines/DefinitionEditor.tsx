import { useMemo, useState, type ReactNode } from 'react';

import { completeDefinition } from '../asl/complete';
import { readDefinition, type Definition } from '../asl/definition';
import { locate } from '../asl/locate';
import { JsonEditor } from '../editor/JsonEditor';
import { GraphView } from '../graph/GraphView';
import { ErrorBox } from '../ui/ErrorBox';
import { Icon } from '../ui/Icon';
import type { Checked } from './useDiagnostics';

interface Props {
  name: string;
  text: string;
  checked: Checked;
  onChange: (text: string) => void;
}

/** The graph of the last text that could be read. */
function useGraph(text: string): Definition | null {
  const [last, setLast] = useState<{ text: string; definition: Definition | null }>({ text: '', definition: null });
  const definition = useMemo(() => readDefinition(text) ?? null, [text]);
  if (definition && last.text !== text) setLast({ text, definition });
  return definition ?? last.definition;
}

export function DefinitionEditor({ name, text, checked, onChange }: Props): ReactNode {
  const [place, setPlace] = useState<{ position: number } | null>(null);
  const definition = useGraph(text);

  function find(state: string | null): void {
    const parents: string[] = [];
    for (let each = state; each && definition; each = definition.states.get(each)?.parent ?? null) parents.unshift(each);
    const at = state ? text.indexOf(JSON.stringify(state) + ':') : -1;
    if (state && parents.length === 1) setPlace({ position: locate(text, `/States/${state}`).from });
    else if (at >= 0) setPlace({ position: at });
  }

  return (
    <div className="split machine-split editing">
      <section className="card machine-editor" aria-label="Definition">
        <JsonEditor
          label="Definition"
          text={text}
          onChange={onChange}
          complete={completeDefinition}
          diagnostics={checked.marks}
          goTo={place}
        />
        <div className="diagnostics" role="status" aria-live="polite">
          {checked.error && <ErrorBox error={checked.error} />}
          {!checked.error && checked.marks.length === 0 && (
            <span className="diagnostics-none">
              <Icon name="check" size={13} /> Valid
            </span>
          )}
          {checked.marks.map((mark) => (
            <button
              key={`${mark.from}${mark.message}`}
              type="button"
              className={`diagnostic ${mark.severity}`}
              onClick={() => setPlace({ position: mark.from })}
            >
              <Icon name="warning" size={13} />
              <b>{mark.source}</b>
              <span>{mark.message}</span>
            </button>
          ))}
        </div>
      </section>
      <section className="card machine-graph" aria-label="Graph">
        {definition && <GraphView definition={definition} name={name} onSelect={find} />}
      </section>
    </div>
  );
}
