import type { Layout } from './layout';

const margin = 24;
const largest = 1.15;
/** Smaller than that, names cannot be read; then it is better to see a part well. */
const smallest = 0.5;
const legible = 0.85;

/** All of the graph in the middle; of one that would be too small, its beginning. */
export function firstView(layout: Layout, width: number, height: number): { x: number; y: number; zoom: number } {
  const fitting = Math.min((width - 2 * margin) / layout.width, (height - 2 * margin) / layout.height);
  const zoom = fitting >= smallest ? Math.min(largest, fitting) : legible;
  const start = layout.nodes.find((placed) => placed.node.kind === 'start');
  const middle = fitting >= smallest || !start ? layout.width / 2 : start.x + start.width / 2;
  const spare = height - layout.height * zoom;
  // Lines that lead back may stand above the beginning.
  const top = fitting >= smallest || !start ? 0 : start.y;
  return { x: width / 2 - middle * zoom, y: spare > 2 * margin ? spare / 2 : margin - top * zoom, zoom };
}
