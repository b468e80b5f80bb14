/** One server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface ServerEvent {
  id: string;
  event: string;
  data: string;
}

function parse(block: string): ServerEvent | null {
  const event: ServerEvent = { id: '', event: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const value = line.slice(colon + 1).replace(/^ /, '');
    const name = line.slice(0, colon);
    if (name === 'id') event.id = value;
    else if (name === 'event') event.event = value;
    else if (name === 'data') data.push(value);
  }
  event.data = data.join('\n');
  return data.length > 0 ? event : null;
}

/** The events of an answer as they come. EventSource cannot sign its requests, so the body is read here. */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let parts: string[] = [];
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const text = decoder.decode(value, { stream: true });
      const last = parts[parts.length - 1] ?? '';
      if (!text.includes('\n\n') && !(last.endsWith('\n') && text.startsWith('\n'))) {
        parts.push(text);
        continue;
      }
      const blocks = (parts.join('') + text).split('\n\n');
      parts = [blocks.pop() ?? ''];
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
