const { availableParallelism } = require('node:os');

const shared = {
  // Many files wait for a program or a database most of their time: on two cores two of them at a time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testTimeout: 60_000,
  // On a busy machine a worker of jest's takes longer than its half second to end; one that is held open still shows.
  workerGracefulExitTimeout: 10_000,
  ...(process.env.CI && { testSequencer: '<rootDir>/test/support/longest-first.js' }),
  reporters: ['default', '<rootDir>/test/support/closing-line.js'],
};

/** `*.service.test.ts` need a server that `.ci/run` installs; `npm test` needs nothing. */
module.exports = process.env.SERVICES
  ? { ...shared, testMatch: ['<rootDir>/test/**/*.service.test.ts'] }
  : {
      ...shared,
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.service\\.test\\.ts$'],
    };
