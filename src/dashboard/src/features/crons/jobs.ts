const purposes = {
  __hearthAuditCleanup__: 'audit',
  __hearthFilesReconcile__: 'files',
  __hearthMailsCleanup__: 'mails',
  __hearthSessionsCleanup__: 'sessions',
  __hearthTriesCleanup__: 'tries',
  __pbAutoBackup__: 'backup',
  __pbDBOptimize__: 'optimize',
  __pbLogsCleanup__: 'logs',
  __pbMFACleanup__: 'factors',
  __pbOTPCleanup__: 'codes',
} as const;

/** The name of what a job of the server does, in the words of this page; undefined for the app's own. */
export const purposeOf = (id: string) => (id in purposes ? purposes[id as keyof typeof purposes] : undefined);

/** Whether a job belongs to the server. */
export const isSystem = (id: string) => /^__(pb|hearth)\w+__$/.test(id);
