import type { useTranslation } from 'react-i18next';
import type en from './messages/en';

type Words = ReturnType<typeof useTranslation<'audit'>>['t'];
type Known = keyof (typeof en)['actions'];

const known: Record<string, Known> = {
  'account.created': 'accountCreated',
  'account.updated': 'accountUpdated',
  'account.deleted': 'accountDeleted',
  'account.imported': 'accountImported',
  'email.changed': 'emailChanged',
  'email.verified': 'emailVerified',
  'password.reset': 'passwordReset',
  'signin.succeeded': 'signedIn',
  'signin.failed': 'signInFailed',
  'impersonation.started': 'impersonated',
  'apiKey.made': 'keyMade',
  'key.created': 'keyCreated',
  'key.updated': 'keyUpdated',
  'key.deleted': 'keyDeleted',
  'collection.created': 'collectionCreated',
  'collection.updated': 'collectionUpdated',
  'collection.deleted': 'collectionDeleted',
  'collection.truncated': 'collectionTruncated',
  'settings.changed': 'settingsChanged',
  'backup.created': 'backupCreated',
  'backup.uploaded': 'backupUploaded',
  'backup.downloaded': 'backupDownloaded',
  'backup.deleted': 'backupDeleted',
  'backup.restored': 'backupRestored',
  'sql.read': 'sqlRead',
  'sql.changed': 'sqlChanged',
  'sql.refused': 'sqlRefused',
  'cron.run': 'cronRun',
  'audit.removed': 'auditRemoved',
  'audit.counted': 'auditCounted',
  'secrets.encrypted': 'secretsEncrypted',
  'secrets.decrypted': 'secretsDecrypted',
  'secrets.key_changed': 'secretsRekeyed',
};

/** An action in words; one that this page does not know, such as one of the app's own, as it is. */
export function actionText(action: string, t: Words): string {
  const name = known[action];
  return name ? t(`actions.${name}`) : action;
}
