import {
  parseTemplate,
  TmplAstRecursiveVisitor,
  tmplAstVisitAll,
  RecursiveAstVisitor,
  LiteralPrimitive,
} from '@angular/compiler';

/** Attributes whose values are no words, whatever they look like. */
const TECHNICAL = new Set(
  [
    ...['accept', 'autocomplete', 'class', 'content', 'cx', 'd', 'fill', 'height', 'href', 'id', 'name', 'pattern'],
    ...[
      'points',
      'rel',
      'role',
      'routerLink',
      'src',
      'step',
      'style',
      'transform',
      'type',
      'value',
      'viewBox',
      'width',
    ],
    ...['routerLinkActive', 'aria-controls', 'aria-describedby', 'aria-labelledby', 'aria-keyshortcuts'],
  ].values(),
);
/** What is the same in every language. */
const NAMES =
  /^(?:Parley|PNG|JPG|PDF|CSV|JSON|Ctrl|Esc|Enter|Shift|Tab|[A-Z]|English|Deutsch|Edge|Opera|Firefox|Samsung Internet|Chrome|Safari|Android|Windows|ChromeOS|Linux|macOS)$/;

/** @param {string} text */
export const hasWords = (text) => /\p{L}/u.test(text) && !NAMES.test(text.trim());
/** Values of attributes and expressions are mostly names of things: words begin big, or are several. @param {string} text */
export const looksLikeWords = (text) => hasWords(text) && (/^\p{Lu}/u.test(text.trim()) || /\p{L}\s+\S/u.test(text));

/** What an expression comes to: of `a ? 'x' : b === 'y'` that is `x`. */
class Results extends RecursiveAstVisitor {
  /** @type {string[]} */
  words = [];
  visitLiteralPrimitive(ast) {
    if (typeof ast.value === 'string' && looksLikeWords(ast.value)) this.words.push(ast.value);
  }
  visitBinary(ast) {
    // What is compared is not shown; what is joined is.
    if (['+', '??', '||', '&&'].includes(ast.operation)) super.visitBinary(ast);
  }
  visitTemplateLiteralElement(ast) {
    if (looksLikeWords(ast.text)) this.words.push(ast.text);
  }
  visitInterpolation(ast) {
    this.words.push(...ast.strings.filter(hasWords));
    for (const each of ast.expressions) this.visit(each);
  }
  visitCall() {
    // The words of a call are the matter of what is called.
  }
  visitKeyedRead() {
    // As for calls.
  }
}

class RawWords extends TmplAstRecursiveVisitor {
  /** @type {string[]} */
  words = [];
  visitText(node) {
    if (hasWords(node.value)) this.words.push(node.value.trim());
  }
  visitBoundText(node) {
    this.read(node.value.ast ?? node.value);
  }
  visitTextAttribute(node) {
    if (!TECHNICAL.has(node.name) && looksLikeWords(node.value)) this.words.push(`${node.name}="${node.value}"`);
  }
  visitBoundAttribute(node) {
    this.read(node.value.ast ?? node.value);
  }
  read(ast) {
    if (ast instanceof LiteralPrimitive && typeof ast.value !== 'string') return;
    const results = new Results();
    results.visit(ast);
    this.words.push(...results.words.map((word) => word.trim()));
  }
}

/**
 * @param {string} template
 * @param {string} path
 * @returns {string[]} the words that stand in it as they are, instead of under a key
 */
export function wordsIn(template, path) {
  const { nodes, errors } = parseTemplate(template, path, { preserveWhitespaces: false });
  if (errors?.length) throw new Error(`${path}: ${errors[0].msg}`);
  const visitor = new RawWords();
  tmplAstVisitAll(visitor, nodes);
  return visitor.words;
}
