import type { ReactNode } from 'react';

import { listTaskDefinitions } from '../api/clusters';
import { places, resourceOf } from '../app/places';
import { arnColumn, nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const nameOf = (arn: string): string => resourceOf(arn)[1] ?? arn;

const columns: Column<string>[] = [
  nameColumn(nameOf),
  arnColumn((arn) => arn),
];

export function TaskDefinitionsPage(): ReactNode {
  return (
    <ListPage
      title="Task definitions"
      sub="All revisions that are active"
      beside={{ title: 'Clusters', to: places.clusters }}
      icon="clusters"
      list="taskDefinitions"
      load={listTaskDefinitions}
      columns={columns}
      nameOf={nameOf}
      href={(arn) => places.taskDefinition(nameOf(arn))}
      about={<p>A task definition of ECS says which containers a task has, and what they are given.</p>}
    />
  );
}
