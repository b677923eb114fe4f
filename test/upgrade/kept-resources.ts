import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environments } from '../../environments';
import { findEnvironment } from '../../lib/environment/environment';
import { templateOf } from '../lib/synthesize';
import { VERSIONS } from './versions';

/**
 * What an upgrade must keep: these resources hold data, or a person has filled them in, confirmed or set them.
 * CloudFormation replaces a resource whose logical id changes.
 */
const KEPT_TYPES = [
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
];

describe.each(VERSIONS)('a stack of version %s', (version) => {
  test.each(environments.map(({ name }) => name))('keeps every resource of %s that holds something', (name) => {
    const template: { Resources: Record<string, { Type: string }> } = JSON.parse(
      readFileSync(path.join(__dirname, version, `ConnectionAuditor-${name}.template.json`), 'utf8'),
    );
    const before = Object.entries(template.Resources).filter(([, { Type }]) => KEPT_TYPES.includes(Type));
    const now: Record<string, { Type: string }> = templateOf(findEnvironment(environments, name)).toJSON().Resources;
    expect(before.length).toBeGreaterThanOrEqual(8);
    for (const [id, { Type }] of before) expect([id, now[id]?.Type]).toEqual([id, Type]);
  });
});
