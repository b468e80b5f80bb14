import { hasIcon, iconPath } from '../ui/Icon';
import type { Layout, PlacedEdge, PlacedNode } from './layout';
import type { MarksByState } from './look';
import { fonts } from './measure';
import { pathThrough } from './path';

/** The graph as an SVG file of its own: no styles from outside, colours as they are on the screen now. */
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function text(x: number, y: number, words: string, font: string, fill: string, anchor = 'start'): string {
  return `<text x="${x}" y="${y}" style="font:${escaped(font.replace(/'/g, ''))}" fill="${fill}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function rectangle({ x, y, width, height }: PlacedNode, fill: string, stroke: string, extra = ''): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9" fill="${fill}" stroke="${stroke}" ${extra}/>`;
}

function title({ x, y, node }: PlacedNode, fill: string): string {
  const icon = hasIcon(node.type)
    ? `<path transform="translate(${x + 12},${y + 15})" d="${iconPath(node.type)}" fill="none" stroke="${fill}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`
    : '';
  return `${icon}${text(x + 38, y + 20, node.name, fonts.name, colour('ink'))}${text(x + 38, y + 35, node.detail || node.type, fonts.detail, colour('ink-3'))}`;
}

function nodeSvg(placed: PlacedNode, marks: MarksByState): string {
  const { node, x, y } = placed;
  const mark = marks.get(node.name);
  const tone = mark ? colour(mark.status) : colour('line-strong');
  if (node.kind === 'start' || node.kind === 'end') {
    const inner = node.kind === 'end' ? `<circle cx="${x + 11}" cy="${y + 11}" r="5" fill="${colour('ink-3')}"/>` : '';
    const fill = node.kind === 'start' ? colour('ink-3') : 'none';
    return `<circle cx="${x + 11}" cy="${y + 11}" r="9" fill="${fill}" stroke="${colour('ink-3')}" stroke-width="2"/>${inner}`;
  }
  if (node.kind === 'branch') return rectangle(placed, 'none', colour('line-strong'), 'stroke-dasharray="4 4"');
  const fill = mark ? colour(`${mark.status}-soft`) : colour(node.kind === 'container' ? 'page' : 'surface');
  return rectangle(placed, fill, tone, `stroke-width="${mark ? 1.8 : 1}"`) + title(placed, mark ? tone : colour('accent'));
}

function edgeSvg({ edge, points, label }: PlacedEdge): string {
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const stroke = colour(edge.kind === 'catch' ? 'caught' : 'ink-3');
  const style = `fill="none" stroke="${stroke}" stroke-width="1.4"${edge.kind === 'catch' ? ' stroke-dasharray="5 4"' : ''}`;
  const head = `<path d="M${end.x - 4},${end.y - 6}L${end.x},${end.y}L${end.x + 4},${end.y - 6}" fill="none" stroke="${stroke}" stroke-width="1.4"/>`;
  const words = label
    ? `<rect x="${label.x}" y="${label.y}" width="${label.width}" height="${label.height}" rx="5" fill="${colour('surface')}"/>` +
      text(label.x + label.width / 2, label.y + label.height / 2 + 4, edge.label, fonts.label, colour('ink-2'), 'middle')
    : '';
  return `<path d="${pathThrough(points)}" ${style}/>${head}${words}`;
}

export function svgOf(layout: Layout, marks: MarksByState): string {
  const size = `width="${layout.width}" height="${layout.height}" viewBox="0 0 ${layout.width} ${layout.height}"`;
  const background = `<rect width="100%" height="100%" fill="${colour('surface')}"/>`;
  const nodes = layout.nodes.map((node) => nodeSvg(node, marks)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${background}${nodes}${layout.edges.map(edgeSvg).join('')}</svg>`;
}
