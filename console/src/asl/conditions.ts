import { arrayOf, isObject, objectOf, textOf, type Json, type JsonObject } from './json';

/** A Choice rule in the words of a programmer: `$.total > 100 and not $.vip`. */
const operators: [RegExp, string][] = [
  [/GreaterThanEquals(Path)?$/, '≥'],
  [/LessThanEquals(Path)?$/, '≤'],
  [/GreaterThan(Path)?$/, '>'],
  [/LessThan(Path)?$/, '<'],
  [/Equals(Path)?$/, '='],
  [/Matches$/, '~'],
];

const isNames: Record<string, string> = {
  IsNull: 'null',
  IsPresent: 'present',
  IsString: 'a string',
  IsNumeric: 'a number',
  IsBoolean: 'a boolean',
  IsTimestamp: 'a timestamp',
};

function shown(value: Json | undefined): string {
  return typeof value === 'string' ? (value.startsWith('$') ? value : `"${value}"`) : JSON.stringify(value);
}

function joined(rules: Json | undefined, word: string): string {
  return arrayOf(rules)
    .map((rule) => conditionText(objectOf(rule), true))
    .join(` ${word} `);
}

function comparison(rule: JsonObject): string {
  const variable = textOf(rule['Variable']);
  for (const [name, value] of Object.entries(rule)) {
    const is = isNames[name];
    if (is) return `${variable} is ${value === false ? 'not ' : ''}${is}`;
    const operator = operators.find(([pattern]) => pattern.test(name));
    if (operator) return `${variable} ${operator[1]} ${shown(value)}`;
  }
  return variable;
}

export function conditionText(rule: JsonObject, nested = false): string {
  if (typeof rule['Condition'] === 'string') return rule['Condition'].replace(/^\{%\s*|\s*%\}$/g, '');
  if (rule['Condition'] !== undefined) return String(rule['Condition']);
  const both = Array.isArray(rule['And']) ? joined(rule['And'], 'and') : joined(rule['Or'], 'or');
  if (both) return nested ? `(${both})` : both;
  if (isObject(rule['Not'])) return `not ${conditionText(rule['Not'], true)}`;
  return comparison(rule);
}
