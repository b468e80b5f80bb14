/** The keys that requests are signed with where the server asks for it. They stay in this tab's session. */
export interface Credentials {
  accessKey: string;
  secretKey: string;
  sessionToken: string;
}

const place = 'stepwell.credentials';

let current: Credentials | null = read();

function read(): Credentials | null {
  const text = sessionStorage.getItem(place);
  return text ? (JSON.parse(text) as Credentials) : null;
}

export function credentials(): Credentials | null {
  return current;
}

export function setCredentials(keys: Credentials | null): void {
  current = keys;
  if (keys) sessionStorage.setItem(place, JSON.stringify(keys));
  else sessionStorage.removeItem(place);
}
