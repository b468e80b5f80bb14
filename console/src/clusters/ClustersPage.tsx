import type { ReactNode } from 'react';

import { listClusters, type Cluster } from '../api/clusters';
import { places } from '../app/places';
import { StatusBadge } from '../ui/Badge';
import { arnColumn, nameColumn } from '../ui/columns';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Cluster>[] = [
  nameColumn((cluster) => cluster.clusterName),
  { title: 'Status', width: '110px', cell: (cluster) => <StatusBadge status={cluster.status} /> },
  { title: 'Running', width: '100px', cell: (cluster) => <span className="number">{cluster.runningTasksCount.toLocaleString('en')}</span> },
  { title: 'Pending', width: '100px', cell: (cluster) => <span className="number">{cluster.pendingTasksCount.toLocaleString('en')}</span> },
  arnColumn((cluster) => cluster.clusterArn),
];

export function ClustersPage(): ReactNode {
  return (
    <ListPage
      title="Clusters"
      sub="Of ECS"
      beside={{ title: 'Task definitions', to: places.taskDefinitions }}
      icon="clusters"
      list="clusters"
      load={listClusters}
      columns={columns}
      nameOf={(cluster) => cluster.clusterName}
      href={(cluster) => places.cluster(cluster.clusterName)}
      about={<p>A cluster of ECS has tasks: containers that run as their task definition says.</p>}
    />
  );
}
