import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, Loading } from '~/ui/States';
import { type Asked, askedBy, loadMethods } from './calls';
import { FirstStep } from './FirstStep';
import { CodeStep, ForgottenStep } from './MailSteps';
import { SecondStep } from './SecondStep';

type Step = { at: 'first' } | { at: 'second'; asked: Asked } | { at: 'code'; asked?: Asked } | { at: 'forgotten' };

interface SignInFlowProps {
  /** Whose sign-in ended; then only this account may go on. */
  known?: string;
  /** Title and hint of the first step. */
  title: string;
  hint: string;
  done: () => void;
  /** Draws title, hint and what is below. */
  frame: (title: string, hint: string | undefined, body: ReactNode) => ReactNode;
}

/** Signing in, from the first proof to the last: the same on a page of its own and over an open page. */
export function SignInFlow({ known, title, hint, done, frame }: SignInFlowProps) {
  const { t } = useTranslation('signin');
  const [step, setStep] = useState<Step>({ at: 'first' });
  const [email, setEmail] = useState(known ?? '');
  const methods = useQuery({ queryKey: ['signin', 'methods'], queryFn: loadMethods });

  const go = (next: Step) => (address: string) => {
    setEmail(address);
    setStep(next);
  };
  const back = (
    <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setStep({ at: 'first' })}>
      {t('back')}
    </Anchor>
  );

  if (methods.isError) return frame(title, hint, <ErrorState error={methods.error} retry={() => methods.refetch()} />);
  if (!methods.data) return frame(title, hint, <Loading />);
  if (step.at === 'second') {
    return frame(
      t('second.title'),
      t('second.text'),
      <Stack>
        <SecondStep asked={step.asked} methods={methods.data} email={email} done={done} byMail={() => setStep({ at: 'code', asked: step.asked })} />
        {back}
      </Stack>,
    );
  }
  if (step.at === 'code') {
    const ask = (error: unknown, address: string) => {
      const asked = askedBy(error, 'otp');
      if (asked) go({ at: 'second', asked })(address);
      return asked !== null;
    };
    return frame(
      t('code.title'),
      undefined,
      <Stack>
        <CodeStep email={email} mfaId={step.asked?.mfaId} done={done} ask={ask} />
        {back}
      </Stack>,
    );
  }
  if (step.at === 'forgotten') {
    return frame(
      t('forgot.title'),
      undefined,
      <Stack>
        <ForgottenStep email={email} />
        {back}
      </Stack>,
    );
  }
  return frame(
    title,
    hint,
    <FirstStep
      methods={methods.data}
      known={known}
      done={done}
      ask={(asked, address) => go({ at: 'second', asked })(address)}
      byMail={go({ at: 'code' })}
      forgotten={go({ at: 'forgotten' })}
    />,
  );
}
