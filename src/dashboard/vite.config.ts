import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// While developing, everything but the dashboard itself comes from a server that runs already.
const server = process.env.HEARTH_URL ?? 'http://127.0.0.1:8090';

export default defineConfig({
  base: '/_/',
  plugins: [react()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  html: { cspNonce: '__NONCE__' },
  // The first browsers that know light-dark(); for older ones it would be rewritten into variables that nobody sets, and the colours would be gone.
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    chunkSizeWarningLimit: 900,
    reportCompressedSize: false,
    // What the first page needs comes as one file, and so do the icons: asking for each of some eighty files takes longer than its bytes.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            { name: 'icons', test: /lucide-react/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server } },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'] },
});
