import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describeProblems } from '../lambda/report/words/problems';
import { AuditorStack } from '../lib/auditor-stack';
import { readEnvironmentFiles } from '../lib/environment/environment-file';
import { lintFiles } from '../lib/environment/lint';
import { checkEnvironment } from '../lib/environment/with-defaults';

const files = readEnvironmentFiles(path.join(__dirname, '../environments'));
const problems = lintFiles(files, Date.now());
if (problems.some(({ severity }) => severity === 'error')) {
  console.error(`The environments contain errors, so nothing is deployed.\n\n${describeProblems(problems)}`);
  process.exit(1);
}

const app = new App();
for (const { file, environment } of files) {
  const stack = new AuditorStack(app, checkEnvironment(environment), { launcher: 'repository' });
  // Only warnings are left. A warning does not stop the deployment, so an urgent change can always be deployed.
  stack.warnOf(problems.filter((problem) => problem.file === file));
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
