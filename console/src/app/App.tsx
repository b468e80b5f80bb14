import { lazy, Suspense, type ReactNode } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';

import { MachinesPage } from '../machines/MachinesPage';
import { Empty } from '../ui/Empty';
import { Page } from '../ui/Page';
import { Guard } from './Guard';
import { Shell } from './Shell';

const MachinePage = lazy(async () => ({ default: (await import('../machines/MachinePage')).MachinePage }));
const NewMachinePage = lazy(async () => ({ default: (await import('../machines/NewMachinePage')).NewMachinePage }));
const ExecutionsPage = lazy(async () => ({ default: (await import('../executions/ExecutionsPage')).ExecutionsPage }));
const ExecutionPage = lazy(async () => ({ default: (await import('../execution/ExecutionPage')).ExecutionPage }));
const TryPage = lazy(async () => ({ default: (await import('../trying/TryPage')).TryPage }));
const ActivitiesPage = lazy(async () => ({ default: (await import('../activities/ActivitiesPage')).ActivitiesPage }));
const FunctionsPage = lazy(async () => ({ default: (await import('../functions/FunctionsPage')).FunctionsPage }));
const FunctionPage = lazy(async () => ({ default: (await import('../functions/FunctionPage')).FunctionPage }));
const ApisPage = lazy(async () => ({ default: (await import('../apis/ApisPage')).ApisPage }));
const ApiPage = lazy(async () => ({ default: (await import('../apis/ApiPage')).ApiPage }));
const ClustersPage = lazy(async () => ({ default: (await import('../clusters/ClustersPage')).ClustersPage }));
const ClusterPage = lazy(async () => ({ default: (await import('../clusters/ClusterPage')).ClusterPage }));
const TaskPage = lazy(async () => ({ default: (await import('../clusters/TaskPage')).TaskPage }));
const TaskDefinitionsPage = lazy(async () => ({ default: (await import('../clusters/TaskDefinitionsPage')).TaskDefinitionsPage }));
const TaskDefinitionPage = lazy(async () => ({ default: (await import('../clusters/TaskDefinitionPage')).TaskDefinitionPage }));
const JobQueuesPage = lazy(async () => ({ default: (await import('../jobs/JobQueuesPage')).JobQueuesPage }));
const JobQueuePage = lazy(async () => ({ default: (await import('../jobs/JobQueuePage')).JobQueuePage }));
const JobPage = lazy(async () => ({ default: (await import('../jobs/JobPage')).JobPage }));
const JobDefinitionsPage = lazy(async () => ({ default: (await import('../jobs/JobDefinitionsPage')).JobDefinitionsPage }));
const JobDefinitionPage = lazy(async () => ({ default: (await import('../jobs/JobDefinitionPage')).JobDefinitionPage }));
const QueuesPage = lazy(async () => ({ default: (await import('../queues/QueuesPage')).QueuesPage }));
const QueuePage = lazy(async () => ({ default: (await import('../queues/QueuePage')).QueuePage }));
const RulesPage = lazy(async () => ({ default: (await import('../rules/RulesPage')).RulesPage }));
const BusesPage = lazy(async () => ({ default: (await import('../rules/BusesPage')).BusesPage }));
const BusPage = lazy(async () => ({ default: (await import('../rules/BusPage')).BusPage }));
const TopicsPage = lazy(async () => ({ default: (await import('../topics/TopicsPage')).TopicsPage }));
const TopicPage = lazy(async () => ({ default: (await import('../topics/TopicPage')).TopicPage }));
const SchedulesPage = lazy(async () => ({ default: (await import('../schedules/SchedulesPage')).SchedulesPage }));
const SchedulePage = lazy(async () => ({ default: (await import('../schedules/SchedulePage')).SchedulePage }));
const RolesPage = lazy(async () => ({ default: (await import('../access/RolesPage')).RolesPage }));
const RolePage = lazy(async () => ({ default: (await import('../access/RolePage')).RolePage }));
const RulePage = lazy(async () => ({ default: (await import('../rules/RulePage')).RulePage }));
const LogGroupsPage = lazy(async () => ({ default: (await import('../logs/LogGroupsPage')).LogGroupsPage }));
const LogGroupPage = lazy(async () => ({ default: (await import('../logs/LogGroupPage')).LogGroupPage }));
const LogStreamPage = lazy(async () => ({ default: (await import('../logs/LogStreamPage')).LogStreamPage }));
const MetricsPage = lazy(async () => ({ default: (await import('../metrics/MetricsPage')).MetricsPage }));

function Nowhere(): ReactNode {
  return (
    <Page title="Not found">
      <Empty icon="search" title="There is no such page">
        <p>The address may have been cut off. The lists on the left lead everywhere.</p>
      </Empty>
    </Page>
  );
}

function Pages(): ReactNode {
  const [at] = useLocation();
  return (
    <Guard key={at}>
      <Suspense fallback={<main className="page" id="main" aria-busy="true" />}>
        <Switch>
          <Route path="/" component={MachinesPage} />
          <Route path="/machines/new" component={NewMachinePage} />
          <Route path="/machines/:arn/:tab?" component={MachinePage} />
          <Route path="/executions" component={ExecutionsPage} />
          <Route path="/executions/:arn/:tab?" component={ExecutionPage} />
          <Route path="/try/:tab?" component={TryPage} />
          <Route path="/activities" component={ActivitiesPage} />
          <Route path="/functions" component={FunctionsPage} />
          <Route path="/functions/:name" component={FunctionPage} />
          <Route path="/apis" component={ApisPage} />
          <Route path="/apis/:id" component={ApiPage} />
          <Route path="/clusters" component={ClustersPage} />
          <Route path="/clusters/:name" component={ClusterPage} />
          <Route path="/clusters/:cluster/:task" component={TaskPage} />
          <Route path="/taskdefinitions" component={TaskDefinitionsPage} />
          <Route path="/taskdefinitions/:name" component={TaskDefinitionPage} />
          <Route path="/jobqueues" component={JobQueuesPage} />
          <Route path="/jobqueues/:name" component={JobQueuePage} />
          <Route path="/jobs/:id" component={JobPage} />
          <Route path="/jobdefinitions" component={JobDefinitionsPage} />
          <Route path="/jobdefinitions/:name" component={JobDefinitionPage} />
          <Route path="/queues" component={QueuesPage} />
          <Route path="/queues/:name" component={QueuePage} />
          <Route path="/rules" component={RulesPage} />
          <Route path="/rules/:bus/:name" component={RulePage} />
          <Route path="/buses" component={BusesPage} />
          <Route path="/buses/:name" component={BusPage} />
          <Route path="/topics" component={TopicsPage} />
          <Route path="/topics/:arn" component={TopicPage} />
          <Route path="/schedules" component={SchedulesPage} />
          <Route path="/schedules/:group/:name" component={SchedulePage} />
          <Route path="/roles" component={RolesPage} />
          <Route path="/roles/:name" component={RolePage} />
          <Route path="/logs" component={LogGroupsPage} />
          <Route path="/logs/:group" component={LogGroupPage} />
          <Route path="/logs/:group/:stream" component={LogStreamPage} />
          <Route path="/metrics" component={MetricsPage} />
          <Route component={Nowhere} />
        </Switch>
      </Suspense>
    </Guard>
  );
}

export function App(): ReactNode {
  return (
    <Router base="/_stepwell/console">
      <Shell>
        <Pages />
      </Shell>
    </Router>
  );
}
