import type { ReactNode } from 'react';
import { Link } from 'wouter';

import { listClusters, type Cluster } from '../api/clusters';
import { places } from '../app/places';
import { StatusBadge } from '../ui/Badge';
import { ListPage } from '../ui/ListPage';
import type { Column } from '../ui/VirtualTable';

const columns: Column<Cluster>[] = [
  { title: 'Name', width: 'minmax(0, 1fr)', cell: (cluster) => <span className="table-name">{cluster.clusterName}</span> },
  { title: 'Status', width: '110px', cell: (cluster) => <StatusBadge status={cluster.status} /> },
  { title: 'Running', width: '100px', cell: (cluster) => <span className="number">{cluster.runningTasksCount.toLocaleString('en')}</span> },
  { title: 'Pending', width: '100px', cell: (cluster) => <span className="number">{cluster.pendingTasksCount.toLocaleString('en')}</span> },
  { title: 'ARN', width: 'minmax(0, 2fr)', cell: (cluster) => <span className="mono muted">{cluster.clusterArn}</span> },
];

export function ClustersPage(): ReactNode {
  return (
    <ListPage
      title="Clusters"
      sub="Of ECS"
      actions={
        <Link className="button" to={places.taskDefinitions}>
          Task definitions
        </Link>
      }
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
