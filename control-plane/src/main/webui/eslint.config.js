import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat['recommended-latest'],
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Links and navigation of the router and event handlers of mutations return promises nobody awaits.
      '@typescript-eslint/no-confusing-void-expression': 'off',
    },
  },
  // A test that finds nothing fails anyway.
  { files: ['**/*.test.tsx'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['*.js'], ...tseslint.configs.disableTypeChecked },
);
