import lit from 'eslint-plugin-lit';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

/** Which of our packages each package may import; see docs/architecture.md. */
const arrows = {
  protocol: [],
  pades: [],
  testkit: [],
  client: ['protocol'],
  widget: ['client', 'protocol'],
  server: ['protocol', 'pades', 'testkit'],
  mocks: ['server', 'testkit', 'protocol'],
};
const packages = Object.keys(arrows);
/** Tests, and what only tests use, may reach for anything. */
const tests = ['**/*.test.ts', '**/testing/**'];

const forbidden = (name) => {
  const others = packages.filter((other) => other !== name && !arrows[name].includes(other));
  return others.map((other) => ({ group: [`@sky-sign/${other}`, `@sky-sign/${other}/*`], message: `${name} may not import ${other}.` }));
};

/** `node:` is for folders named node, and for tests. */
const noNode = { group: ['node:*'], message: 'Only src/node/ and tests touch Node.' };

export default tseslint.config(
  { ignores: ['**/dist/**', '.types/**', '**/node_modules/**', '**/data/**', '**/storybook-static/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: "AssignmentExpression[left.property.name='innerHTML']", message: 'No HTML from strings.' },
      ],
    },
  },
  ...packages.map((name) => ({
    files: [`packages/${name}/src/**/*.ts`],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: [...forbidden(name), noNode] }] },
  })),
  ...packages.map((name) => ({
    files: [`packages/${name}/src/node/**/*.ts`],
    ignores: tests,
    rules: { 'no-restricted-imports': ['error', { patterns: forbidden(name).length ? forbidden(name) : [] }] },
  })),
  {
    files: ['packages/widget/src/**/*.ts'],
    plugins: { lit, wc },
    rules: { ...lit.configs.recommended.rules, ...wc.configs.recommended.rules },
  },
  {
    files: ['**/*.mjs', 'packages/server/src/node/**/*.ts', 'examples/**/*.ts', ...tests, '**/bench/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/messages/*.ts', '**/*.test.ts'], rules: { 'max-lines': 'off' } },
  { files: ['*.config.mjs', '.storybook/*.ts', 'stories/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
