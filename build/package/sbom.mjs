// @ts-check
import { join } from 'node:path';
import { cyclonedxEsbuildPlugin } from '@cyclonedx/cyclonedx-esbuild';
import { HANDLER } from '../bundle.mjs';
import { COMMAND_LINE, LIBRARY } from './bundles.mjs';

/**
 * The bundles, by the names of their SBOMs: `function.cdx.json` and so on.
 *
 * @satisfies {Readonly<Record<string, import('esbuild').BuildOptions>>}
 */
export const BUNDLES = { function: HANDLER, 'command-line': COMMAND_LINE, library: LIBRARY };

/**
 * The options of a bundle whose build also writes its SBOM into a folder. The SBOM lists the third-party packages in
 * CycloneDX 1.6 and is checked against the schema. It has no time and no serial number, so that the same packages give the
 * same file:
 * https://github.com/CycloneDX/cyclonedx-esbuild#plugin-usage-esbuild-and-bun
 *
 * @param {keyof typeof BUNDLES} name
 * @param {string} folder absolute
 * @returns {import('esbuild').BuildOptions}
 */
export function withSbom(name, folder) {
  /** @type {import('esbuild').BuildOptions} */
  const options = BUNDLES[name];
  const sbom = cyclonedxEsbuildPlugin({
    outputFile: join(folder, `${name}.cdx.json`),
    outputReproducible: true,
    validate: true,
    specVersion: '1.6',
    logLevel: 'silent', // otherwise the plugin writes to stdout
  });
  return { ...options, plugins: [...(options.plugins ?? []), withoutStandIns, sbom], metafile: true };
}

/**
 * Removes the replacements that `build/bundle.mjs` uses for modules; they are code of this project. The SBOM would list
 * each replacement as a component of unknown origin, with the name of the package that is not bundled.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutStandIns = {
  name: 'without-stand-ins',
  setup({ onEnd }) {
    onEnd(({ metafile }) => {
      for (const { inputs } of Object.values(metafile?.outputs ?? {})) {
        for (const name of Object.keys(inputs)) if (name.includes(':')) delete inputs[name];
      }
    });
  },
};
