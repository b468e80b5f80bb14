import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { listTaskDefinitions } from '../api/clusters';
import { places, resourceOf } from '../app/places';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const nameOf = (arn: string): string => resourceOf(arn)[1] ?? arn;

const columns: Column<string>[] = [
  { title: 'Name', width: 'minmax(0, 1fr)', cell: (arn) => <span className="table-name">{nameOf(arn)}</span> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (arn) => <span className="mono muted">{arn}</span> },
];

export function TaskDefinitionsPage(): ReactNode {
  return (
    <ListPage
      title="Task definitions"
      sub="All revisions that are active"
      actions={
        <Link className="button" to={places.clusters}>
          Clusters
        </Link>
      }
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
