import { inspect } from 'node:util';
import { defineEnvironment } from '../../../lib/define-environment';
import { sampleEnvironment } from './sample-environment';

test('an environment that is refused is not printed below the message that names its wrong fields', () => {
  const wrong = { ...sampleEnvironment, domain: 'acme', recipients: ['planted@acme.io'] };
  let refused: unknown;
  try {
    defineEnvironment(wrong);
  } catch (error) {
    refused = error;
  }
  const printed = inspect(refused);
  expect(printed).toMatch(/RefusedEnvironment: The environment "sample" is not valid:\n- domain: /);
  expect(printed).not.toContain('planted');
});
