import 'i18next';
import type account from '../features/account/messages/en';
import type api from '../features/api/messages/en';
import type audit from '../features/audit/messages/en';
import type backups from '../features/backups/messages/en';
import type collections from '../features/collections/messages/en';
import type crons from '../features/crons/messages/en';
import type doctor from '../features/doctor/messages/en';
import type editor from '../features/editor/messages/en';
import type home from '../features/home/messages/en';
import type journey from '../features/journey/messages/en';
import type keys from '../features/keys/messages/en';
import type logs from '../features/logs/messages/en';
import type mails from '../features/mails/messages/en';
import type map from '../features/map/messages/en';
import type records from '../features/records/messages/en';
import type sessions from '../features/sessions/messages/en';
import type settings from '../features/settings/messages/en';
import type signin from '../features/signin/messages/en';
import type sql from '../features/sql/messages/en';
import type welcome from '../features/welcome/messages/en';
import type rules from '../ui/rules/messages/en';
import type common from './messages/en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      account: typeof account;
      api: typeof api;
      audit: typeof audit;
      backups: typeof backups;
      collections: typeof collections;
      crons: typeof crons;
      doctor: typeof doctor;
      editor: typeof editor;
      home: typeof home;
      journey: typeof journey;
      keys: typeof keys;
      logs: typeof logs;
      mails: typeof mails;
      map: typeof map;
      records: typeof records;
      rules: typeof rules;
      sessions: typeof sessions;
      settings: typeof settings;
      signin: typeof signin;
      sql: typeof sql;
      welcome: typeof welcome;
    };
  }
}
