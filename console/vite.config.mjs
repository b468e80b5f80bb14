import { defineConfig } from 'vite';

// `./dev console` sets the server that calls go to. The page's own origin stays in them, so that the server takes them.
const server = process.env.STEPWELL_URL ?? 'http://127.0.0.1:4600';

export default defineConfig({
  base: '/_stepwell/console/',
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      output: {
        manualChunks: {
          editor: ['@codemirror/state', '@codemirror/view', '@codemirror/language', '@codemirror/lang-json', '@codemirror/merge'],
          graph: ['@xyflow/react'],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '^/_stepwell/(api|health|metrics)': { target: server },
      '^/$': { target: server, bypass: (request) => (request.method === 'GET' ? request.url : undefined) },
      '^/2015-03-31/': { target: server },
    },
  },
});
