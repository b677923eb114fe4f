import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { KILL_SWITCH_VALUES, killSwitchParameter } from '../lambda/contract';

export interface KillSwitchProps {
  /** The environment whose writes it stops. */
  readonly environmentName: string;
}

/** A parameter with which a person stops all writes of an environment, without a deploy. */
export class KillSwitch extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, props: KillSwitchProps) {
    super(scope, id);

    // Frozen by a test: with any property changed, its tags included, CloudFormation would put the whole parameter
    // again, and `allow` over the `stop` of a person. It goes with the stack, since a parameter of this name that
    // stayed would stop the next deployment; a missing one means no writes. No pattern is enforced: whatever a person
    // types in a hurry stops the writes.
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: killSwitchParameter(props.environmentName),
      description: 'Only the value allow lets the Auth0 connection auditor change anything; any other stops it',
      stringValue: KILL_SWITCH_VALUES[0],
    });
  }

  /** Lets a role read it; not `grantRead`, which also allows its history and a list of all parameters. */
  grantRead({ grantPrincipal: role }: IGrantable): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [this.parameter.parameterArn] }),
    );
  }
}
