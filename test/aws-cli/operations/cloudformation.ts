import { CloudFormationClient, paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation';
import { type Service, TEXT } from '../operation';

export const CLOUDFORMATION = {
  'describe-stacks': {
    options: { 'stack-name': TEXT },
    async run(given, connection) {
      const client = new CloudFormationClient(connection);
      const stacks: Stack[] = [];
      for await (const page of paginateDescribeStacks({ client }, { StackName: given.text('stack-name') })) {
        stacks.push(...(page.Stacks ?? []));
      }
      return { Stacks: stacks };
    },
  },
} satisfies Service;
