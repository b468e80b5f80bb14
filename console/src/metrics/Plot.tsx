import type { ReactNode } from 'react';

import { Spark } from './Spark';

interface Props {
  title: string;
  unit: string;
  /** Null where there is none. */
  values: (number | null)[];
  bad?: boolean;
}

const shown = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

/** A small plot of the latest values, the last one in figures. */
export function Plot({ title, unit, values, bad }: Props): ReactNode {
  const last = values.at(-1);
  return (
    <figure className="card plot">
      <h3>{title}</h3>
      <div className="plot-now number">
        {last === undefined || last === null ? '–' : shown(last)} <small>{unit}</small>
      </div>
      <Spark label={`${title} over the last minutes`} values={values.map((value) => value ?? 0)} bad={bad ?? false} />
    </figure>
  );
}
