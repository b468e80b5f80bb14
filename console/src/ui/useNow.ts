import { useEffect, useState } from 'react';

const seconds = (): number => Date.now() / 1000;

/** The time, again and again while it matters. */
export function useNow(matters: boolean, every = 250): number {
  const [now, setNow] = useState(seconds);
  useEffect(() => {
    if (!matters) return undefined;
    const timer = setInterval(() => setNow(seconds()), every);
    return () => clearInterval(timer);
  }, [matters, every]);
  return now;
}
