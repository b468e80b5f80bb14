const pattern = /arn:aws[\w-]*:states:[\w-]*:\d{12}:(?:execution|express|mapRun):[\w\-./:]+/g;

/** ARNs of executions in a text: a task tells what it has started. */
export function linksIn(text: string | undefined): string[] {
  return [...new Set(text?.match(pattern) ?? [])];
}
