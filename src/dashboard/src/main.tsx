import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@mantine/dates/styles.css';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { pb } from './api/client';
import { allCollections, queries } from './api/queries';
import { App } from './app/App';
import { startWords } from './i18n';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element.');
// Nearly every page needs them; the script of the page comes meanwhile.
if (pb.authStore.isValid) void queries.prefetchQuery(allCollections);
await startWords();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
