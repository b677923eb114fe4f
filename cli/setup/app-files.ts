import { inOneLine } from '../../lambda/report/commands/command';
import { auditCommand, checkCommand } from '../../lambda/report/commands/npm';
import { commandPlaceOf } from '../../lambda/report/commands/place';
import { bootstrapCommand, deployCommand, installCommand } from '../../lambda/report/commands/project';
import { ENVIRONMENT_FILE } from '../../lib/environment/import-environments';
import { name as packageName } from '../../package.json';

interface AppFile {
  readonly file: string;
  readonly text: string;
  /** An existing file of this name is kept. Without this flag, an existing file stops `init`. */
  readonly isKept?: boolean;
}

/** The files of an app, except its environments and its package.json. `environment` is the name in its README. */
export function describeAppFiles(environment: string): readonly AppFile[] {
  return [
    { file: 'cdk.json', text: toText({ app: 'node app.js', versionReporting: false, context: APP_FLAGS }) },
    { file: 'app.js', text: APP },
    { file: '.gitignore', text: 'node_modules/\ncdk.out/\n.env\n*.pem\n', isKept: true },
    { file: 'README.md', text: writeReadme(environment), isKept: true },
  ];
}

/** The flags in `cdk.json` that change the template. A test compares them. */
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

// Each file that the command line reads exports one environment. The environment becomes a stack.
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
    'Run an audit in report mode. Nothing is written.': auditCommand(place),
    'Prepare the AWS account, once per region.': bootstrapCommand(),
    'Deploy. The stack outputs list the next commands, such as the command that fills the secret.':
      deployCommand(place),
  };
  const list = Object.entries(steps).flatMap(([words, command], index) =>
    command === undefined ? [] : [`${index + 1}. ${words}\n\n   \`\`\`sh\n   ${inOneLine(command)}\n   \`\`\`\n`],
  );
  return [
    '# Connection auditor\n',
    'Audits the connections of an Auth0 tenant each night. Each file in `environments/` describes one tenant and becomes one stack.\n',
    'The Auth0 application (machine to machine) needs `read:connections` and `read:connections_options` of the Management\nAPI, and `read:logs` to name who changed a connection.\n',
    ...list,
  ].join('\n');
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
