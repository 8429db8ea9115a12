import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Fonts and pictures stay files: the page's content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
});
