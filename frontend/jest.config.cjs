/** Client tests: components and services beside their code, in jsdom, without zone.js. */
const { createCjsPreset } = require('jest-preset-angular/presets');

module.exports = {
  ...createCjsPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' }),
  displayName: 'client',
  rootDir: __dirname,
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  transformIgnorePatterns: ['node_modules/(?!(.*\\.mjs$))'],
  moduleNameMapper: {
    '^@parley/socket-events$': '<rootDir>/../backend/src/realtime/socket-events.ts',
    '^\\./text-file$': '<rootDir>/src/testing/text-file.ts',
  },
};
