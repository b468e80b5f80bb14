import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';

import { listAliases, listVersions } from '../api/states';
import type { AliasDetail, Machine, MachineVersion } from '../api/types';
import { nameOf, places } from '../app/places';
import { Button } from '../ui/Button';
import { Empty } from '../ui/Empty';
import { ErrorBox } from '../ui/ErrorBox';
import { DateTime } from '../ui/Time';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import { AliasDialog } from './AliasDialog';
import { PublishDialog } from './PublishDialog';

type Asked = { what: 'publish' } | { what: 'alias'; alias?: AliasDetail } | null;

function routesText(alias: AliasDetail): string {
  return alias.routingConfiguration
    .map((route) => `version ${nameOf(route.stateMachineVersionArn)}${route.weight < 100 ? ` (${route.weight} %)` : ''}`)
    .join(', ');
}

export function VersionsPane({ machine }: { machine: Machine }): ReactNode {
  const arn = machine.stateMachineArn;
  const [asked, setAsked] = useState<Asked>(null);
  const versions = useQuery({ queryKey: ['versions', arn], queryFn: () => listVersions(arn) });
  const aliases = useQuery({ queryKey: ['aliases', arn], queryFn: () => listAliases(arn) });

  const compare = (each: MachineVersion): string => `${places.machine(arn, 'compare')}?before=${encodeURIComponent(each.stateMachineVersionArn)}`;
  const versionColumns: Column<MachineVersion>[] = [
    { title: 'Version', width: '90px', cell: (each) => <span className="table-name number">{nameOf(each.stateMachineVersionArn)}</span> },
    { title: 'Published', width: '1fr', cell: (each) => <DateTime at={each.creationDate} /> },
    {
      title: '',
      width: 'max-content',
      cell: (each) => <Link to={compare(each)}>Compare with the latest</Link>,
    },
  ];
  const aliasColumns: Column<AliasDetail>[] = [
    { title: 'Alias', width: '1fr', cell: (each) => <span className="table-name">{each.name}</span> },
    { title: 'Leads to', width: '1fr', cell: routesText },
    { title: 'Changed', width: '170px', cell: (each) => <DateTime at={each.updateDate} /> },
  ];

  return (
    <div className="split halves">
      <section className="pane" aria-label="Versions">
        <div className="bar">
          <h2>Versions</h2>
          <span className="space" />
          <Button icon="plus" onClick={() => setAsked({ what: 'publish' })}>
            Publish
          </Button>
        </div>
        {versions.error && <ErrorBox error={versions.error} />}
        <VirtualTable
          label="Versions"
          columns={versionColumns}
          rows={versions.data ?? []}
          keyOf={(each) => each.stateMachineVersionArn}
          href={compare}
        >
          {versions.data?.length === 0 && (
            <Empty icon="machines" title="No versions">
              <p>A version is the definition as it was when it was published. Executions of it never see a later change.</p>
            </Empty>
          )}
        </VirtualTable>
      </section>
      <section className="pane" aria-label="Aliases">
        <div className="bar">
          <h2>Aliases</h2>
          <span className="space" />
          <Button icon="plus" disabled={!versions.data?.length} onClick={() => setAsked({ what: 'alias' })}>
            New alias
          </Button>
        </div>
        {aliases.error && <ErrorBox error={aliases.error} />}
        <VirtualTable
          label="Aliases"
          columns={aliasColumns}
          rows={aliases.data ?? []}
          keyOf={(each) => each.stateMachineAliasArn}
          onChoose={(alias) => setAsked({ what: 'alias', alias })}
        >
          {aliases.data?.length === 0 && (
            <Empty icon="forward" title="No aliases">
              <p>An alias is a name that leads to one version, or to two in shares.</p>
            </Empty>
          )}
        </VirtualTable>
      </section>
      {asked?.what === 'publish' && <PublishDialog machine={machine} onClose={() => setAsked(null)} />}
      {asked?.what === 'alias' && (
        <AliasDialog alias={asked.alias} versions={versions.data ?? []} onClose={() => setAsked(null)} />
      )}
    </div>
  );
}
