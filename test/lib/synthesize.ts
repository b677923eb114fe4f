import { join } from 'node:path';
import { App, type AppProps, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { AuditorStack } from '../../lib/auditor-stack';
import { ConnectionAuditor, type ConnectionAuditorProps } from '../../lib/connection-auditor';
import type { Environment } from '../../lib/environment/environment';
import { sampleEnvironment } from './environment/sample-environment';

/** Stands for the bundle: a template depends on the code by its hash alone. */
export const STUB_BUNDLE = join(__dirname, 'stub-bundle');

/** The app as `cdk.json` configures it. */
export function createApp(props: AppProps = {}): App {
  return new App({ context, analyticsReporting: false, ...props });
}

/** The sample environment with other settings, as a stack of an app. */
export function stackOf(changes: Partial<Environment> = {}, app = createApp()): AuditorStack {
  return new AuditorStack(app, { ...sampleEnvironment, ...changes }, { bundle: STUB_BUNDLE, launcher: 'repository' });
}

const templates = new Map<string, Template>();

/** The rules of CloudFormation cost most of a synthesis; one test asks for them. */
export const withoutRules: AppProps = { builtinCloudFormationValidation: false };

/** The template of that stack, synthesized once however many ask. */
export function templateOf(changes: Partial<Environment> = {}): Template {
  const key = JSON.stringify(changes);
  const template = templates.get(key) ?? Template.fromStack(stackOf(changes, createApp(withoutRules)));
  templates.set(key, template);
  return template;
}

/** The construct as another team would use it, in a stack of their own. */
export function templateOfConstruct(
  more: (stack: Stack) => Partial<ConnectionAuditorProps>,
  stackName = 'Theirs',
): Template {
  const stack = new Stack(createApp(withoutRules), stackName);
  new ConnectionAuditor(stack, 'Auditor', { ...sampleEnvironment, bundle: STUB_BUNDLE, ...more(stack) });
  return Template.fromStack(stack);
}
