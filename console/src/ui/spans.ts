/** Times that lists and figures can be asked for: up to now. */
export const spans = [
  { id: '15m', title: 'Last 15 minutes', milliseconds: 15 * 60_000 },
  { id: '1h', title: 'Last hour', milliseconds: 3_600_000 },
  { id: '24h', title: 'Last 24 hours', milliseconds: 86_400_000 },
  { id: '7d', title: 'Last 7 days', milliseconds: 7 * 86_400_000 },
];
