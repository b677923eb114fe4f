import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { environments } from '../environments';
import { AuditorStack } from '../lib/auditor-stack';
import { describeProblem, lintEnvironments } from '../lib/environment-lint';

const problems = lintEnvironments(environments);
if (problems.length > 0) {
  console.error(['Nothing is deployed, because of:', ...problems.map(describeProblem)].join('\n  '));
  process.exit(1);
}

const app = new App();
for (const environment of environments) {
  new AuditorStack(app, environment);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
