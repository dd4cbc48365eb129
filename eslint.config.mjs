import eslint from '@eslint/js';
import angular from 'angular-eslint';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const TESTS = [
  '**/*.spec.ts',
  'backend/test/**/*.ts',
  'frontend/src/**/testing/**/*.ts',
  'frontend/jest.setup.ts',
  'e2e/**/*.ts',
];

/** Rules of every TypeScript file that the presets leave out or judge too mildly. */
const typescriptRules = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-misleading-character-class': ['error', { allowEscape: true }],
  '@typescript-eslint/no-unused-vars': ['error', { args: 'all', argsIgnorePattern: '^_', caughtErrors: 'all' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/prefer-readonly': 'error',
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // An empty class or an unused `this` is how modules, markers and framework hooks look.
  '@typescript-eslint/no-extraneous-class': 'off',
  '@typescript-eslint/unbound-method': ['error', { ignoreStatic: true }],
  // A port may be asynchronous although one of its adapters is not.
  '@typescript-eslint/require-await': 'off',
};

/** What makes code or markup of text. The policy of the page would stop it in the browser; this says so before. */
const MARKUP = '(inner|outer)HTML|insertAdjacentHTML|createContextualFragment|srcdoc|bypassSecurityTrust\\w*';
const TEXT_STAYS_TEXT = 'Text must not become markup: bind it, or draw it from tokens.';

export default defineConfig(
  globalIgnores(['dist', 'data', 'coverage', 'test-results', '.angular', 'frontend/src/app/core/api/schema.d.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,

  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: globals.node },
    rules: { eqeqeq: 'error', 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    // Runs before the client, as it stands.
    files: ['frontend/public/**/*.js'],
    languageOptions: { globals: { ...globals.browser, ...globals.serviceworker }, sourceType: 'script' },
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: typescriptRules,
  },
  {
    // Nest reads constructor types from emitted metadata; the rule leaves files with such decorators alone.
    files: ['backend/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }] },
  },

  {
    files: ['frontend/src/**/*.ts'],
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'app', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'app', style: 'camelCase' }],
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/prefer-signals': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-script-url': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: `MemberExpression[property.name=/^(${MARKUP})$/]`, message: TEXT_STAYS_TEXT },
        {
          selector: 'MemberExpression[object.name="document"][property.name=/^write(ln)?$/]',
          message: TEXT_STAYS_TEXT,
        },
      ],
      // Components are named for what they show, without a suffix.
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
    },
  },
  {
    files: ['frontend/src/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `BoundAttribute[name=/^(${MARKUP})$/]`, message: TEXT_STAYS_TEXT },
        { selector: 'Element[name=/^(script|style|object|embed|base)$/]', message: TEXT_STAYS_TEXT },
        {
          selector: 'Element[name="iframe"]:not(:has(TextAttribute[name="sandbox"][value=""]))',
          message: 'What is framed gets an empty sandbox.',
        },
      ],
      '@angular-eslint/template/button-has-type': 'error',
      '@angular-eslint/template/prefer-self-closing-tags': 'error',
      '@angular-eslint/template/no-inline-styles': ['error', { allowBindToStyle: true }],
      '@angular-eslint/template/no-positive-tabindex': 'error',
      '@angular-eslint/template/eqeqeq': ['error', { allowNullOrUndefined: true }],
    },
  },

  {
    // Answers of supertest and recorded calls are untyped, and expectations take methods apart.
    files: TESTS,
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      'no-script-url': 'off', // what is refused has to be said
    },
  },
);
