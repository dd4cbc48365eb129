/** Units of the chaos test: its checker must itself be checked. */
module.exports = {
  displayName: 'chaos',
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', require('./swc.cjs')] },
  testMatch: ['<rootDir>/**/*.spec.ts'],
};
