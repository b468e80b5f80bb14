/** Samples of the text format that Prometheus reads. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const line = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)$/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

export function parseMetrics(text: string): Sample[] {
  const samples: Sample[] = [];
  for (const each of text.split('\n')) {
    const match = each.startsWith('#') ? null : line.exec(each);
    if (!match) continue;
    const labels = [...(match[2] ?? '').matchAll(label)].map(([, name, value]): [string, string] => [name ?? '', value ?? '']);
    samples.push({ name: match[1] ?? '', labels: Object.fromEntries(labels), value: Number(match[3]) });
  }
  return samples;
}

export function total(samples: Sample[], name: string, fits: (labels: Record<string, string>) => boolean = () => true): number {
  return samples.reduce((sum, each) => (each.name === name && fits(each.labels) ? sum + each.value : sum), 0);
}
