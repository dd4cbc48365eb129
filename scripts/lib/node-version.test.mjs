import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inWords, satisfies, supportNotice } from './node-version.mjs';

const RANGE = '^20.19.0 || ^22.13.0 || >=24.11.0';

describe('the check of the Node version', () => {
  for (const version of ['v20.19.0', 'v20.20.2', 'v22.13.0', 'v24.11.0', 'v26.0.1', 'v25.0.0-nightly'])
    it(`accepts ${version}`, () => assert.equal(satisfies(version, RANGE), true));

  for (const version of ['v12.22.0', 'v18.20.4', 'v20.18.9', 'v21.7.0', 'v22.12.9', 'v23.9.0', 'v24.10.9'])
    it(`refuses ${version}`, () => assert.equal(satisfies(version, RANGE), false));

  it('says in words what is accepted', () => {
    assert.equal(inWords(RANGE), '20.19 or later of line 20, or 22.13 or later of line 22, or 24.11 or later');
  });

  it('mentions a line whose support has ended', () => {
    assert.match(supportNotice('v20.19.0', new Date('2026-05-01')) ?? '', /^Node 20 .* ended on 2026-04-30/);
  });

  it('is silent while a line is supported, and about lines it does not know', () => {
    assert.equal(supportNotice('v20.19.0', new Date('2026-04-30T12:00:00Z')), undefined);
    assert.equal(supportNotice('v24.11.0', new Date('2026-05-01')), undefined);
    assert.equal(supportNotice('v30.0.0', new Date('2030-05-01')), undefined);
  });
});
