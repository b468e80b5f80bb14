import ELK from 'elkjs/lib/elk-api';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string };
}

/** The pages' policy lets no other script be made from a text. */
const policy = (window as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('stepwell-worker', {
  createScriptURL: (url) => {
    if (url !== workerUrl) throw new Error('only the worker that lays graphs out');
    return url;
  },
});

/** Made at once, so that it is ready when the first definition has come. */
export const engine = new ELK({ workerFactory: () => new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl) });

/** The first graphs take a worker several times as long as later ones, while it is being compiled: so it gets one before
    anybody waits. */
function warmUp(): void {
  const names = Array.from({ length: 12 }, (_, i) => String(i));
  const line = (from: number, to: number): { id: string; sources: string[]; targets: string[] } => ({
    id: `${from} ${to}`,
    sources: [String(from)],
    targets: [String(to)],
  });
  const edges = names.slice(1).flatMap((_, i) => (i % 3 === 0 && i + 2 < names.length ? [line(i, i + 1), line(i, i + 2)] : [line(i, i + 1)]));
  const graph = {
    id: 'warm',
    layoutOptions: { 'elk.algorithm': 'layered', 'elk.direction': 'DOWN', 'elk.edgeRouting': 'ORTHOGONAL' },
    children: names.map((id) => ({ id, width: 132, height: 46 })),
    edges: edges.map((edge) => ({ ...edge, labels: [{ id: `${edge.id}:label`, text: 'n', width: 20, height: 18 }] })),
  };
  engine.layout(graph).catch(() => undefined);
}

warmUp();
