import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';

import { readDefinition } from './definition';
import { errorNames, fieldsInside, machineFields, resources, stateFields, stateTypes } from './fields';
import { memberNames, memberText, placeAt, type Place } from './place';

/** Fields, types, names of states, errors and resources, where each of them belongs. */
function names(context: CompletionContext, place: Place): string[] {
  const container = place.path.at(-1);
  const fields = container === undefined ? machineFields : fieldsInside[container];
  const isState = place.path.at(-2) === 'States';
  const type = memberText(context.state, place.object, 'Type');
  const all = isState ? (stateFields[type] ?? ['Type', 'Comment']) : (fields ?? []);
  const there = new Set(memberNames(context.state, place.object));
  return all.filter((name) => !there.has(name));
}

function values(context: CompletionContext, place: Place): string[] {
  switch (place.path.at(-1)) {
    case 'Type':
      return stateTypes;
    case 'QueryLanguage':
      return ['JSONPath', 'JSONata'];
    case 'JitterStrategy':
      return ['FULL', 'NONE'];
    case 'Resource':
      return resources;
    case 'ErrorEquals':
      return errorNames;
    case 'Next':
    case 'Default':
    case 'StartAt':
      return [...(readDefinition(context.state.doc.toString())?.states.keys() ?? [])];
    default:
      return [];
  }
}

export function completeDefinition(context: CompletionContext): CompletionResult | null {
  const place = placeAt(context.state, context.pos);
  const isTyped = place.from < context.pos;
  if (!isTyped && !context.explicit) return null;
  const found = place.kind === 'name' ? names(context, place) : values(context, place);
  if (found.length === 0) return null;
  const behind = place.kind === 'name' && !/^\s*:/.test(context.state.sliceDoc(place.to, place.to + 5)) ? ': ' : '';
  const options = found.map(
    (name): Completion => ({ label: `"${name}"`, displayLabel: name, apply: `"${name}"${behind}`, type: 'property' }),
  );
  return { from: place.from, to: place.to, options, validFor: /^"[^"]*"?$/ };
}
