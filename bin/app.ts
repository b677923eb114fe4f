import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environments } from '../environments';
import { describeProblems } from '../lambda/report/words/problems';
import { AuditorStack } from '../lib/auditor-stack';
import { lintEnvironments } from '../lib/environment/lint';

const problems = lintEnvironments(environments, Date.now());
if (problems.some(({ severity }) => severity === 'error')) {
  console.error(`Nothing is deployed, because of the errors below.\n\n${describeProblems(problems)}`);
  process.exit(1);
}

const app = new App();
for (const environment of environments) {
  const stack = new AuditorStack(app, environment);
  // What is left are warnings. They stop nothing: an urgent change goes through on any day.
  stack.warnOf(problems.filter(({ file }) => file === `environments/${environment.name}.ts`));
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
