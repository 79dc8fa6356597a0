import { createHashRouter, type RouteObject } from 'react-router';
import { Failed } from './Failed';
import { Shell } from './Shell';

/** Nothing, until the first page is there. */
const Blank = () => null;

/** A page that is loaded when it is first opened: `page` is the name of an export of the feature's index. */
function at<Name extends string>(path: string, load: () => Promise<Record<Name, React.ComponentType>>, page: Name): RouteObject {
  return { path, lazy: async () => ({ Component: (await load())[page] }), ErrorBoundary: Failed, HydrateFallback: Blank };
}

const signin = () => import('~/features/signin');
const home = () => import('~/features/home');
const welcome = () => import('~/features/welcome');
const account = () => import('~/features/account');
const collections = () => import('~/features/collections');
const records = () => import('~/features/records');
const editor = () => import('~/features/editor');
const map = () => import('~/features/map');
const logs = () => import('~/features/logs');
const journey = () => import('~/features/journey');
const apiDocs = () => import('~/features/api');
const settings = () => import('~/features/settings');
const mails = () => import('~/features/mails');
const backups = () => import('~/features/backups');
const crons = () => import('~/features/crons');
const sql = () => import('~/features/sql');
const audit = () => import('~/features/audit');
const sessions = () => import('~/features/sessions');
const keys = () => import('~/features/keys');
const doctor = () => import('~/features/doctor');

/** Every address of the dashboard, behind the # (contract: mails link to /_/#/auth/...). */
export const router = createHashRouter([
  at('/signin', signin, 'SignInPage'),
  at('/pbinstall/:token', signin, 'SetUpPage'),
  at('/auth/*', signin, 'AuthLinkPage'),
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Failed,
    HydrateFallback: Blank,
    children: [
      at('/', home, 'HomePage'),
      at('/welcome', welcome, 'WelcomePage'),
      at('/account', account, 'AccountPage'),
      at('/collections', collections, 'CollectionsPage'),
      at('/collections/new', collections, 'NewCollectionPage'),
      at('/collections/:name/edit', collections, 'EditCollectionPage'),
      at('/collections/:name/api', apiDocs, 'CollectionApiPage'),
      at('/collections/:name/records/:id', editor, 'RecordPage'),
      at('/collections/:name', records, 'RecordsPage'),
      at('/map', map, 'MapPage'),
      at('/logs', logs, 'LogsPage'),
      at('/logs/:id', journey, 'JourneyPage'),
      at('/api', apiDocs, 'ApiPage'),
      at('/settings', settings, 'SettingsPage'),
      at('/settings/:section', settings, 'SettingsPage'),
      at('/mails', mails, 'MailsPage'),
      at('/backups', backups, 'BackupsPage'),
      at('/crons', crons, 'CronsPage'),
      at('/sql', sql, 'SqlPage'),
      at('/audit', audit, 'AuditPage'),
      at('/sessions', sessions, 'SessionsPage'),
      at('/keys', keys, 'KeysPage'),
      at('/doctor', doctor, 'DoctorPage'),
      at('*', home, 'NotFoundPage'),
    ],
  },
]);
