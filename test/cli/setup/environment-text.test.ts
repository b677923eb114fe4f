import { writeJavaScript, writeTypeScript } from '../../../cli/setup/environment-text';
import { starterEnvironment } from '../../../lib/environment/starter';

describe('the file of an environment', () => {
  it.each([
    { name: 'acme-eu-2', constant: 'acmeEu2' },
    { name: 'default', constant: 'environment' },
    { name: 'undefined', constant: 'environment' },
    { name: 'constructor', constant: 'environment' },
    { name: 'to-string', constant: 'environment' },
    { name: 'parse-int', constant: 'environment' },
    { name: 'require', constant: 'environment' },
    { name: 'define-environment', constant: 'environment' },
  ])('the file of the environment $name exports the constant $constant', ({ name, constant }) => {
    const environment = starterEnvironment(name);
    expect(writeTypeScript(environment)).toContain(`\nexport const ${constant}: Environment = {\n`);
    expect(writeJavaScript(environment)).toContain(`\nexport const ${constant} = defineEnvironment({\n`);
  });
});
