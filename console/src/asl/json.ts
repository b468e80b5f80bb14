export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function arrayOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function parseJson(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Indented, if it is JSON; the text itself otherwise. */
export function pretty(text: string | undefined): string {
  const value = parseJson(text);
  return value === undefined ? (text ?? '') : JSON.stringify(value, null, 2);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name): [string, Json] => [name, sorted(value[name] ?? null)]));
}

/** Indented, names in order: two such texts differ where the data differ. */
export function comparable(text: string | undefined): string {
  const value = parseJson(text);
  return value === undefined ? (text ?? '') : JSON.stringify(sorted(value), null, 2);
}
