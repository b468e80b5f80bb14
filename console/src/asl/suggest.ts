import type { Definition, State } from './definition';
import { isObject, type Json, type JsonObject } from './json';

/** The shape of the input that a definition reads, as far as its texts tell. */
const inPath = /(?<![\w$.])\$((?:\.[A-Za-z_]\w*|\[\d+\])+)/g;
const inExpression = /\$states\.(?:input|context\.Execution\.Input)((?:\.[A-Za-z_]\w*)+)/g;
const fromContext = /\$\$\.Execution\.Input((?:\.[A-Za-z_]\w*)+)/g;

function textsOf(value: Json | undefined, into: string[]): void {
  if (typeof value === 'string') into.push(value);
  else if (Array.isArray(value)) for (const each of value) textsOf(each, into);
  else if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      if (!['Branches', 'ItemProcessor', 'Iterator', 'ResultSelector', 'ResultPath', 'Catch', 'OutputPath'].includes(name)) textsOf(each, into);
    }
  }
}

/** What a name is likely to hold, from how it is compared and used. */
function hintsIn(value: Json | undefined, hints: Map<string, Json>): void {
  if (Array.isArray(value)) for (const each of value) hintsIn(each, hints);
  if (!isObject(value)) return;
  const last = (path: Json | undefined): string => (typeof path === 'string' ? (path.match(/[A-Za-z_]\w*/g)?.at(-1) ?? '') : '');
  for (const [name, each] of Object.entries(value)) {
    if (name.startsWith('Numeric')) hints.set(last(value['Variable']), 0);
    else if (name.startsWith('Boolean')) hints.set(last(value['Variable']), true);
    else if (name === 'ItemsPath') hints.set(last(each), []);
    else if (name === 'SecondsPath') hints.set(last(each), 1);
    else hintsIn(each, hints);
  }
}

function add(shape: JsonObject, path: string, hints: Map<string, Json>): void {
  const names = path.match(/[A-Za-z_]\w*/g) ?? [];
  let at = shape;
  names.forEach((name, i) => {
    const inside = at[name];
    if (i === names.length - 1) at[name] ??= hints.get(name) ?? '';
    else at = isObject(inside) ? inside : (at[name] = {});
  });
}

function pathsOf(state: State, patterns: RegExp[]): string[] {
  const texts: string[] = [];
  textsOf(state.fields, texts);
  return texts.flatMap((text) => patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')));
}

/** States up to the first one whose output is no longer the input of the execution. */
function firstStates(definition: Definition): State[] {
  const seen: State[] = [];
  let name: string | undefined = definition.top.start;
  while (name !== undefined) {
    const state = definition.states.get(name);
    if (!state || seen.includes(state)) break;
    seen.push(state);
    const changes = ['Task', 'Map', 'Parallel'].includes(state.type) || 'Output' in state.fields || 'Parameters' in state.fields;
    name = changes ? undefined : String(state.fields['Next'] ?? state.fields['Default'] ?? '');
  }
  return seen;
}

export function suggestInput(definition: Definition): string {
  const shape: JsonObject = {};
  const hints = new Map<string, Json>();
  for (const state of definition.states.values()) hintsIn(state.fields, hints);
  for (const state of firstStates(definition)) {
    const patterns = state.language === 'JSONata' ? [inExpression] : [inPath];
    for (const path of pathsOf(state, patterns)) add(shape, path, hints);
  }
  for (const state of definition.states.values()) {
    for (const path of pathsOf(state, [fromContext])) add(shape, path, hints);
  }
  return JSON.stringify(shape, null, 2);
}
