import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';

import { testState } from '../api/states';
import type { TestResult } from '../api/types';
import { objectOf, parseJson, pretty } from '../asl/json';
import { JsonView } from '../editor/JsonView';
import { Failure } from '../execution/Failure';
import { ErrorBox } from '../ui/ErrorBox';
import { DataCard } from './DataCard';
import type { Material } from './useMaterial';

type Language = 'JSONata' | 'JSONPath';

const beginnings: Record<Language, string> = {
  JSONata: '$sum($states.input.order.lines.price)',
  JSONPath: '$.order.lines[*].price',
};

/** A state that does nothing but evaluate the expression. */
function stateFor(language: Language, expression: string): object {
  return language === 'JSONata'
    ? { Type: 'Pass', QueryLanguage: language, Output: `{% ${expression} %}`, End: true }
    : { Type: 'Pass', Parameters: { 'result.$': expression }, End: true };
}

function valueOf(language: Language, result: TestResult): string {
  if (result.output === undefined) return '';
  if (language === 'JSONata') return pretty(result.output);
  return JSON.stringify(objectOf(parseJson(result.output))['result'], null, 2);
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export function Playground({ language, material }: { language: Language; material: Material }): ReactNode {
  const [expression, setExpression] = useState(material.key ? (language === 'JSONata' ? '$states.input' : '$') : beginnings[language]);
  const [input, setInput] = useState(material.input);
  const [variables, setVariables] = useState(material.variables);
  const asked = useSettled(JSON.stringify([expression, input, variables]));
  const answer = useQuery({
    queryKey: ['playground', language, asked],
    queryFn: () => {
      const [what, data, assigned] = JSON.parse(asked) as [string, string, string];
      return testState({
        definition: JSON.stringify(stateFor(language, what)),
        input: data,
        variables: assigned,
        inspectionLevel: 'INFO',
      });
    },
    placeholderData: (before) => before,
  });
  const result = useDeferredValue(answer.data);
  return (
    <div className="split try-split two">
      <div className="try-column">
        <section className="card try-card expression" aria-label="Expression">
          <div className="card-head">
            <h3>{language}</h3>
            <span className="muted">{language === 'JSONata' ? '$states.input, and variables as $name' : '$ is the input, variables as $name'}</span>
          </div>
          <textarea
            className="expression-text"
            aria-label={`${language} expression`}
            spellCheck={false}
            value={expression}
            onChange={(event) => setExpression(event.target.value)}
          />
        </section>
        <DataCard title="Input" size="grows" text={input} onChange={setInput} />
        <DataCard title="Variables" size="small" text={variables} onChange={setVariables} />
      </div>
      <section className="card try-card grows" aria-label="Result" aria-live="polite">
        <div className="card-head">
          <h3>Result</h3>
        </div>
        {answer.error && <ErrorBox error={answer.error} />}
        {!answer.error && result?.error && <Failure error={result.error} cause={result.cause} />}
        {!answer.error && result && !result.error && <JsonView text={valueOf(language, result)} label="Result" />}
      </section>
    </div>
  );
}
