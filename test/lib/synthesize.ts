import { join } from 'node:path';
import { App, type AppProps, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { AuditorStack } from '../../lib/auditor-stack';
import { ConnectionAuditor, type ConnectionAuditorProps } from '../../lib/connection-auditor';
import type { Environment } from '../../lib/environment/environment';
import { sampleEnvironment } from './environment/sample-environment';

/** Replaces the bundle: a template depends only on the hash of the code. */
export const STUB_BUNDLE = join(__dirname, 'stub-bundle');

/** An app with the configuration of `cdk.json`. */
export function createApp(props: AppProps = {}): App {
  return new App({ context, analyticsReporting: false, ...props });
}

/** The stack of the sample environment with changed settings. */
export function stackOf(changes: Partial<Environment> = {}, app = createApp()): AuditorStack {
  return new AuditorStack(app, { ...sampleEnvironment, ...changes }, { bundle: STUB_BUNDLE, launcher: 'repository' });
}

const templates = new Map<string, Template>();

/** The CloudFormation rules take most of the time of a synthesis. Only one test enables them. */
export const withoutRules: AppProps = { builtinCloudFormationValidation: false };

/** The template of that stack, synthesized one time for all tests. */
export function templateOf(changes: Partial<Environment> = {}): Template {
  const key = JSON.stringify(changes);
  const template = templates.get(key) ?? Template.fromStack(stackOf(changes, createApp(withoutRules)));
  templates.set(key, template);
  return template;
}

/** The template of a separate stack that contains the construct, as another team would use it. */
export function templateOfConstruct(
  more: (stack: Stack) => Partial<ConnectionAuditorProps>,
  stackName = 'Theirs',
): Template {
  const stack = new Stack(createApp(withoutRules), stackName);
  new ConnectionAuditor(stack, 'Auditor', { ...sampleEnvironment, bundle: STUB_BUNDLE, ...more(stack) });
  return Template.fromStack(stack);
}
