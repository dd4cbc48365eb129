/** Backend tests: units beside the code, API and socket tests in `backend/test` against the real application. */
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        target: 'es2022',
        keepClassNames: true,
      },
      module: { type: 'commonjs' },
    },
  ],
};

// SQLite serves one node by nature, so there is nothing to ask of several.
const severalNodes = process.env.TEST_ENGINE === 'mysql' ? [] : ['<rootDir>/test/sockets/nodes/'];

module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testTimeout: 20_000,
  workerIdleMemoryLimit: '1GB', // each file loads the whole application anew, and what it leaves slows the next ones
  projects: [
    {
      displayName: 'unit',
      rootDir: __dirname,
      testEnvironment: 'node',
      transform,
      setupFiles: ['<rootDir>/test/support/children-read-typescript.cjs'],
      testMatch: ['<rootDir>/src/**/*.spec.ts'],
      moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    },
    {
      displayName: 'api',
      rootDir: __dirname,
      testEnvironment: 'node',
      transform,
      setupFiles: ['<rootDir>/test/support/children-read-typescript.cjs'],
      testMatch: ['<rootDir>/test/**/*.api-spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...severalNodes],
      moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    },
    {
      // Bad days that take long: `npm run test:faults`, not `npm test`.
      displayName: 'drills',
      rootDir: __dirname,
      testEnvironment: 'node',
      transform,
      setupFiles: ['<rootDir>/test/support/children-read-typescript.cjs'],
      testMatch: ['<rootDir>/test/drills/**/*.drill-spec.ts'],
      moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    },
  ],
};
