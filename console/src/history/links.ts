// What a job of Batch runs in is named like a task of ECS, in a cluster that nobody can look at.
const started = [
  'states:[\\w-]*:\\d{12}:(?:execution|express|mapRun):[\\w\\-./:]+',
  'ecs:[\\w-]*:\\d{12}:task/(?![\\w-]*_Batch_)[\\w-]+/[0-9a-f]{32}',
  'batch:[\\w-]*:\\d{12}:job/[0-9a-f-]{36}(?::\\d+)?',
];
const pattern = new RegExp(`arn:aws[\\w-]*:(?:${started.join('|')})`, 'g');

/** ARNs of executions, containers and jobs in a text: a task tells what it has started. */
export function linksIn(text: string | undefined): string[] {
  return [...new Set(text?.match(pattern) ?? [])];
}
