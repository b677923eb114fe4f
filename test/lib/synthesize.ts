import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { AuditorStack } from '../../lib/auditor-stack';
import { ConnectionAuditor, type ConnectionAuditorProps } from '../../lib/connection-auditor';
import type { Environment } from '../../lib/environment/environment';
import { sampleEnvironment } from './environment/sample-environment';

/** The app as `cdk.json` configures it, without bundling: a template does not need the code. */
export function createApp(): App {
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
}

export function templateOf(changes: Partial<Environment> = {}): Template {
  return Template.fromStack(new AuditorStack(createApp(), { ...sampleEnvironment, ...changes }));
}

/** The construct as another team would use it, in a stack of their own. */
export function templateOfConstruct(more: (stack: Stack) => Partial<ConnectionAuditorProps>): Template {
  const stack = new Stack(createApp(), 'Theirs');
  new ConnectionAuditor(stack, 'Auditor', { ...sampleEnvironment, ...more(stack) });
  return Template.fromStack(stack);
}
