import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

import { createAlias, updateAlias } from '../api/states';
import type { AliasDetail, AliasRoute, MachineVersion } from '../api/types';
import { nameOf } from '../app/places';
import { Dialog } from '../ui/Dialog';
import { ErrorBox } from '../ui/ErrorBox';
import { Field } from '../ui/Field';

interface Props {
  alias: AliasDetail | undefined;
  versions: MachineVersion[];
  onClose: () => void;
}

function routesOf(first: string, second: string, share: number): AliasRoute[] {
  if (!second || share === 100) return [{ stateMachineVersionArn: first, weight: 100 }];
  return [
    { stateMachineVersionArn: first, weight: share },
    { stateMachineVersionArn: second, weight: 100 - share },
  ];
}

/** Where an alias leads: to one version, or to two in shares. */
export function AliasDialog({ alias, versions, onClose }: Props): ReactNode {
  const [one, other] = alias?.routingConfiguration ?? [];
  const [name, setName] = useState(alias?.name ?? '');
  const [first, setFirst] = useState(one?.stateMachineVersionArn ?? versions[0]?.stateMachineVersionArn ?? '');
  const [second, setSecond] = useState(other?.stateMachineVersionArn ?? '');
  const [share, setShare] = useState(other ? (one?.weight ?? 100) : 90);
  const queries = useQueryClient();
  const routes = routesOf(first, second === first ? '' : second, share);
  const save = useMutation({
    mutationFn: () => (alias ? updateAlias(alias.stateMachineAliasArn, routes) : createAlias(name, routes)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['aliases'] });
      onClose();
    },
  });
  const options = versions.map((each) => (
    <option key={each.stateMachineVersionArn} value={each.stateMachineVersionArn}>
      {nameOf(each.stateMachineVersionArn)}
    </option>
  ));
  return (
    <Dialog
      title={alias ? `Where ${alias.name} leads` : 'New alias'}
      narrow
      submit="Save"
      busy={save.isPending}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {!alias && (
        <Field label="Name">
          <input className="input" required value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
      <Field label="Version">
        <select className="select" value={first} onChange={(event) => setFirst(event.target.value)}>
          {options}
        </select>
      </Field>
      {versions.length > 1 && (
        <Field label="Second version">
          <select className="select" value={second} onChange={(event) => setSecond(event.target.value)}>
            <option value="">none</option>
            {options}
          </select>
        </Field>
      )}
      {routes.length > 1 && (
        <Field label={`Of a hundred executions, ${share} run version ${nameOf(first)}`} hint={`${100 - share} run version ${nameOf(second)}`}>
          <input type="range" min={0} max={100} value={share} onChange={(event) => setShare(Number(event.target.value))} />
        </Field>
      )}
      {save.error && <ErrorBox error={save.error} />}
    </Dialog>
  );
}
