import type { ReactNode } from 'react';

interface Props {
  label: string;
  values: number[];
  bad?: boolean;
}

const width = 100;
const height = 40;

/** Values over time as a line above an area, as large as its place is. */
export function Spark({ label, values, bad }: Props): ReactNode {
  const most = Math.max(...values, 0.001);
  const place = (value: number, i: number): string =>
    `${((i / Math.max(values.length - 1, 1)) * width).toFixed(2)},${(height - (value / most) * (height - 3) - 1).toFixed(2)}`;
  const line = values.map(place).join('L');
  return (
    <svg className={`spark${bad ? ' bad' : ''}`} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {values.length > 1 && <path className="area" d={`M0,${height}L${line}L${width},${height}Z`} />}
      {values.length > 1 && <path d={`M${line}`} />}
    </svg>
  );
}
