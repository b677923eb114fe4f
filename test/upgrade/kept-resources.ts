import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { shipped, shippedEnvironment } from '../lib/environment/shipped-environments';
import { templateOf } from '../lib/synthesize';
import { VERSIONS } from './versions';

/**
 * The types of resources that an upgrade must keep. Such a resource contains data, or a person has filled in, confirmed or
 * set it, or commands and dashboards outside the stack name it.
 */
const KEPT_TYPES = [
  'AWS::KMS::Key',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
];

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}
interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** Every kept resource that an update of the stack would remove, replace or maybe replace, as shown by `cdk diff`. */
function lossesBetween(before: StackTemplate, now: StackTemplate): string[] {
  const losses: string[] = [];
  fullDiff(before, now).resources.forEachDifference((id, { changeImpact, oldResourceType = '' }) => {
    const isKept = [ResourceImpact.WILL_CREATE, ResourceImpact.WILL_UPDATE, ResourceImpact.NO_CHANGE].includes(
      changeImpact,
    );
    if (KEPT_TYPES.includes(oldResourceType) && !isKept) losses.push(`${id} ${changeImpact}`);
  });
  return losses;
}

/** `RetainExceptOnCreate` is `Retain` for every existing stack. It only differs if the first deployment fails. */
function asOfNow(policy: string | undefined): string | undefined {
  return policy === 'Retain' ? 'RetainExceptOnCreate' : policy;
}

function templateOfVersion(version: string, name: string): StackTemplate {
  return JSON.parse(readFileSync(path.join(__dirname, version, `ConnectionAuditor-${name}.template.json`), 'utf8'));
}

const kept = ({ Resources }: StackTemplate) =>
  Object.entries(Resources).filter(([, { Type }]) => KEPT_TYPES.includes(Type));

describe.each(VERSIONS)('an upgrade of a stack of version %s', (version) => {
  test.each(shipped.map(({ name }) => name))(
    'an upgrade of the environment %s keeps every resource that must stay',
    (name) => {
      const before = templateOfVersion(version, name);
      const now = templateOf(shippedEnvironment(name)).toJSON();
      expect(kept(before).length).toBeGreaterThanOrEqual(9);
      expect(lossesBetween(before, { Resources: now.Resources })).toEqual([]);
      for (const [id, { DeletionPolicy }] of kept(before)) {
        expect([id, now.Resources[id]?.DeletionPolicy]).toEqual([id, asOfNow(DeletionPolicy)]);
      }
    },
  );

  const before = templateOfVersion(version, 'prod');
  test.each(kept(before).map(([id, { Type }]) => [Type, id] as const))(
    'an upgrade would lose the %s %s without its logical id',
    (_, id) => {
      const { [id]: moved, ...Resources } = before.Resources;
      const losses = lossesBetween(before, { Resources: { ...Resources, Moved: moved ?? { Type: '' } } });
      expect(losses).toEqual([expect.stringMatching(`^${id} WILL_(DESTROY|ORPHAN)$`)]);
    },
  );

  test.each([
    ['AWS::SNS::Topic', { TopicName: 'renamed' }],
    ['AWS::S3::Bucket', { BucketName: 'renamed' }],
    ['AWS::SSM::Parameter', { Name: '/renamed' }],
    ['AWS::SecretsManager::Secret', { Name: 'renamed' }],
    ['AWS::Logs::LogGroup', { LogGroupName: 'renamed' }],
    ['AWS::Lambda::Function', { FunctionName: 'renamed' }],
    ['AWS::SQS::Queue', { QueueName: 'renamed' }],
  ])('an upgrade would replace a %s with the change %j', (type, change) => {
    const [id = '', resource] = kept(before).find(([, { Type }]) => Type === type) ?? [];
    const renamed = { Type: type, Properties: { ...resource?.Properties, ...change } };
    const losses = lossesBetween(before, { Resources: { ...before.Resources, [id]: renamed } });
    expect(losses).toEqual([`${id} WILL_REPLACE`]);
  });
});
