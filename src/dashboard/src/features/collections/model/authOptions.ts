/** A mail that the server sends. */
export interface MailTemplate {
  subject: string;
  body: string;
}

/** A way to sign in through somebody else. The secret is never shown again. */
export interface Provider {
  name: string;
  clientId: string;
  clientSecret?: string;
  authURL: string;
  tokenURL: string;
  userInfoURL: string;
  displayName: string;
  pkce: boolean | null;
  extra?: unknown;
}

/** The tokens of a collection with sign-in. */
export const tokenKeys = ['authToken', 'passwordResetToken', 'emailChangeToken', 'verificationToken', 'fileToken'] as const;
export type TokenKey = (typeof tokenKeys)[number];

/** What a collection with sign-in has beyond others. Durations in seconds. */
export interface AuthOptions extends Record<TokenKey, { duration: number; secret?: string }> {
  authRule: string | null;
  manageRule: string | null;
  authAlert: { enabled: boolean; emailTemplate: MailTemplate };
  /** `allowTrivial` is sent only when it is on. */
  passwordAuth: { enabled: boolean; identityFields: string[]; allowTrivial?: boolean };
  oauth2: { enabled: boolean; providers: Provider[]; mappedFields: Record<string, string> };
  mfa: { enabled: boolean; duration: number; rule: string; factors: string[]; remember: number };
  otp: { enabled: boolean; duration: number; length: number; emailTemplate: MailTemplate };
  totp: { enabled: boolean };
  passkeys: { enabled: boolean; rpId: string; origins: string[]; userVerification: string };
  apiKeys: { enabled: boolean };
  sessions: { rotateRefresh: boolean };
  verificationTemplate: MailTemplate;
  resetPasswordTemplate: MailTemplate;
  confirmEmailChangeTemplate: MailTemplate;
}

/** Random letters and digits, for the secret of a token: a new one ends every token that is out. */
export function newSecret(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(crypto.getRandomValues(new Uint8Array(50)), (byte) => letters[byte % letters.length]).join('');
}
