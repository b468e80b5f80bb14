import { jsonLanguage } from '@codemirror/lang-json';
import type { SyntaxNode } from '@lezer/common';

/** The part of a text that a diagnostic's location (`/States/Ask/Retry/0`) points at; the nearest one that is there. */
function childNamed(node: SyntaxNode, text: string, name: string): SyntaxNode | null {
  if (node.name === 'Array') {
    const elements = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name !== '[' && child.name !== ']' && child.name !== ',') elements.push(child);
    }
    return elements[Number(name)] ?? null;
  }
  for (const property of node.getChildren('Property')) {
    const key = property.getChild('PropertyName');
    if (key && text.slice(key.from + 1, key.to - 1) === name) return property;
  }
  return null;
}

const valueOf = (node: SyntaxNode): SyntaxNode => (node.name === 'Property' ? (node.lastChild ?? node) : node);

export function locate(text: string, location: string): { from: number; to: number } {
  const top = jsonLanguage.parser.parse(text).topNode.firstChild;
  if (!top) return { from: 0, to: 0 };
  let node: SyntaxNode = top;
  const steps = location.split(/[/[\].]/).filter(Boolean);
  for (const step of steps) {
    const child = childNamed(valueOf(node), text, step.replace(/~1/g, '/').replace(/~0/g, '~'));
    if (!child) break;
    node = child;
  }
  const key = node.name === 'Property' ? node.getChild('PropertyName') : null;
  const part = key ?? node;
  return { from: part.from, to: part === top ? part.from + 1 : part.to };
}
