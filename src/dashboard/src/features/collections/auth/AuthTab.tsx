import { Checkbox, Group, MultiSelect, NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RuleEditor } from '~/ui/rules/RuleEditor';
import classes from '../Collections.module.css';
import type { RuleTabProps } from '../edit/tabs';
import type { AuthOptions } from '../model/authOptions';
import { readIndex } from '../model/indexes';
import { MailTemplates } from './MailTemplates';
import { Part, Seconds } from './Part';
import { Providers } from './Providers';
import { Tokens } from './Tokens';

const factors = ['password', 'oauth2', 'otp', 'passkey', 'totp', 'recovery'] as const;

/** How accounts of the collection sign in. */
export function AuthTab(props: RuleTabProps) {
  const { draft, onChange, errorsAt, owner, collection } = props;
  const { t } = useTranslation('collections');
  const { passwordAuth, otp, mfa, totp, passkeys, apiKeys, sessions } = draft;
  if (!passwordAuth || !otp || !mfa) return null;
  const errors = errorsAt('');
  const isSuperusers = draft.name === '_superusers' && draft.system;
  const set = <Key extends keyof AuthOptions>(key: Key, change: Partial<AuthOptions[Key]>) =>
    onChange((before) => ({ ...before, [key]: { ...(before[key] as object), ...(change as object) } }));
  const unique = draft.indexes.flatMap((text) => {
    const index = readIndex(text);
    return index?.unique && index.columns.length === 1 ? [index.columns[0]?.name ?? ''] : [];
  });
  const identities = [...new Set(['email', ...unique.filter((name) => name !== 'tokenKey'), ...passwordAuth.identityFields])];

  return (
    <Stack gap="md" className={classes.lane}>
      <Part
        title={t('auth.password')}
        hint={t('auth.passwordHint')}
        on={passwordAuth.enabled}
        fixed={isSuperusers}
        onSwitch={(enabled) => set('passwordAuth', { enabled })}
      >
        <MultiSelect
          label={t('auth.identity')}
          description={t('auth.identityHint')}
          data={identities}
          value={passwordAuth.identityFields}
          error={errors['passwordAuth.identityFields']}
          onChange={(identityFields) => set('passwordAuth', { identityFields })}
        />
        <Switch
          label={t('auth.trivial')}
          description={t('auth.trivialHint')}
          checked={!passwordAuth.allowTrivial}
          onChange={(event) => set('passwordAuth', { allowTrivial: !event.currentTarget.checked })}
        />
      </Part>
      {!isSuperusers && <Providers {...props} />}
      {passkeys && (
        <Part title={t('auth.passkeys')} hint={t('auth.passkeysHint')} on={passkeys.enabled} onSwitch={(enabled) => set('passkeys', { enabled })}>
          <div className={classes.pair}>
            <TextInput
              label={t('auth.rpId')}
              description={t('auth.rpIdHint')}
              placeholder="example.com"
              value={passkeys.rpId}
              error={errors['passkeys.rpId']}
              onChange={(event) => set('passkeys', { rpId: event.currentTarget.value })}
            />
            <Select
              label={t('auth.userVerification')}
              description={t('auth.userVerificationHint')}
              data={(['required', 'preferred', 'discouraged'] as const).map((value) => ({ value, label: t(`auth.verification.${value}`) }))}
              value={passkeys.userVerification}
              allowDeselect={false}
              onChange={(value) => set('passkeys', { userVerification: value ?? 'required' })}
            />
          </div>
          <TagsInput
            label={t('auth.origins')}
            description={t('auth.originsHint')}
            placeholder="https://app.example.com"
            value={passkeys.origins}
            error={errors['passkeys.origins']}
            onChange={(origins) => set('passkeys', { origins })}
          />
        </Part>
      )}
      <Part
        title={t('auth.otp')}
        hint={t('auth.otpHint')}
        on={otp.enabled}
        onSwitch={(enabled) => set('otp', { enabled })}
        error={errors['otp.enabled']}
      >
        <div className={classes.pair}>
          <Seconds
            label={t('auth.otpDuration')}
            value={otp.duration}
            error={errors['otp.duration']}
            onChange={(duration) => set('otp', { duration })}
          />
          <NumberInput
            label={t('auth.otpLength')}
            min={4}
            max={32}
            value={otp.length}
            error={errors['otp.length']}
            onChange={(length) => set('otp', { length: Number(length) || 8 })}
          />
        </div>
      </Part>
      {totp && <Part title={t('auth.totp')} hint={t('auth.totpHint')} on={totp.enabled} onSwitch={(enabled) => set('totp', { enabled })} />}
      <Part
        title={t('auth.mfa')}
        hint={t('auth.mfaHint')}
        on={mfa.enabled}
        onSwitch={(enabled) => set('mfa', { enabled })}
        error={errors['mfa.enabled']}
      >
        <div className={classes.pair}>
          <Seconds
            label={t('auth.mfaDuration')}
            value={mfa.duration}
            error={errors['mfa.duration']}
            onChange={(duration) => set('mfa', { duration })}
          />
          <Seconds
            label={t('auth.mfaRemember')}
            value={mfa.remember}
            min={0}
            error={errors['mfa.remember']}
            onChange={(remember) => set('mfa', { remember })}
          />
        </div>
        <Checkbox.Group
          label={t('auth.factors')}
          description={t('auth.factorsHint')}
          value={mfa.factors}
          onChange={(next) => set('mfa', { factors: next })}
          error={errors['mfa.factors']}
        >
          <Group mt="xs">
            {factors.map((factor) => (
              <Checkbox key={factor} value={factor} label={t(`auth.factor.${factor}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <RuleEditor
          rule={mfa.rule}
          onChange={(rule) => set('mfa', { rule: rule ?? '' })}
          label={t('auth.mfaRule')}
          hint={t('auth.mfaRuleHint')}
          action="mfa"
          without="nobody"
          owner={owner}
          collection={collection}
          error={errors['mfa.rule']}
        />
      </Part>
      <Part title={t('auth.who')} hint={t('auth.whoHint')}>
        <RuleEditor
          rule={draft.authRule ?? null}
          onChange={(authRule) => onChange({ authRule })}
          label={t('rules.authRule')}
          hint={t('rules.authRuleHint')}
          action="auth"
          words={{ nobody: t('rules.authNobody') }}
          owner={owner}
          collection={collection}
          readOnly={isSuperusers}
          error={errors.authRule}
        />
      </Part>
      {apiKeys && (
        <Part title={t('auth.apiKeys')} hint={t('auth.apiKeysHint')} on={apiKeys.enabled} onSwitch={(enabled) => set('apiKeys', { enabled })} />
      )}
      {sessions && (
        <Part
          title={t('auth.rotate')}
          hint={t('auth.rotateHint')}
          on={sessions.rotateRefresh}
          onSwitch={(rotateRefresh) => set('sessions', { rotateRefresh })}
        />
      )}
      <Tokens {...props} />
      <MailTemplates {...props} />
    </Stack>
  );
}
