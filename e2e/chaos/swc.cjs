/** How TypeScript becomes JavaScript here, for the command and for the tests of the checker alike. */
module.exports = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
};
