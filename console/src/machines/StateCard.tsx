import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { places } from '../app/places';
import { resourceName, type State } from '../asl/definition';
import { JsonView } from '../editor/JsonView';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';

/** One state of a definition. */
export function StateCard({ state, onClose }: { state: State; onClose: () => void }): ReactNode {
  return (
    <>
      <div className="card-head">
        <h3 className="truncate">{state.name}</h3>
        <Badge>{state.type}</Badge>
        <span className="space" />
        <Button small look="plain" icon="close" label="Back to the whole definition" onClick={onClose} />
      </div>
      <div className="state-facts">
        {state.type === 'Task' && <span className="mono">{resourceName(state)}</span>}
        <span className="muted">{state.language}</span>
        <Link to={`${places.trying()}?state=${encodeURIComponent(JSON.stringify({ ...state.fields, QueryLanguage: state.language }))}`}>
          Test this state
        </Link>
      </div>
      <JsonView text={JSON.stringify(state.fields, null, 2)} label={`Definition of ${state.name}`} />
    </>
  );
}
