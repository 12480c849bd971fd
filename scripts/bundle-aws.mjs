/** What the bundler needs to know about the AWS SDK. */
import { readFile } from 'node:fs/promises';

/**
 * Makes `import('./sdk-entry.ts')` load `dist/aws.cjs`, a bundle of its own: the extension starts without the SDK.
 *
 * @type {import('esbuild').Plugin}
 */
export const awsBundleApart = {
  name: 'aws-bundle-apart',
  setup(build) {
    build.onResolve({ filter: /\/sdk-entry\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './aws.cjs', external: true } : undefined,
    );
  },
};

/**
 * Writes the keys of the SDK's schemas out: `{ [_xN]: … }`, where `_xN` is a constant, becomes `{ "xmlName": … }`. The
 * bundler has to take a computed key for a side effect, and would keep the schemas of all operations of a service,
 * which for EC2 are 823. The build fails where nothing is found, in a file or at all: the SDK has then changed its form.
 *
 * @type {import('esbuild').Plugin}
 */
export const inlineSchemaKeys = {
  name: 'inline-schema-keys',
  setup(build) {
    let total = 0;
    build.onEnd(() =>
      total === 0 ? { errors: [{ text: 'No schema of the AWS SDK was found.' }] } : undefined,
    );
    build.onLoad(
      {
        filter:
          /[\\/]@aws-sdk[\\/][\w-]+[\\/]dist-es[\\/](?:submodules[\\/][\w-]+[\\/])?schemas[\\/]schemas_\d+\.js$/,
      },
      async ({ path }) => {
        const { contents, count } = withInlinedKeys(await readFile(path, 'utf8'));
        if (count === 0) return { errors: [{ text: `No schema key could be written out in ${path}.` }] };
        total += count;
        return { contents, loader: 'js' };
      },
    );
  },
};

/** @param {string} source of a schema file */
function withInlinedKeys(source) {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name = '', literal = '']) => [
      name,
      literal,
    ]),
  );
  let count = 0;
  const contents = source.replaceAll(/\[(\w+)\]:/g, (whole, name) => {
    const literal = constants.get(name);
    if (literal === undefined) return whole;
    count += 1;
    return `${literal}:`;
  });
  return { contents, count };
}
