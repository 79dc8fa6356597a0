import { Anchor, Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { getTokenPayload } from 'pocketbase';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { ErrorState, Loading } from '~/ui/States';
import { Card } from './Card';

interface MailLink {
  token: string;
  collection: string;
  newEmail: string;
}

/** Where the links of mails lead (any collection's), and where a sign-in service sends the browser back to. */
export function AuthLinkPage() {
  const { pathname } = useLocation();
  const { t } = useTranslation('signin');
  const [, way = '', token = ''] = /^\/auth\/([\w-]+)(?:\/([\w.-]+))?$/.exec(pathname) ?? [];
  const success = way === 'oauth2-redirect-success';
  useEffect(() => {
    if (success) window.close();
  }, [success]);

  if (success) return <Card title={t('link.signedIn')} hint={t('link.signedInText')} />;
  if (way === 'oauth2-redirect-failure') return <Card title={t('link.notSignedIn')} hint={t('link.notSignedInText')} />;
  const claims = getTokenPayload(token);
  if (typeof claims.collectionId !== 'string') return <Ended />;
  const link = { token, collection: claims.collectionId, newEmail: typeof claims.newEmail === 'string' ? claims.newEmail : '' };
  if (way === 'confirm-verification') return <Verification key={token} link={link} />;
  if (way === 'confirm-password-reset') return <NewPassword key={token} link={link} />;
  if (way === 'confirm-email-change') return <NewAddress key={token} link={link} />;
  return <Ended />;
}

/** The server refuses the link itself, and not what was typed. */
const hasEnded = (error: unknown) => {
  const { status, fields } = problemOf(error);
  return status === 404 || 'token' in fields;
};

function Ended() {
  const { t } = useTranslation('signin');
  return <Card title={t('link.ended')} hint={t('link.endedText')} />;
}

function Done({ title, text, link }: { title: string; text: string; link: MailLink }) {
  const { t } = useTranslation('signin');
  const superuser = link.collection === superusersId;
  return (
    <Card title={title} hint={text}>
      {superuser && (
        <Anchor component={Link} to="/signin" size="sm">
          {t('link.toSignIn')}
        </Anchor>
      )}
    </Card>
  );
}

/** The id of `_superusers`, which is the same on every server (contract 4.3). */
const superusersId = 'pbc_3142635823';

function Verification({ link }: { link: MailLink }) {
  const { t } = useTranslation('signin');
  const { mutate, ...confirming } = useMutation({ mutationFn: () => pb.collection(link.collection).confirmVerification(link.token) });
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate();
  }, [mutate]);

  if (confirming.isSuccess) return <Done title={t('link.confirmed')} text={t('link.confirmedText')} link={link} />;
  if (!confirming.isError) {
    return (
      <Card title="Hearth">
        <Loading />
      </Card>
    );
  }
  if (hasEnded(confirming.error)) return <Ended />;
  return (
    <Card title={t('link.confirm')}>
      <ErrorState error={confirming.error} retry={() => mutate()} />
    </Card>
  );
}

function NewPassword({ link }: { link: MailLink }) {
  const { t } = useTranslation('signin');
  const form = useForm({
    initialValues: { password: '', passwordConfirm: '' },
    validate: {
      password: (value) => (value ? null : t('link.choose')),
      passwordConfirm: (value, { password }) => (value === password ? null : t('setUp.differ')),
    },
  });
  const setting = useMutation({
    mutationFn: ({ password, passwordConfirm }: typeof form.values) =>
      pb.collection(link.collection).confirmPasswordReset(link.token, password, passwordConfirm),
    onError: (error) => form.setErrors(problemOf(error).fields),
  });

  if (setting.isSuccess) return <Done title={t('link.isSet')} text={t('link.isSetText')} link={link} />;
  if (setting.isError && hasEnded(setting.error)) return <Ended />;
  return (
    <Card title={t('link.reset')} hint={t('link.resetText')}>
      <form onSubmit={form.onSubmit((values) => setting.mutate(values))} noValidate>
        <Stack gap="sm">
          <PasswordInput
            label={t('link.newPassword')}
            autoComplete="new-password"
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            {...form.getInputProps('password')}
          />
          <PasswordInput
            label={t('link.repeat')}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            {...form.getInputProps('passwordConfirm')}
          />
          {setting.isError && Object.keys(form.errors).length === 0 && <ErrorState error={setting.error} />}
          <Button type="submit" loading={setting.isPending}>
            {t('link.set')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}

function NewAddress({ link }: { link: MailLink }) {
  const { t } = useTranslation('signin');
  const form = useForm({ initialValues: { password: '' }, validate: { password: (value) => (value ? null : t('link.enterPassword')) } });
  const moving = useMutation({
    mutationFn: ({ password }: typeof form.values) => pb.collection(link.collection).confirmEmailChange(link.token, password),
    onError: (error) => form.setErrors(problemOf(error).fields),
  });

  if (moving.isSuccess) return <Done title={t('link.moved')} text={t('link.movedText')} link={link} />;
  if (moving.isError && hasEnded(moving.error)) return <Ended />;
  return (
    <Card
      title={t('link.move')}
      hint={
        <>
          {t('link.moveText')} <b>{link.newEmail}</b>
        </>
      }
    >
      <form onSubmit={form.onSubmit((values) => moving.mutate(values))} noValidate>
        <Stack gap="sm">
          <PasswordInput
            label={t('link.ownPassword')}
            autoComplete="current-password"
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            {...form.getInputProps('password')}
          />
          {moving.isError && Object.keys(form.errors).length === 0 && <ErrorState error={moving.error} />}
          <Button type="submit" loading={moving.isPending}>
            {t('link.confirm')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
