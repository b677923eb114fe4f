import { CfnMicrosoftTeamsChannelConfiguration, CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SERVICE } from '../lambda/contract';
import type { Chat } from './environment/environment';

export interface ChatChannelProps {
  /** Part of the name of the configuration. */
  readonly environmentName: string;

  /** The channel, in a workspace or team that is authorised in this account. */
  readonly channel: Chat;

  /** The topics whose messages the channel shows. */
  readonly topics: readonly ITopic[];
}

/**
 * Shows alerts and alarms in a channel of Slack or Teams, through Amazon Q Developer in chat applications. The channel only
 * receives: no member of the channel can reach the account from it. Nothing is granted on the topics or their keys, because
 * the service-linked role of the service creates the subscription, and SNS decrypts the messages that it delivers:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/using-service-linked-roles.html
 */
export class ChatChannel extends Construct {
  readonly guardrail: ManagedPolicy;
  readonly role: Role;
  readonly configuration: CfnSlackChannelConfiguration | CfnMicrosoftTeamsChannelConfiguration;

  constructor(scope: Construct, id: string, { environmentName, channel, topics }: ChatChannelProps) {
    super(scope, id);

    // The default guardrail is AdministratorAccess, also for a role that a member of the channel chooses:
    // https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
    this.guardrail = new ManagedPolicy(this, 'Guardrail', {
      description: 'Keeps a chat channel that receives alerts from doing anything in this account',
      statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
    // A configuration must have a role. The role is denied everything too, because the policy of a resource might allow it
    // an action.
    this.role = new Role(this, 'Role', {
      description: 'Lets a chat channel that receives alerts do nothing',
      assumedBy: new ServicePrincipal('chatbot.amazonaws.com'),
      managedPolicies: [this.guardrail],
    });

    const receiving = {
      configurationName: `${SERVICE}-${environmentName}`,
      iamRoleArn: this.role.roleArn,
      guardrailPolicies: [this.guardrail.managedPolicyArn],
      userRoleRequired: false,
      snsTopicArns: [...new Set(topics.map(({ topicArn }) => topicArn))],
      // The service drops messages that it cannot show, and reports this only in its log.
      loggingLevel: 'ERROR',
    };
    this.configuration =
      'slack' in channel
        ? new CfnSlackChannelConfiguration(this, 'Slack', {
            ...receiving,
            slackWorkspaceId: channel.slack.workspaceId,
            slackChannelId: channel.slack.channelId,
          })
        : new CfnMicrosoftTeamsChannelConfiguration(this, 'Teams', {
            ...receiving,
            teamId: channel.teams.teamId,
            teamsTenantId: channel.teams.tenantId,
            teamsChannelId: channel.teams.channelId,
            teamsChannelName: channel.teams.channelName,
          });
  }
}
