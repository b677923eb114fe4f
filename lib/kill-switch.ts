import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { KILL_SWITCH_VALUES, killSwitchParameter } from '../lambda/contract';

export interface KillSwitchProps {
  /** The environment whose writes the kill switch stops. */
  readonly environmentName: string;
}

/** A parameter with which an operator stops all writes of an environment, without a deployment. */
export class KillSwitch extends Construct {
  readonly parameter: StringParameter;

  constructor(scope: Construct, id: string, props: KillSwitchProps) {
    super(scope, id);

    // A test freezes these properties. If any property changes, including the tags, CloudFormation writes the whole
    // parameter again and overwrites the `stop` of an operator with `allow`. The parameter is deleted with the stack: a kept
    // parameter of this name would make the next deployment fail. A missing parameter means no writes. No pattern is
    // enforced: any other value that an operator types in a hurry stops the writes.
    this.parameter = new StringParameter(this, 'Parameter', {
      parameterName: killSwitchParameter(props.environmentName),
      description: 'Only the value allow lets the Auth0 connection auditor change anything; any other stops it',
      stringValue: KILL_SWITCH_VALUES[0],
    });
  }

  /** Allows a role to read the parameter. Not `grantRead`: it also allows the history and a list of all parameters. */
  grantRead({ grantPrincipal: role }: IGrantable): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [this.parameter.parameterArn] }),
    );
  }
}
