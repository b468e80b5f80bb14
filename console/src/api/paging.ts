import type { Element } from './xml';

export interface Paged {
  nextToken?: string;
}

const mostPages = 50;

/** All pages of a list, one after the other. */
export async function all<Item, Output extends Paged>(
  fetchPage: (nextToken: string | undefined) => Promise<Output>,
  itemsOf: (output: Output) => Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let i = 0; i < mostPages; i++) {
    const output = await fetchPage(token);
    for (const item of itemsOf(output)) items.push(item);
    token = output.nextToken;
    if (!token) break;
  }
  return items;
}

/** Of a service that writes the name of its token in another way. */
export function named<Output extends object>(output: Output, member: keyof Output): Output & Paged {
  const token = output[member];
  return typeof token === 'string' && token !== '' ? { ...output, nextToken: token } : output;
}

/** All pages of a list that comes in XML. */
export function allElements(fetchPage: (token: string) => Promise<{ items: Element[]; next: string }>): Promise<Element[]> {
  return all<Element, Paged & { items: Element[] }>(
    async (token) => {
      const { items, next } = await fetchPage(token ?? '');
      return next ? { items, nextToken: next } : { items };
    },
    (output) => output.items,
  );
}
