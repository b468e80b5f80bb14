import type { ReactNode } from 'react';
import { useLocation, useParams, useSearch } from 'wouter';

import { places } from '../app/places';
import { ErrorBox } from '../ui/ErrorBox';
import { Page } from '../ui/Page';
import { Tabs } from '../ui/Tabs';
import { Playground } from './Playground';
import { StateTest } from './StateTest';
import { useMaterial } from './useMaterial';

const tabs = [
  { id: '', title: 'Test a state' },
  { id: 'jsonata', title: 'JSONata' },
  { id: 'jsonpath', title: 'JSONPath' },
];

export function TryPage(): ReactNode {
  const { tab = '' } = useParams<{ tab?: string }>();
  const [, go] = useLocation();
  const search = useSearch();
  const { material, error } = useMaterial();
  const from = search ? `?${search}` : '';
  return (
    <Page title="Try things" sub={material?.origin ?? 'Evaluated by the server, as an execution would'}>
      <Tabs label="Try things" tabs={tabs} current={tab} onChange={(id) => go(`${places.trying(id)}${from}`)} />
      {error && <ErrorBox error={error} />}
      {material && tab === '' && <StateTest key={material.key} material={material} />}
      {material && tab !== '' && (
        <Playground key={`${tab}${material.key}`} language={tab === 'jsonpath' ? 'JSONPath' : 'JSONata'} material={material} />
      )}
    </Page>
  );
}
