import { createHashRouter, type RouteObject } from 'react-router';
import { words } from '~/i18n';
import { Failed } from './Failed';
import { Shell } from './Shell';

/** Nothing, until the first page is there. */
const Blank = () => null;

const features = {
  signin: () => import('~/features/signin'),
  home: () => import('~/features/home'),
  welcome: () => import('~/features/welcome'),
  account: () => import('~/features/account'),
  collections: () => import('~/features/collections'),
  records: () => import('~/features/records'),
  editor: () => import('~/features/editor'),
  map: () => import('~/features/map'),
  logs: () => import('~/features/logs'),
  journey: () => import('~/features/journey'),
  api: () => import('~/features/api'),
  settings: () => import('~/features/settings'),
  mails: () => import('~/features/mails'),
  backups: () => import('~/features/backups'),
  crons: () => import('~/features/crons'),
  sql: () => import('~/features/sql'),
  audit: () => import('~/features/audit'),
  sessions: () => import('~/features/sessions'),
  keys: () => import('~/features/keys'),
  doctor: () => import('~/features/doctor'),
};
type Features = typeof features;
type PagesOf<Area extends keyof Features> = Awaited<ReturnType<Features[Area]>>;

/** A page that is loaded when it is first opened, together with its words: `page` is the name of an export of the feature's index. */
function at<Area extends keyof Features>(path: string, area: Area, page: keyof PagesOf<Area>): RouteObject {
  const lazy = async () => {
    const [pages] = await Promise.all([features[area]() as Promise<PagesOf<Area>>, words.loadNamespaces(area)]);
    return { Component: pages[page] as React.ComponentType };
  };
  return { path, lazy, ErrorBoundary: Failed, HydrateFallback: Blank };
}

/** Every address of the dashboard, behind the # (contract: mails link to /_/#/auth/...). */
export const router = createHashRouter([
  at('/signin', 'signin', 'SignInPage'),
  at('/pbinstall/:token', 'signin', 'SetUpPage'),
  at('/auth/*', 'signin', 'AuthLinkPage'),
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Failed,
    HydrateFallback: Blank,
    children: [
      at('/', 'home', 'HomePage'),
      at('/welcome', 'welcome', 'WelcomePage'),
      at('/account', 'account', 'AccountPage'),
      at('/collections', 'collections', 'CollectionsPage'),
      at('/collections/new', 'collections', 'NewCollectionPage'),
      at('/collections/:name/edit', 'collections', 'EditCollectionPage'),
      at('/collections/:name/api', 'api', 'CollectionApiPage'),
      at('/collections/:name/records/:id', 'editor', 'RecordPage'),
      at('/collections/:name', 'records', 'RecordsPage'),
      at('/map', 'map', 'MapPage'),
      at('/logs', 'logs', 'LogsPage'),
      at('/logs/:id', 'journey', 'JourneyPage'),
      at('/api', 'api', 'ApiPage'),
      at('/settings', 'settings', 'SettingsPage'),
      at('/settings/:section', 'settings', 'SettingsPage'),
      at('/mails', 'mails', 'MailsPage'),
      at('/backups', 'backups', 'BackupsPage'),
      at('/crons', 'crons', 'CronsPage'),
      at('/sql', 'sql', 'SqlPage'),
      at('/audit', 'audit', 'AuditPage'),
      at('/sessions', 'sessions', 'SessionsPage'),
      at('/keys', 'keys', 'KeysPage'),
      at('/doctor', 'doctor', 'DoctorPage'),
      at('*', 'home', 'NotFoundPage'),
    ],
  },
]);
