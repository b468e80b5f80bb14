import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useParams } from 'wouter';

import { listSubscriptions, topicAttributes, type Subscription } from '../api/messaging';
import { ArnLink } from '../app/ArnLink';
import { nameIn, nameOf, places } from '../app/places';
import { Attributes } from '../ui/Attributes';
import { Button } from '../ui/Button';
import { Copyable } from '../ui/Copyable';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { VirtualTable, type Column } from '../ui/VirtualTable';
import { PublishDialog } from './PublishDialog';

const columns: Column<Subscription>[] = [
  { title: 'Protocol', width: '110px', cell: (each) => each.Protocol },
  { title: 'Endpoint', width: 'minmax(0, 1.5fr)', cell: (each) => <ArnLink arn={each.Endpoint} /> },
  {
    title: 'Subscription',
    width: 'minmax(0, 1fr)',
    cell: (each) => (each.SubscriptionArn === 'PendingConfirmation' ? <span className="muted">not confirmed yet</span> : <Copyable text={nameOf(each.SubscriptionArn)} />),
  },
];

export function TopicPage(): ReactNode {
  const arn = nameIn(useParams<{ arn: string }>().arn);
  const [publishing, setPublishing] = useState(false);
  const attributes = useQuery({ queryKey: ['topic', arn], queryFn: () => topicAttributes(arn) });
  const subscriptions = useQuery({ queryKey: ['subscriptions', arn], queryFn: () => listSubscriptions(arn) });
  const error = attributes.error ?? subscriptions.error;
  return (
    <Page
      title={nameOf(arn)}
      crumbs={<Link to={places.topics}>Topics</Link>}
      address={arn}
      scrolls
      actions={
        <Button look="primary" icon="play" disabled={!attributes.data} onClick={() => setPublishing(true)}>
          Publish a message
        </Button>
      }
      error={error}
    >
      {subscriptions.data && (
        <VirtualTable label="Subscriptions" columns={columns} rows={subscriptions.data} keyOf={(each) => `${each.SubscriptionArn}${each.Endpoint}`}>
          {subscriptions.data.length === 0 && (
            <Empty icon="topics" title="Nobody has subscribed">
              <p>A message that is published now reaches nobody.</p>
            </Empty>
          )}
        </VirtualTable>
      )}
      {attributes.data && <Attributes of={attributes.data} />}
      {publishing && <PublishDialog arn={arn} onClose={() => setPublishing(false)} />}
    </Page>
  );
}
