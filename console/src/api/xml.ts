/** Answers of services that speak AWS's query protocol: elements and texts, no attributes that matter. Read here, as the
    page's policy makes no documents from texts. */
export class Element {
  readonly children: Element[] = [];
  text = '';
  constructor(readonly name: string) {}

  /** The element at the end of that path. */
  at(...path: string[]): Element | undefined {
    const [name, ...rest] = path;
    const child = this.children.find((each) => each.name === name);
    return rest.length > 0 ? child?.at(...rest) : child;
  }

  textAt(...path: string[]): string {
    return this.at(...path)?.text ?? '';
  }

  /** The members of a list. */
  list(...path: string[]): Element[] {
    return this.at(...path)?.children ?? [];
  }

  /** A map of entries with key and value. */
  map(...path: string[]): Record<string, string> {
    return Object.fromEntries(this.list(...path).map((entry) => [entry.textAt('key'), entry.textAt('value')]));
  }

  /** The texts of what it has that has no parts of its own. */
  fields(): Record<string, string> {
    return Object.fromEntries(this.children.filter((each) => each.children.length === 0).map((each) => [each.name, each.text]));
  }
}

const token = /<\?[^>]*\?>|<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex: string, decimal: string, name: string) => {
    if (name) return entities[name] ?? all;
    return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
  });
}

export function parseXml(text: string): Element {
  const root = new Element('');
  const open = [root];
  for (const [, closes, name, empty, words] of text.matchAll(token)) {
    const inner = open.at(-1) ?? root;
    if (words !== undefined) inner.text += decoded(words);
    else if (closes) open.pop();
    else if (name) {
      const element = new Element(name);
      inner.children.push(element);
      if (!empty) open.push(element);
    }
  }
  return root.children[0] ?? root;
}
