import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { listJobDefinitions, type JobDefinition } from '../api/jobs';
import { places } from '../app/places';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const nameOf = (definition: JobDefinition): string => `${definition.jobDefinitionName}:${definition.revision}`;

const columns: Column<JobDefinition>[] = [
  { title: 'Name', width: 'minmax(0, 1fr)', cell: (definition) => <span className="table-name">{nameOf(definition)}</span> },
  { title: 'Image', width: 'minmax(0, 1fr)', cell: (definition) => <span className="mono">{definition.containerProperties?.image ?? '–'}</span> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (definition) => <span className="mono muted">{definition.jobDefinitionArn}</span> },
];

export function JobDefinitionsPage(): ReactNode {
  return (
    <ListPage
      title="Job definitions"
      sub="All revisions that are active"
      actions={
        <Link className="button" to={places.jobQueues}>
          Job queues
        </Link>
      }
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
