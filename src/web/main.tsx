import './zod-without-eval.ts';
import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import '@fontsource/inter/600.css';
import '@fontsource/inter/700.css';
import '@mantine/core/styles.css';
import '@mantine/dropzone/styles.css';
import './page.css';

import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DraftProvider } from './new-video/draft.tsx';
import { pageTheme, pageVariables } from './page-theme.ts';
import { router } from './router.tsx';

const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: true } } });

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={pageTheme} cssVariablesResolver={pageVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <DraftProvider>
          <RouterProvider router={router} />
        </DraftProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
