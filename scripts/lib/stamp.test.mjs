import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { hashOf, readStamp, removeStamp, writeStamp } from './stamp.mjs';

describe('the stamp of a source tree', () => {
  let root;
  const hash = (options) => hashOf(root, [join(root, 'src'), join(root, 'absent')], options);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'parley-stamp-'));
    mkdirSync(join(root, 'src/deep'), { recursive: true });
    writeFileSync(join(root, 'src/a.ts'), 'a');
    writeFileSync(join(root, 'src/deep/b.ts'), 'b');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('stays the same while nothing changes', () => assert.equal(hash(), hash()));

  it('changes with a byte, a name, a new file and what else is named', () => {
    const seen = new Set([hash(), hash({ extra: ['v24'] })]);
    writeFileSync(join(root, 'src/a.ts'), 'A');
    seen.add(hash());
    renameSync(join(root, 'src/a.ts'), join(root, 'src/c.ts'));
    seen.add(hash());
    writeFileSync(join(root, 'src/deep/d.ts'), '');
    seen.add(hash());
    assert.equal(seen.size, 5);
  });

  it('does not mistake a byte moved from one file to the next', () => {
    writeFileSync(join(root, 'src/a.ts'), 'ab');
    writeFileSync(join(root, 'src/deep/b.ts'), '');
    const before = hash();
    writeFileSync(join(root, 'src/a.ts'), 'a');
    writeFileSync(join(root, 'src/deep/b.ts'), 'b');
    assert.notEqual(hash(), before);
  });

  it('leaves out files that are not accepted', () => {
    const accept = (path) => !path.endsWith('.spec.ts');
    const before = hash({ accept });
    writeFileSync(join(root, 'src/a.spec.ts'), 'test');
    assert.equal(hash({ accept }), before);
  });

  it('is written, read and removed', () => {
    const path = join(root, 'new/.stamp');
    assert.equal(readStamp(path), undefined);
    writeStamp(path, 'abc');
    assert.equal(readStamp(path), 'abc');
    removeStamp(path);
    assert.equal(readStamp(path), undefined);
  });
});
