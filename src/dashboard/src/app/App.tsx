import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { queries } from '~/api/queries';
import { cspNonce } from './nonce';
import { router } from './routes';
import { theme } from './theme';

/** Everything that the whole page shares, from the outside in. */
export function App() {
  const { t } = useTranslation('common');
  const named = useMemo(() => {
    const close = { defaultProps: { closeButtonProps: { 'aria-label': t('actions.close') } } };
    return mergeThemeOverrides(theme, createTheme({ components: { Modal: close, Drawer: close, Notification: close } }));
  }, [t]);
  return (
    <MantineProvider theme={named} defaultColorScheme="auto" getStyleNonce={() => cspNonce}>
      <QueryClientProvider client={queries}>
        <ModalsProvider>
          <Notifications position="top-center" />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
