/** Lets plain Node run the TypeScript of the chaos test and of the client's engine: `node --require` this file. */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const options = require('./swc.cjs');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    swcrc: false,
    sourceMaps: 'inline',
  });
  module._compile(code, filename);
};
