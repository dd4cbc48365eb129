/** Lets a child process of a test run TypeScript as the tests themselves do: `node --require` this file. */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');
const { projects } = require('../../jest.config.cjs');

const [, options] = Object.values(projects[0].transform)[0];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename, swcrc: false });
  module._compile(code, filename);
};

/** What is loaded on demand is named as it is called once it is built. */
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  const isOurs = /^\.{1,2}\/.*\.js$/.test(request) && parent?.filename.endsWith('.ts');
  return resolve(isOurs ? request.slice(0, -'.js'.length) : request, parent, ...rest);
};
