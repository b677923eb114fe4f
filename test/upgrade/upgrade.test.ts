import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environments } from '../../environments';
import { parseChanges, parseState } from '../../lambda/history/parse';
import { findEnvironment } from '../../lib/environment/environment';
import { templateOf } from '../lib/synthesize';

/** Versions whose templates and files are kept, as each wrote them (docs/upgrading.md). */
const VERSIONS = ['0.1.0'];

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

function read(version: string, file: string): string {
  return readFileSync(path.join(__dirname, version, file), 'utf8');
}

describe.each(VERSIONS)('a stack of version %s', (version) => {
  test.each(environments.map(({ name }) => name))('keeps every resource of %s that holds something', (name) => {
    const template: { Resources: Record<string, { Type: string }> } = JSON.parse(
      read(version, `ConnectionAuditor-${name}.template.json`),
    );
    const before = Object.entries(template.Resources).filter(([, { Type }]) => KEPT_TYPES.includes(Type));
    const now: Record<string, { Type: string }> = templateOf(findEnvironment(environments, name)).toJSON().Resources;
    expect(before.length).toBeGreaterThanOrEqual(8);
    for (const [id, { Type }] of before) expect([id, now[id]?.Type]).toEqual([id, Type]);
  });
});

describe.each(VERSIONS)('a history of version %s', (version) => {
  test('state.json is read whole', () => {
    const text = read(version, 'state.json');
    expect(parseState(text)).toEqual({ ok: true, state: JSON.parse(text) });
  });

  test.each(['planned', 'ended'])('the %s record of a run can be undone', (phase) => {
    const parsed = parseChanges(read(version, `${phase}-record.json`));
    expect(parsed).toMatchObject({ tenant: 'example.eu.auth0.com', runId: '2026-11-02T04-30-00Z-22222222' });
    expect(parsed?.changes).toHaveLength(12);
    expect(parsed?.changes).toContainEqual({
      connectionId: 'con_S32fHk55JgdFLLK6',
      before: 'never_on_login',
      after: null,
    });
  });
});
