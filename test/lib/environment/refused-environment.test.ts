import { inspect } from 'node:util';
import { defineEnvironment } from '../../../lib/define-environment';
import { sampleEnvironment } from './sample-environment';

test('the error of a refused environment prints the wrong fields, but not the environment', () => {
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
