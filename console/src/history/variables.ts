import { parseJson, type Json, type JsonObject } from '../asl/json';
import { detailsOf } from './events';
import type { HistoryModel, Visit } from './model';

function assignedBy(model: HistoryModel, visit: Visit): JsonObject {
  const event = visit.exitEvent === null ? undefined : model.events[visit.exitEvent - 1];
  const assigned = event ? detailsOf(event).assignedVariables : undefined;
  if (!assigned) return {};
  return Object.fromEntries(
    Object.entries(assigned).map(([name, text]): [string, Json] => [name, parseJson(text) ?? text]),
  );
}

/** The scopes that a visit sees: its own, and those around it. */
function scopesOf(visit: Visit): Set<number> {
  const scopes = new Set<number>();
  for (let each: Visit | null = visit; each; each = each.parent) scopes.add(each.scope);
  return scopes;
}

/** The variables that a state saw, and those behind it. */
export function variablesOf(model: HistoryModel, visit: Visit): { before: JsonObject; after: JsonObject } {
  const scopes = scopesOf(visit);
  const before: JsonObject = {};
  const done = model.visits
    .filter((other) => other.exitEvent !== null && other.exitEvent < visit.id && scopes.has(other.scope))
    .sort((a, b) => (a.exitEvent ?? 0) - (b.exitEvent ?? 0));
  for (const other of done) Object.assign(before, assignedBy(model, other));
  return { before, after: { ...before, ...assignedBy(model, visit) } };
}
