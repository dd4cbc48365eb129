/** For a child process of a test: when it ends, the files it has loaded are written to the file LOADED_TO names. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.LOADED_TO, Object.keys(require.cache).join('\n')));
