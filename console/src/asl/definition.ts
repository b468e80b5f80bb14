import { arrayOf, isObject, objectOf, parseJson, textOf, type Json, type JsonObject } from './json';

/** A state of a machine, as the console looks at it. Names of states are unique in a whole machine. */
export interface State {
  name: string;
  type: string;
  fields: JsonObject;
  language: string;
  parent: string | null;
  /** The machines inside: branches of a Parallel, the processor of a Map. */
  inside: Scope[];
}

export interface Scope {
  start: string;
  states: State[];
  /** Of a branch. */
  index: number;
}

export interface Definition {
  top: Scope;
  states: Map<string, State>;
  comment: string;
}

function scopesOf(fields: JsonObject): Json[] {
  if (fields['Type'] === 'Parallel') return arrayOf(fields['Branches']);
  if (fields['Type'] === 'Map') return [fields['ItemProcessor'] ?? fields['Iterator'] ?? {}];
  return [];
}

function readScope(value: Json, index: number, parent: string | null, language: string, all: Map<string, State>): Scope {
  const machine = objectOf(value);
  const own = textOf(machine['QueryLanguage']) || language;
  const states = Object.entries(objectOf(machine['States'])).map(([name, fields]): State => {
    const state: State = {
      name,
      type: textOf(objectOf(fields)['Type']),
      fields: objectOf(fields),
      language: textOf(objectOf(fields)['QueryLanguage']) || own,
      parent,
      inside: [],
    };
    all.set(name, state);
    state.inside = scopesOf(state.fields).map((scope, i) => readScope(scope, i, name, own, all));
    return state;
  });
  return { start: textOf(machine['StartAt']), states, index };
}

/** undefined: the text is no JSON object. */
export function readDefinition(text: string): Definition | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const states = new Map<string, State>();
  const top = readScope(value, 0, null, 'JSONPath', states);
  return { top, states, comment: textOf(value['Comment']) };
}

/** What a Task calls, in few words. */
export function resourceName(state: State): string {
  const resource = textOf(state.fields['Resource']);
  const service = /^arn:aws[\w-]*:states:::(.+)$/.exec(resource);
  if (service?.[1]) return service[1].replace(/^aws-sdk:/, '');
  const last = resource.split(':').slice(5).join(':');
  return last || resource;
}
