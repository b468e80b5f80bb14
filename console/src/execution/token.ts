import { isObject, parseJson, type Json } from '../asl/json';

const tokenLike = /^[A-Za-z0-9+/_=-]{60,1024}$/;
const tokenName = /token/i;

function find(value: Json | undefined, name: string): string | null {
  if (typeof value === 'string') return tokenName.test(name) && tokenLike.test(value) ? value : null;
  const entries = Array.isArray(value) ? value.map((each): [string, Json] => [name, each]) : isObject(value) ? Object.entries(value) : [];
  for (const [key, each] of entries) {
    const found = find(each, key);
    if (found) return found;
  }
  return null;
}

/** The task token among what a task was given. */
export function tokenIn(parameters: string | undefined): string | null {
  return find(parseJson(parameters), '');
}
