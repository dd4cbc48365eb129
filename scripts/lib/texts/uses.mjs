import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { at } from '../checkout.mjs';
import { sentencesIn } from './code-words.mjs';
import { wordsIn } from './template-words.mjs';

const SOURCES = at('frontend/src/app');
/** The words that must be there before any file of texts. */
const FIRST_WORDS = at('frontend/src/app/shared/texts/first-words.ts');
const UNSPOKEN = /\.spec\.ts$|\.d\.ts$|\/testing\//;

/** @typedef {{path: string, text: string, words: string[]}} Source what is written in a file, and the words it says by itself */

/** @returns {Source[]} */
export function readSources() {
  const names = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const code = names.filter((name) => name.endsWith('.ts') && !UNSPOKEN.test(name)).map((name) => join(SOURCES, name));
  return code.filter((path) => path !== FIRST_WORDS).map(read);
}

/** @param {string} path @returns {Source} */
function read(path) {
  const text = readFileSync(path, 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const templates = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && ts.isStringLiteralLike(node.initializer)) {
      if (node.name.getText() === 'template') templates.push(node.initializer.text);
      if (node.name.getText() === 'templateUrl')
        templates.push(readFileSync(join(dirname(path), node.initializer.text), 'utf8'));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  const name = relative(at('.'), path);
  const words = [...templates.flatMap((template) => wordsIn(template, name)), ...sentencesIn(source)];
  return { path: name, text: [text, ...templates].join('\n'), words };
}

/**
 * @param {Source[]} sources
 * @param {Set<string>} keys of all texts
 * @param {Set<string>} areas
 * @returns {string[]}
 */
export function useProblems(sources, keys, areas) {
  const begin = `(?:${[...areas].join('|')})\\.`;
  const whole = new RegExp(`'(${begin}[\\w.-]*\\w)'`, 'g');
  const open = new RegExp(`\`(${begin}[\\w.-]*)\\$\\{`, 'g');
  const used = new Set();
  const problems = [];
  for (const { path, text } of sources) {
    for (const [, key] of text.matchAll(whole)) {
      used.add(key);
      if (!keys.has(key)) problems.push(`${path}: there is no text ${key}`);
    }
    for (const [, prefix] of text.matchAll(open)) {
      const meant = [...keys].filter((key) => key.startsWith(prefix));
      if (meant.length === 0) problems.push(`${path}: no text begins with ${prefix}`);
      for (const key of meant) used.add(key);
    }
  }
  for (const key of keys) if (!used.has(key)) problems.push(`${key} is used nowhere`);
  return [...new Set(problems)];
}
