import { Annotations, Stack, Tags } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { SERVICE } from '../lambda/contract';
import type { FileProblem } from '../lambda/policy/lint';
import { stackNameOf } from '../lambda/report/commands/place';
import { acknowledgeNagRules } from './acknowledgements';
import { ConnectionAuditor, type ConnectionAuditorProps } from './connection-auditor';
import type { Environment } from './environment/environment';
import { withDefaults } from './environment/with-defaults';
import { importExisting } from './existing-resources';
import { tellNextSteps } from './next-steps';
import { refuseTokens } from './unresolved';

/** The options that are the same for all environments of an app. */
export type AuditorStackOptions = Pick<ConnectionAuditorProps, 'bundle' | 'launcher'>;

/** One environment as one stack. */
export class AuditorStack extends Stack {
  readonly auditor: ConnectionAuditor;

  constructor(scope: Construct, environment: Environment, { bundle, launcher = 'package' }: AuditorStackOptions = {}) {
    refuseTokens(environment);
    // Checks the whole environment first: the code below uses only parts of it.
    withDefaults(environment);
    const { name, account, region, tags = {}, terminationProtection = false } = environment;
    super(scope, stackNameOf(name), {
      description: `Audits the connections of the Auth0 tenant ${environment.domain}`,
      // CloudFormation adds these tags to each resource, so that the template does not have to repeat them.
      tags: { application: SERVICE, environment: name },
      terminationProtection,
      env: { ...(account && { account }), ...(region && { region }) },
    });

    this.auditor = new ConnectionAuditor(this, 'Auditor', {
      ...environment,
      ...importExisting(this, environment),
      bundle,
      launcher,
    });
    for (const [key, value] of Object.entries(tags)) {
      // Not as tags of the stack: CloudFormation would also add them to the kill switch, and write its value again.
      Tags.of(this.auditor).add(key, value, { excludeResourceTypes: [CfnParameter.CFN_RESOURCE_TYPE_NAME] });
    }

    tellNextSteps(this, this.auditor, {
      environmentName: name,
      launcher,
      isSecretCreated: environment.existingSecretArn === undefined,
      hasAlarmRecipients: (environment.alarmRecipients ?? []).length > 0,
    });
    acknowledgeNagRules(this.auditor);
  }

  /**
   * Adds the problems that the linter found as warnings, which the CDK prints at synthesis and before a deployment.
   * @internal
   */
  warnOf(problems: readonly FileProblem[]): void {
    for (const { code, file, path, message, found, allowed } of problems) {
      Annotations.of(this).addWarningV2(
        `connection-auditor:${code}:${path}`,
        `${file}: ${path}: ${message}; found ${found}; allowed: ${allowed}`,
      );
    }
  }
}
