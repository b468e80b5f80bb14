import { call, rest } from './aws';
import { findRuns } from './console';
import { all, named, type Paged } from './paging';

/** What the console reads of EventBridge and of its scheduler. */
interface Tokened {
  NextToken?: string;
}

export interface Rule {
  Name: string;
  Arn: string;
  EventBusName?: string;
  State?: string;
  Description?: string;
  EventPattern?: string;
  ScheduleExpression?: string;
}

export interface Target {
  Id: string;
  Arn: string;
  RoleArn?: string;
  [other: string]: unknown;
}

export interface Bus {
  Name: string;
  Arn: string;
  Description?: string;
  CreationTime?: number;
  Policy?: string;
}

function list<Item, Output extends Tokened>(operation: string, input: object, itemsOf: (output: Output) => Item[]): Promise<Item[]> {
  return all<Item, Output & Paged>(
    async (NextToken) => named(await call<Output>('events', operation, { ...input, NextToken }), 'NextToken'),
    itemsOf,
  );
}

export const listBuses = (): Promise<Bus[]> =>
  list<Bus, Tokened & { EventBuses: Bus[] }>('ListEventBuses', {}, (output) => output.EventBuses);

export const describeBus = (Name: string): Promise<Bus> => call('events', 'DescribeEventBus', { Name });

export async function listRulesOf(EventBusName: string): Promise<Rule[]> {
  const rules = await list<Rule, Tokened & { Rules: Rule[] }>('ListRules', { EventBusName }, (output) => output.Rules);
  return rules.map((rule) => ({ ...rule, EventBusName: rule.EventBusName ?? EventBusName }));
}

export async function listRules(): Promise<Rule[]> {
  const buses = await listBuses();
  return (await Promise.all(buses.map((bus) => listRulesOf(bus.Name)))).flat();
}

export const describeRule = (EventBusName: string, Name: string): Promise<Rule> => call('events', 'DescribeRule', { Name, EventBusName });

export const listTargets = (EventBusName: string, Rule: string): Promise<Target[]> =>
  list<Target, Tokened & { Targets: Target[] }>('ListTargetsByRule', { Rule, EventBusName }, (output) => output.Targets);

export interface ScheduleSummary {
  Name: string;
  Arn: string;
  GroupName: string;
  State: string;
  CreationDate: number;
  Target: { Arn: string };
}

export interface Schedule extends Omit<ScheduleSummary, 'Target'> {
  ScheduleExpression: string;
  ScheduleExpressionTimezone?: string;
  StartDate?: number;
  EndDate?: number;
  Description?: string;
  ActionAfterCompletion?: string;
  FlexibleTimeWindow?: { Mode: string; MaximumWindowInMinutes?: number };
  LastModificationDate: number;
  Target: Target;
}

export function listSchedules(): Promise<ScheduleSummary[]> {
  type Output = Tokened & { Schedules: ScheduleSummary[] };
  return all(
    async (token) => named(await rest<Output>('scheduler', 'GET', '/schedules', { query: token ? { NextToken: token } : {} }), 'NextToken'),
    (output) => output.Schedules,
  );
}

export const describeSchedule = (groupName: string, name: string): Promise<Schedule> =>
  rest('scheduler', 'GET', `/schedules/${encodeURIComponent(name)}`, { query: { groupName } });

/** When it runs next, in seconds since the epoch. */
export function nextRuns(schedule: Schedule): Promise<number[]> {
  if (schedule.State === 'DISABLED') return Promise.resolve([]);
  return findRuns(
    schedule.ScheduleExpression,
    schedule.ScheduleExpressionTimezone,
    schedule.StartDate ?? schedule.CreationDate,
    schedule.EndDate,
  );
}
