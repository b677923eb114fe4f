import { inOneLine } from '../../lambda/report/commands/command';
import { auditCommand, checkCommand } from '../../lambda/report/commands/npm';
import { commandPlaceOf } from '../../lambda/report/commands/place';
import { bootstrapCommand, deployCommand, installCommand } from '../../lambda/report/commands/project';
import { ENVIRONMENT_FILE } from '../../lib/environment/import-environments';
import { name as packageName } from '../../package.json';

interface AppFile {
  readonly file: string;
  readonly text: string;
  /** What a person has of it already does as well; any other that is there is in the way. */
  readonly isKept?: boolean;
}

/** The files of an app beside its environments and its package.json; `environment`: the one that its README names. */
export function describeAppFiles(environment: string): readonly AppFile[] {
  return [
    { file: 'cdk.json', text: toText({ app: 'node app.js', versionReporting: false, context: APP_FLAGS }) },
    { file: 'app.js', text: APP },
    { file: '.gitignore', text: 'node_modules/\ncdk.out/\n.env\n*.pem\n', isKept: true },
    { file: 'README.md', text: writeReadme(environment), isKept: true },
  ];
}

/** Of the flags in `cdk.json`, those that change the template: a test compares. */
export const APP_FLAGS = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/core:enablePartitionLiterals': true,
};

const APP = `// @ts-check
import { readdirSync } from 'node:fs';
import { AuditorStack } from '${packageName}';
import { App } from 'aws-cdk-lib';

const app = new App();
const folder = new URL('environments/', import.meta.url);

// Each file that the command line reads exports one environment, which becomes a stack.
for (const name of readdirSync(folder).filter((name) => ${ENVIRONMENT_FILE}.test(name))) {
  const loaded = await import(new URL(name, folder).href);
  const exported = [...Object.values(loaded), ...Object.values(loaded.default ?? {})];
  const environment = exported.find((value) => value?.schedule !== undefined);
  if (environment === undefined) throw new Error(\`environments/\${name} exports no environment.\`);
  new AuditorStack(app, environment);
}
`;

function writeReadme(environment: string): string {
  const place = commandPlaceOf({ environment }, 'package');
  const steps = {
    'Install the packages.': installCommand(),
    'Check domain, credentials and scopes. Set `AUTH0_CLIENT_ID` and `AUTH0_CLIENT_SECRET` first.': checkCommand(place),
    'See what an audit finds. Nothing is written.': auditCommand(place),
    'Prepare the AWS account, once per region.': bootstrapCommand(),
    'Deploy. The outputs are the commands that follow, such as to fill the secret.': deployCommand(place),
  };
  const list = Object.entries(steps).flatMap(([words, command], index) =>
    command === undefined ? [] : [`${index + 1}. ${words}\n\n   \`\`\`sh\n   ${inOneLine(command)}\n   \`\`\`\n`],
  );
  return [
    '# Connection auditor\n',
    'Audits the connections of an Auth0 tenant each night. Each file in `environments/` is one tenant and one stack.\n',
    'The Auth0 application (machine to machine) needs `read:connections` and `read:connections_options` of the Management\nAPI, and `read:logs` to name who changed a connection.\n',
    ...list,
  ].join('\n');
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
