import type { CheckSubject } from '../../../../cli/actions/check/check-line';
import { ALARM_NAMES, type AlarmName, alarmNameOf, STACK_OUTPUTS } from '../../../../lambda/contract';
import type { DeployedAlarm } from '../../../../sandbox/aws/alarm';
import type { AwsOptions } from '../../../../sandbox/aws/server';
import { ALERTS_ARN, FINDINGS_ARN } from '../../../aws/aws-clients';
import {
  type Deployed,
  type DeployedOptions,
  OUTPUTS,
  openDeployed,
  REGION,
  STACK,
} from '../../deployed/open-deployed';

export const ALARMS_ARN = ALERTS_ARN.replace(/Alerts$/, 'Alarms');
/** The outputs of a stack of this version. Alarms use the topic of the alerts. */
export const ONE_TOPIC = { [STACK]: { outputs: { ...OUTPUTS, [STACK_OUTPUTS.alarms]: ALERTS_ARN } } };
/** A stack whose alarms have their own topic. */
export const TWO_TOPICS = { [STACK]: { outputs: { ...OUTPUTS, [STACK_OUTPUTS.alarms]: ALARMS_ARN } } };

export type Subscribed = NonNullable<AwsOptions['topics']>[string];

interface Look extends Deployed {
  /** The lines about a subject, without those about others. */
  about(subject: CheckSubject): Promise<string[]>;
  /** The exit code of the last look. */
  readonly code: () => number;
}

/** The alarms of an environment in report mode, except those that are given. */
export function alarmsWith(
  given: { readonly [name in AlarmName]?: DeployedAlarm | undefined },
  environment = 'sample',
) {
  const all: Record<string, DeployedAlarm> = {};
  for (const name of ALARM_NAMES) {
    const alarm = name in given || name === 'writes-stopped' ? given[name] : {};
    if (alarm !== undefined) all[alarmNameOf(environment, name)] = alarm;
  }
  return all;
}

/** A deployed environment with these subscriptions and without an alarm in ALARM, and the JSON that `check` prints. */
export async function openLook(
  set: (variables: Readonly<Record<string, string>>) => void,
  {
    alerts = [],
    alarms = [],
    aws = {},
    environment = {},
  }: {
    readonly alerts?: Subscribed;
    readonly alarms?: Subscribed;
    readonly aws?: AwsOptions;
    readonly environment?: DeployedOptions['environment'];
  },
): Promise<Look> {
  const deployed = await openDeployed(set, {
    environment: { region: REGION, ...environment },
    aws: {
      topics: { [ALERTS_ARN]: alerts, [ALARMS_ARN]: alarms, [FINDINGS_ARN]: [] },
      stacks: ONE_TOPIC,
      alarms: alarmsWith({}),
      ...aws,
    },
  });
  let last = 0;
  return {
    cli: deployed.cli,
    aws: deployed.aws,
    run: deployed.run,
    code: () => last,
    async about(wanted) {
      const { stdout, code } = await deployed.run('check --format json');
      last = code;
      const { checks }: { checks: { subject: string; status: string; text: string; command: string | null }[] } =
        JSON.parse(stdout);
      return checks.flatMap(({ subject, status, text, command }) =>
        subject === wanted ? [`${status} ${text}${command === null ? '' : ` ${command}`}`] : [],
      );
    },
  };
}

export const email = (endpoint: string, confirmed = true) => ({ protocol: 'email', endpoint, confirmed });
