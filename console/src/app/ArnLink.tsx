import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { Copyable } from '../ui/Copyable';
import { placeOf } from './places';

/** An ARN, as a link to what it names where this console shows that. */
export function ArnLink({ arn }: { arn: string }): ReactNode {
  const place = placeOf(arn);
  return place ? <Link to={place}>{arn}</Link> : <Copyable text={arn} />;
}
