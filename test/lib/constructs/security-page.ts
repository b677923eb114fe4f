import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { fullEnvironment } from '../environment/full-environment';
import { templateOf } from '../synthesize';

const TEXT = readFileSync(path.join(__dirname, '../../../SECURITY.md'), 'utf8');
const [, TABLE = ''] = /<!-- role-actions -->\n([\s\S]*)\n<!-- \/role-actions -->/.exec(TEXT) ?? [];

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly Roles: readonly { readonly Ref: string }[];
    readonly PolicyDocument: { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };
  };
}

/** The actions that the role of the function is allowed or denied. */
function actionsIn(template: Template): readonly string[] {
  const resources: Readonly<Record<string, Resource>> = template.toJSON().Resources;
  return Object.values(resources)
    .filter(
      ({ Type, Properties }) =>
        Type === 'AWS::IAM::Policy' && Properties.Roles.some(({ Ref }) => Ref.startsWith('AuditorAuditRole')),
    )
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action));
}

test('SECURITY.md lists exactly the actions of the role of the function', () => {
  const listed = TABLE.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w]+:[\w*]+)`/g)]);
  const granted = new Set([templateOf(), templateOf(fullEnvironment)].flatMap(actionsIn));
  expect(granted.size).toBeGreaterThan(10);
  expect(listed.map(([, action]) => action).toSorted()).toEqual([...granted].toSorted());
});
