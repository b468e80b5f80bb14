import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';

import { nameOf, placeOf, places, resourceOf } from '../app/places';
import { resourceName } from '../asl/definition';
import { textOf, objectOf } from '../asl/json';
import type { Visit } from '../history/model';
import { Button } from '../ui/Button';
import { durationText } from '../ui/Time';
import { AnswerDialog } from './AnswerDialog';
import { tokenIn } from './token';
import { useWhole } from './useWhole';
import type { View } from './view';

function functionName(view: View, visit: Visit): string {
  const state = view.definition?.states.get(visit.name);
  if (!state) return '';
  const resource = textOf(state.fields['Resource']);
  const given = objectOf(state.fields['Parameters'] ?? state.fields['Arguments']);
  const name = resource.includes(':lambda:') && resource.includes(':function:') ? resource : textOf(given['FunctionName']);
  return name.split(':function:').pop()?.split(':')[0] ?? '';
}

/** What a task has started, by its kind and its name. */
function titleOf(arn: string): string {
  const [, , service] = arn.split(':');
  const last = resourceOf(arn).at(-1) ?? arn;
  if (service === 'ecs') return `Task ${last}`;
  return service === 'batch' ? `Job ${last}` : `Execution ${nameOf(arn)}`;
}

/** Of a task: how often it was tried, what it has started, and the way to answer it. */
export function TaskPart({ view, visit }: { view: View; visit: Visit }): ReactNode {
  const [answering, setAnswering] = useState(false);
  const last = visit.attempts.at(-1);
  const scheduled = last ? view.events[last.event - 1] : undefined;
  const parameters = useWhole(view.arn, scheduled, 'parameters');
  const token = tokenIn(parameters);
  const state = view.definition?.states.get(visit.name);
  const name = functionName(view, visit);
  if (visit.type !== 'Task' || !state) return null;
  return (
    <div className="task-part">
      <div className="bar">
        <span className="mono truncate">{resourceName(state)}</span>
        {name && <Link to={places.logGroup(`/aws/lambda/${name}`)}>Log of {name}</Link>}
        {[...new Set(visit.links)].map((arn) => (
          <Link key={arn} to={placeOf(arn) ?? places.execution(arn)}>
            {titleOf(arn)}
          </Link>
        ))}
        {token && last?.status === 'running' && (
          <Button small look="primary" icon="check" onClick={() => setAnswering(true)}>
            Answer
          </Button>
        )}
      </div>
      {visit.attempts.length > 1 && (
        <ol className="attempts">
          {visit.attempts.map((attempt) => (
            <li key={attempt.event}>
              <div>
                <span className={`badge tone-${attempt.status}`}>{attempt.status}</span>
                <span className="mono truncate" title={attempt.error}>
                  {attempt.error}
                </span>
                <span className="muted number">{attempt.ended === null ? '' : durationText(attempt.ended - attempt.scheduled)}</span>
              </div>
            </li>
          ))}
        </ol>
      )}
      {answering && token && <AnswerDialog token={token} onClose={() => setAnswering(false)} />}
    </div>
  );
}
