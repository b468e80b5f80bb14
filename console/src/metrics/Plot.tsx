import type { ReactNode } from 'react';

interface Props {
  title: string;
  unit: string;
  values: number[];
  bad?: boolean;
}

const width = 100;
const height = 40;

const shown = (value: number): string => (Number.isInteger(value) || value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2));

/** A small plot of the latest values, the last one in figures. */
export function Plot({ title, unit, values, bad }: Props): ReactNode {
  const most = Math.max(...values, 0.001);
  const place = (value: number, i: number): string =>
    `${((i / Math.max(values.length - 1, 1)) * width).toFixed(2)},${(height - (value / most) * (height - 3) - 1).toFixed(2)}`;
  const line = values.map(place).join('L');
  const last = values.at(-1);
  return (
    <figure className={`card plot${bad ? ' bad' : ''}`}>
      <h3>{title}</h3>
      <div className="plot-now number">
        {last === undefined ? '–' : shown(last)} <small>{unit}</small>
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`${title} over the last minutes`}>
        {values.length > 1 && <path className="area" d={`M0,${height}L${line}L${width},${height}Z`} />}
        {values.length > 1 && <path d={`M${line}`} />}
      </svg>
    </figure>
  );
}
