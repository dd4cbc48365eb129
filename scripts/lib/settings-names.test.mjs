import assert from 'node:assert/strict';
import { it } from 'node:test';
import { namesIn, productEnvironment } from './settings-names.mjs';

it('finds settings that are set and settings that are commented out, and no prose', () => {
  assert.deepEqual(namesIn('# Port = where it listens.\n# PORT=3000\nHOST=::1\n'), ['PORT', 'HOST']);
});

it('keeps settings of the product from tests, but hands on the rest', () => {
  process.env.SMTP_URL = 'smtp://mail.example.org';
  const env = productEnvironment({ NODE_ENV: 'test' });
  delete process.env.SMTP_URL;
  assert.equal(env.SMTP_URL, undefined);
  assert.equal(env.NODE_ENV, 'test');
  assert.equal(env.PATH, process.env.PATH);
});
