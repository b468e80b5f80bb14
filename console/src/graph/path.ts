import type { Point } from './layout';

/** The line through the points, with round corners, as an SVG path. */
export function pathThrough(points: Point[], radius = 8): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${first.x},${first.y}`;
  rest.forEach((corner, i) => {
    const before = points[i];
    const after = rest[i + 1];
    if (!before || !after) {
      path += `L${corner.x},${corner.y}`;
      return;
    }
    const into = toward(corner, before, radius);
    const out = toward(corner, after, radius);
    path += `L${into.x},${into.y}Q${corner.x},${corner.y} ${out.x},${out.y}`;
  });
  return path;
}

function toward(from: Point, to: Point, most: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const share = length === 0 ? 0 : Math.min(most, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
