import type { ReactNode } from 'react';

/** Line icons on a grid of 16, drawn for this console. */
const paths = {
  machines: 'M5 2h6v4H5zM2 10h5v4H2zM9 10h5v4H9zM8 6v2M4.5 10V8h7v2',
  executions: 'M4.5 3l8 5-8 5z',
  try: 'M6 2h4M7 2v4L3 13a1 1 0 0 0 .9 1.5h8.2A1 1 0 0 0 13 13L9 6V2M5 10h6',
  activities: 'M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  functions: 'M3 13.5h1.5L9 3H7M8.2 5.5l4.3 8H14',
  apis: 'M5.2 4.5L1.8 8l3.4 3.5M10.8 4.5L14.2 8l-3.4 3.5M9 3L7 13',
  clusters: 'M8 1.8l5.5 3v6.4L8 14.2l-5.5-3V4.8zM2.5 4.8L8 8l5.5-3.2M8 8v6.2',
  jobs: 'M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3',
  queues: 'M2 5.5h12v5H2zM6 5.5v5M10 5.5v5',
  rules: 'M2.5 4h5M2.5 8h3M2.5 12h5M10 2.5L14 8l-4 5.5',
  topics: 'M2.5 6v4h2.5l5 3.5v-11L5 6zM12 6a3 3 0 0 1 0 4M13.6 4a6 6 0 0 1 0 8',
  schedules: 'M3 4h10v9.5H3zM3 7h10M5.5 2v3.5M10.5 2v3.5M6 10h1.5M9 10h1.5',
  roles: 'M8 1.8l5 2v4c0 3.2-2.2 5.4-5 6.4-2.8-1-5-3.2-5-6.4v-4zM5.8 8l1.7 1.7L10.4 6.6',
  logs: 'M3 3h10M3 6.3h10M3 9.6h7M3 13h5',
  metrics: 'M2 13.5h12M4 11V7M8 11V3M12 11V5.5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4L14 14',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.1 1.1M11.9 11.9L13 13M13 3l-1.1 1.1M4.1 11.9L3 13',
  moon: 'M13.5 9.5A6 6 0 1 1 6.5 2.5a4.8 4.8 0 0 0 7 7',
  key: 'M10.5 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M8 8l-5.5 5.5M4.5 11.5L6 13',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  warning: 'M8 2l6.5 11.5h-13zM8 6.5v3M8 11.4v.2',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  download: 'M8 2.5v7M5 7l3 3 3-3M3 13.5h10',
  edit: 'M3 13l.6-2.8L11 2.8l2.2 2.2-7.4 7.4z',
  play: 'M5 3l8 5-8 5z',
  stop: 'M4 4h8v8H4z',
  redrive: 'M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3',
  fork: 'M4.5 2v12M4.5 10c4 0 7-1.5 7-5.5M9.5 6l2-2 2 2',
  back: 'M10 3L5 8l5 5',
  forward: 'M6 3l5 5-5 5',
  first: 'M11.5 3l-5 5 5 5M4.5 3v10',
  last: 'M4.5 3l5 5-5 5M11.5 3v10',
  check: 'M3 8.5l3.5 3.5L13 5',
  more: 'M4 6l4 4 4-4',
  Task: 'M8 1.8l1 2 2.2-.4.4 2.2 2 1-1 2 1 2-2 1-.4 2.2-2.2-.4-1 2-1-2-2.2.4-.4-2.2-2-1 1-2-1-2 2-1 .4-2.2 2.2.4zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  Pass: 'M2.5 8h9M8.5 4.5L12 8l-3.5 3.5M14 4v8',
  Choice: 'M8 1.8L14.2 8 8 14.2 1.8 8z',
  Wait: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 4.8V8l2.2 1.6',
  Succeed: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M5.3 8.2l2 2 3.5-3.8',
  Fail: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6 6l4 4M10 6l-4 4',
  Parallel: 'M5 2.5v11M11 2.5v11',
  Map: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
} as const;

export type IconName = keyof typeof paths;

export const hasIcon = (name: string): name is IconName => name in paths;
export const iconPath = (name: IconName): string => paths[name];

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
