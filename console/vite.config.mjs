import { defineConfig } from 'vite';

// `./dev console` sets the server that calls go to. The page's own origin stays in them, so that the server takes them.
const server = process.env.STEPWELL_URL ?? 'http://127.0.0.1:4600';

const proxy = {
  '^/_stepwell/(api|health|metrics)': { target: server },
  '^/$': { target: server },
  '^/(2015-03-31|schedules|v1|v2)(/|\\?|$)': { target: server },
};

export default defineConfig({
  base: '/_stepwell/console/',
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
      output: {
        manualChunks: {
          editor: ['@codemirror/state', '@codemirror/view', '@codemirror/language', '@codemirror/lang-json', '@codemirror/merge'],
          graph: ['@xyflow/react'],
        },
      },
    },
  },
  preview: { port: 5174, strictPort: true, proxy },
  server: { port: 5173, strictPort: true, proxy },
});
