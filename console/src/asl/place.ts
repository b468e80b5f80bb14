import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** Where in a JSON text a position is: the names on the way there (numbers of elements left out). */
export interface Place {
  path: string[];
  /** The object around. */
  object: SyntaxNode | null;
  kind: 'name' | 'value';
  /** What is being typed: from where to where, with its quotation marks. */
  from: number;
  to: number;
}

function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName');
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : '';
}

export function placeAt(state: EditorState, position: number): Place {
  const at = syntaxTree(state).resolveInner(position, -1);
  const path: string[] = [];
  let object: SyntaxNode | null = null;
  for (let node: SyntaxNode | null = at; node; node = node.parent) {
    if (node.name === 'Property') path.unshift(nameOf(state, node));
    if (node.name === 'Object') object ??= node;
  }
  const isName = at.name === 'PropertyName' || at.name === 'Object' || (at.name === 'Property' && !at.getChild('PropertyName'));
  if (at.name === 'PropertyName') path.pop();
  const isText = at.name === 'PropertyName' || at.name === 'String';
  return { path, object, kind: isName ? 'name' : 'value', from: isText ? at.from : position, to: isText ? at.to : position };
}

export function memberText(state: EditorState, object: SyntaxNode | null, name: string): string {
  for (const property of object?.getChildren('Property') ?? []) {
    const value = property.getChild('String');
    if (nameOf(state, property) === name && value) return state.sliceDoc(value.from + 1, value.to - 1);
  }
  return '';
}

export function memberNames(state: EditorState, object: SyntaxNode | null): string[] {
  return (object?.getChildren('Property') ?? []).map((property) => nameOf(state, property));
}
