/** Processes that the product starts by itself run in a test as the tests do, from TypeScript. */
process.execArgv.push('--require', require.resolve('./typescript.cjs'));
