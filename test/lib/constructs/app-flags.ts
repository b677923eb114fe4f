import { Template } from 'aws-cdk-lib/assertions';
import { context } from '../../../cdk.json';
import { APP_FLAGS } from '../../../cli/setup/app-files';
import { fullEnvironment } from '../environment/full-environment';
import { createApp, stackOf, withoutRules } from '../synthesize';

/** The templates of a small and of a complete environment. */
const templatesWith = (flags: Readonly<Record<string, unknown>>) =>
  [{ region: 'eu-central-1' }, fullEnvironment].map((changes) =>
    Template.fromStack(stackOf(changes, createApp({ ...withoutRules, context: flags }))).toJSON(),
  );

describe('the flags of an app that init writes', () => {
  const templates = templatesWith(context);

  test('the flags of an app that init writes give the same templates as the flags of cdk.json', () => {
    expect(templatesWith(APP_FLAGS)).toEqual(templates);
  });

  test.each(Object.keys(APP_FLAGS))('the flag %s changes the templates', (flag) => {
    const others = Object.fromEntries(Object.entries(APP_FLAGS).filter(([name]) => name !== flag));
    // Not `toEqual`: it would print whole templates.
    expect(JSON.stringify(templatesWith(others)) === JSON.stringify(templates)).toBe(false);
  });
});
