import { query } from './aws';
import { allElements } from './paging';
import type { Element } from './xml';

/** What the console reads of IAM. */
export interface Role {
  name: string;
  arn: string;
  created: number;
  description: string;
  trust: string;
}

export interface RolePolicy {
  name: string;
  arn?: string;
  document: string;
}

function roleOf(element: Element): Role {
  return {
    name: element.textAt('RoleName'),
    arn: element.textAt('Arn'),
    created: Date.parse(element.textAt('CreateDate')) / 1000,
    description: element.textAt('Description'),
    trust: decodeURIComponent(element.textAt('AssumeRolePolicyDocument')),
  };
}

function listOf(action: string, member: string, parameters: Record<string, string> = {}): Promise<Element[]> {
  return allElements(async (token) => {
    const output = await query('iam', action, { ...parameters, ...(token ? { Marker: token } : {}) });
    return { items: output.list(member), next: output.textAt('IsTruncated') === 'true' ? output.textAt('Marker') : '' };
  });
}

export const listRoles = async (): Promise<Role[]> => (await listOf('ListRoles', 'Roles')).map(roleOf);

export async function describeRole(RoleName: string): Promise<Role> {
  const output = await query('iam', 'GetRole', { RoleName });
  const role = output.at('Role');
  if (!role) throw new Error('The answer holds no role.');
  return roleOf(role);
}

async function inlinePolicy(RoleName: string, PolicyName: string): Promise<RolePolicy> {
  const output = await query('iam', 'GetRolePolicy', { RoleName, PolicyName });
  return { name: PolicyName, document: decodeURIComponent(output.textAt('PolicyDocument')) };
}

async function attachedPolicy(name: string, arn: string): Promise<RolePolicy> {
  const policy = await query('iam', 'GetPolicy', { PolicyArn: arn });
  const VersionId = policy.textAt('Policy', 'DefaultVersionId');
  const version = await query('iam', 'GetPolicyVersion', { PolicyArn: arn, VersionId });
  return { name, arn, document: decodeURIComponent(version.textAt('PolicyVersion', 'Document')) };
}

/** Those that stand in the role, and those that are attached to it. */
export async function policiesOf(RoleName: string): Promise<RolePolicy[]> {
  const [names, attached] = await Promise.all([
    listOf('ListRolePolicies', 'PolicyNames', { RoleName }),
    listOf('ListAttachedRolePolicies', 'AttachedPolicies', { RoleName }),
  ]);
  return Promise.all([
    ...names.map((name) => inlinePolicy(RoleName, name.text)),
    ...attached.map((policy) => attachedPolicy(policy.textAt('PolicyName'), policy.textAt('PolicyArn'))),
  ]);
}
