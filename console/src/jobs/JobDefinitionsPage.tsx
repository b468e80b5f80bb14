import type { ReactNode } from 'react';

import { listJobDefinitions, type JobDefinition } from '../api/jobs';
import { places } from '../app/places';
import { arnColumn, nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const nameOf = (definition: JobDefinition): string => `${definition.jobDefinitionName}:${definition.revision}`;

const columns: Column<JobDefinition>[] = [
  nameColumn(nameOf),
  { title: 'Image', width: 'minmax(0, 1fr)', cell: (definition) => <span className="mono">{definition.containerProperties?.image ?? '–'}</span> },
  arnColumn((definition) => definition.jobDefinitionArn),
];

export function JobDefinitionsPage(): ReactNode {
  return (
    <ListPage
      title="Job definitions"
      sub="All revisions that are active"
      beside={{ title: 'Job queues', to: places.jobQueues }}
      icon="jobs"
      list="jobDefinitions"
      load={listJobDefinitions}
      columns={columns}
      nameOf={nameOf}
      href={(definition) => places.jobDefinition(nameOf(definition))}
      about={<p>A job definition of Batch says which container a job is, how much of the machine it takes, and how often it is tried.</p>}
    />
  );
}
