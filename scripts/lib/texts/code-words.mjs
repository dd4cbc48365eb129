import ts from 'typescript';
import { looksLikeWords } from './template-words.mjs';

/** Words of machines: keys of the keyboard, headers, paths of drawings, names of things that programs know. */
const TECHNICAL =
  /^(?:[Mm]\d[\d\s.a-zA-Z-]*|Problem|Enter|Escape|Tab|Home|End|Backspace|Delete|Page(?:Up|Down)|Arrow\w+|Shift|Control|Meta|Alt|AltGraph|Bearer|[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+|[A-Z]\w*Error|[A-Z_\d]+)$/;

/** @param {string} text one word that begins big, or a sentence */
const isSpoken = (text) =>
  looksLikeWords(text) && !TECHNICAL.test(text.trim()) && !/[#.[\]=>{};]\S|^[a-z-]+ [a-z-]+$|\/\w/.test(text);

/** @param {ts.Node} node @returns {boolean} whether what stands there is never shown */
function isSilent(node) {
  for (let at = node; at.parent && !ts.isStatement(at); at = at.parent) {
    const parent = at.parent;
    if (ts.isDecorator(parent) || ts.isTypeNode(parent) || ts.isImportDeclaration(parent)) return true;
    if (ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText())) return true;
    if (ts.isBinaryExpression(parent) && /^[!=]==?$/.test(parent.operatorToken.getText())) return true;
    if (ts.isCaseClause(parent) && parent.expression === at) return true;
    if (ts.isPropertyAssignment(parent) && parent.name === at) return true;
    if (ts.isElementAccessExpression(parent)) return true;
    if (ts.isCallExpression(parent) && /\.(?:querySelector\w*|closest|matches)$/.test(parent.expression.getText()))
      return true;
    if (ts.isFunctionLike(parent)) return false;
  }
  return false;
}

/**
 * @param {ts.SourceFile} source
 * @returns {string[]} sentences that the code says in its own words
 */
export function sentencesIn(source) {
  const found = [];
  const visit = (node) => {
    const text =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
        ? node.text
        : null;
    if (text !== null && isSpoken(text) && !isSilent(node)) found.push(text.trim());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
